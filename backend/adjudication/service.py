"""Judging with the facts of the database: the one entrance for letters, quotes and claims."""

from __future__ import annotations

from backend.access import Scope
from backend.adjudication import queries
from backend.adjudication.rules import Bill, Judgement
from backend.adjudication.rules import judge as judge_by_rules


def judge(scope: Scope, bill: Bill) -> Judgement:
    """Who pays what of ``bill`` by the cover, the use and the tariffs of its day; raises NotFound for no member.

    Nothing is written and nothing is locked: who reserves or decides afterwards locks the family first.
    """
    cover = queries.cover_of(scope, bill.member_id, bill.visit_on)
    placed = queries.at_its_place(scope, bill, cover)
    return judge_by_rules(
        placed,
        cover,
        queries.accumulators_of(scope, bill.member_id),
        queries.tariffs_of(scope, placed),
        queries.calendar_of(scope, bill.visit_on),
    )
