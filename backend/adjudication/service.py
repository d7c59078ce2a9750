"""Judging with the facts of the database, and keeping what was judged: for letters, quotes and claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.adjudication import queries, receipts, record
from backend.adjudication.models import KeptJudgement, KeptLine
from backend.adjudication.receipt_paper import draw
from backend.adjudication.receipts import Judged, JudgedLine
from backend.adjudication.rules import Accumulators, Bill, Calendar, Cover, Judgement, LineJudgement, Rule, Shares
from backend.adjudication.rules import judge as judge_by_rules
from backend.branding.loader import brand_for
from backend.branding.vocabulary import own_words
from backend.clients.registry import client_by_id
from backend.kit.money import Money
from backend.languages import Reword

_PARTS = ("plan", "other", "member", "provider", "excess_cost", "excess_claim")


def judge(scope: Scope, bill: Bill, *, as_of: datetime | None = None) -> Judgement:
    """Who pays what of ``bill`` by the cover, the use and the tariffs of its day; raises NotFound for no member.

    Nothing is written and nothing is locked: who reserves or decides afterwards locks the family first. With ``as_of``
    only what was used and borne before that moment counts, as it stood when an earlier judgement was made.
    """
    cover = queries.cover_of(scope, bill.member_id, bill.visit_on)
    calendar = queries.calendar_of(scope, bill.visit_on)
    used = queries.accumulators_of(scope, bill.member_id, as_of)
    borne = queries.deductibles_of(scope, bill, cover, calendar.policy_year, as_of)
    return judge_as_if(scope, bill, cover, Accumulators(used.entries, borne), calendar)


def judge_as_if(scope: Scope, bill: Bill, cover: Cover, used: Accumulators, calendar: Calendar) -> Judgement:
    """Who would pay what of ``bill`` if this were the cover and that had been used; raises NotFound for no provider.

    Only the place and its prices are read; nothing is written and nothing is locked.
    """
    placed = queries.at_its_place(scope, bill, cover)
    return judge_by_rules(placed, cover, used, queries.tariffs_of(scope, placed), calendar)


def keep(
    scope: Scope, bill: Bill, judgement: Judgement, descriptions: Mapping[str, str], *, binding: bool
) -> KeptJudgement:
    """Store a judgement with every trace; ``descriptions`` are what the bill calls its lines, by their key."""
    kept = KeptJudgement(
        client_id=scope.client_id,
        member_id=bill.member_id,
        source_type=bill.source_type,
        source_id=bill.source_id,
        version=judgement.version,
        happened_on=bill.visit_on,
        currency=bill.currency,
        cashless=bill.cashless,
        case_key=bill.case_key,
        binding=binding,
        exclusions=_named(scope, bill, judgement),
        **_minor(judgement.shares),
    )
    scope.session.add(kept)
    scope.session.flush()
    for position, line in enumerate(judgement.lines):
        scope.session.add(_kept_line(scope, kept.id, position, line, descriptions.get(line.key, line.key)))
    scope.session.flush()
    return kept


def make_binding(scope: Scope, judgement_id: UUID) -> None:
    """From now on this judgement is the one that counts for its source."""
    queries.kept(scope, judgement_id).binding = True
    scope.session.flush()


def replace(scope: Scope, judgement_id: UUID) -> None:
    """A binding judgement counts no longer: another one takes its place."""
    queries.kept(scope, judgement_id).binding = False
    scope.session.flush()


def keep_instead(scope: Scope, bill: Bill, judgement: Judgement, descriptions: Mapping[str, str]) -> KeptJudgement:
    """Keep the judgement that counts for its source from now on, in the place of the one that did."""
    withdraw(scope, bill.source_type, bill.source_id)
    return keep(scope, bill, judgement, descriptions, binding=True)


def withdraw(scope: Scope, source_type: str, source_id: UUID) -> None:
    """Nothing of a source counts any more; one that never counted is left alone."""
    known = queries.binding(scope, source_type, source_id)
    if known is not None:
        replace(scope, known.id)


def shares_of(scope: Scope, judgement_id: UUID) -> Shares:
    """Who pays what of a kept judgement as a whole; raises NotFound."""
    kept = queries.kept(scope, judgement_id)
    return _shares(kept, kept.currency)


def receipt_of(scope: Scope, bill: Bill, judgement: Judgement, descriptions: Mapping[str, str]) -> dict[str, Any]:
    """The receipt of a judgement that is not kept: for quotes, letters and proposals."""
    lines = tuple(
        JudgedLine(descriptions.get(line.key, line.key), line.billed, line.shares, line.steps)
        for line in judgement.lines
    )
    names = _named(scope, bill, judgement)
    judged = Judged(judgement.version, bill.cashless, lines, judgement.shares, names, *_voice(scope))
    return receipts.receipt(judged, scope.language)


def _voice(scope: Scope) -> tuple[str, Reword]:
    """The client's number as people know it, and how it says our words."""
    brand = brand_for(client_by_id(scope.client_id))
    return brand.hotline.shown, own_words(brand.glossary)


def receipt(scope: Scope, judgement_id: UUID) -> dict[str, Any]:
    """The receipt in the reader's language; raises NotFound."""
    return receipts.receipt(_judged(scope, judgement_id), scope.language)


def receipt_as_text(scope: Scope, judgement_id: UUID) -> str:
    """The receipt as a message; raises NotFound."""
    return receipts.as_text(_judged(scope, judgement_id), scope.language)


def receipt_as_speech(scope: Scope, judgement_id: UUID) -> str:
    """The receipt as a voice reads it; raises NotFound."""
    return receipts.as_speech(_judged(scope, judgement_id), scope.language)


def receipt_pdf(scope: Scope, judgement_id: UUID, heading: str) -> bytes:
    """The receipt on the client's paper; raises NotFound."""
    brand = brand_for(client_by_id(scope.client_id))
    return draw(_judged(scope, judgement_id), brand, scope.language, heading)


def _judged(scope: Scope, judgement_id: UUID) -> Judged:
    kept = queries.kept(scope, judgement_id)
    lines = tuple(
        JudgedLine(
            row.description, Money(row.billed_minor, kept.currency), _shares(row, kept.currency), record.read(row.steps)
        )
        for row in queries.kept_lines(scope, kept.id)
    )
    return Judged(kept.version, kept.cashless, lines, _shares(kept, kept.currency), kept.exclusions, *_voice(scope))


def _shares(row: KeptJudgement | KeptLine, currency: str) -> Shares:
    return Shares(*(Money(getattr(row, f"{name}_minor"), currency) for name in _PARTS))


def _minor(shares: Shares) -> dict[str, int]:
    return {
        "billed_minor": shares.total.amount_minor,
        **{f"{name}_minor": getattr(shares, name).amount_minor for name in _PARTS},
    }


def _kept_line(scope: Scope, judgement_id: UUID, position: int, line: LineJudgement, description: str) -> KeptLine:
    return KeptLine(
        client_id=scope.client_id,
        judgement_id=judgement_id,
        position=position,
        line_key=line.key,
        description=description,
        benefit_code=line.benefit,
        count=line.count,
        deductible_minor=line.deductible.amount_minor,
        co_payment_minor=line.co_payment.amount_minor,
        steps=record.written(line.steps),
        **_minor(line.shares),
    )


def _named(scope: Scope, bill: Bill, judgement: Judgement) -> dict[str, dict[str, str]]:
    """The plan's names of the exclusions that the trace mentions."""
    codes = {step.inputs["exclusion"] for line in judgement.lines for step in line.steps if step.rule is Rule.EXCLUDED}
    names = queries.exclusion_names(scope, bill.member_id, bill.visit_on) if codes else {}
    return {code: names[code] for code in codes if code in names}
