"""What a family's claims draw on while they are judged one after the other under one set of terms.

The engine judges one bill by what was used and borne before it. A course carries that on from claim to claim in the
order of their days, so that a limit that is lower leaves less for what follows, as it would have been.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from uuid import UUID

from backend.adjudication.rules import Accumulators, Bill, Cover, Judgement, Payer, Rule, Step
from backend.benefits.rules import Entry, EntryKind, Period
from backend.kit.money import Money


@dataclass(frozen=True, slots=True)
class Borne:
    """What a bill left to a member of a benefit's deductible."""

    member_id: UUID
    benefit: str
    amount_minor: int
    happened_on: date
    case_key: str | None


class Course:
    """The use and the deductibles of one family; begun with what other bills than the judged ones left behind."""

    __slots__ = ("_borne", "_entries")

    def __init__(self, entries: Iterable[Entry], borne: Iterable[Borne]) -> None:
        self._entries = list(entries)
        self._borne = list(borne)

    def before(self, bill: Bill, cover: Cover, policy_year: Period) -> Accumulators:
        """What was used and borne until the day of ``bill``; what happened later does not count against it."""
        entries = [entry for entry in self._entries if entry.happened_on <= bill.visit_on]
        borne = {}
        for benefit in cover.benefits.values():
            if benefit.deductible is not None and benefit.deductible.per != "visit":
                year = policy_year if benefit.deductible.per == "year" else None
                borne[benefit.code] = Money(self._borne_of(bill, benefit.code, year), bill.currency)
        return Accumulators(entries, borne)

    def take(self, bill: Bill, judgement: Judgement) -> None:
        """Count what the judgement of ``bill`` uses and leaves to the member."""
        for code, (amount, count) in judgement.drawn().items():
            self._entries.append(
                Entry(
                    bill.member_id,
                    code,
                    EntryKind.CONSUME,
                    amount.amount_minor,
                    count,
                    bill.visit_on,
                    bill.source_type,
                    bill.source_id,
                    bill.case_key,
                )
            )
        for line in judgement.lines:
            if line.deductible:
                minor = line.deductible.amount_minor
                self._borne.append(Borne(bill.member_id, line.benefit, minor, bill.visit_on, bill.case_key))

    def _borne_of(self, bill: Bill, benefit: str, year: Period | None) -> int:
        total = 0
        for each in self._borne:
            if (each.member_id, each.benefit) != (bill.member_id, benefit) or each.happened_on > bill.visit_on:
                continue
            same_case = each.case_key is not None and each.case_key == bill.case_key
            if same_case if year is None else year.contains(each.happened_on):
                total += each.amount_minor
        return total


@dataclass(frozen=True, slots=True)
class Parting:
    """Where two traces of a bill part: the first step that differs, as it was and as it would be."""

    before: Step | None
    after: Step | None


def parting(before: Judgement, after: Judgement) -> Parting | None:
    """The first step that moves something else under the other terms, line by line; None where every step is the same.

    The same bill has the same lines. A step that only looked and moved nothing makes no difference to anybody.
    """
    for was, would_be in zip(before.lines, after.lines, strict=True):
        for one, other in zip_longest(_moving(was.steps), _moving(would_be.steps)):
            if one is None or other is None or _what(one) != _what(other):
                return Parting(one, other)
    return None


def _moving(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step.payer is not None]


def _what(step: Step) -> tuple[Rule, Payer | None, Money]:
    return step.rule, step.payer, step.moved
