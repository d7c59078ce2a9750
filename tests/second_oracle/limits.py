"""How much is left of a benefit (S2-35): "actualização face ao uso individual de cada beneficiário"."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from backend.adjudication.rules.facts import Bill, SharedLimit
from backend.benefits.rules import Basis, Entry, EntryKind, Limit, Period, SharedBy
from tests.second_oracle.arithmetic import half_up
from tests.second_oracle.nights import Slept


@dataclass(frozen=True)
class Taken:
    """What a line of this bill took before: of which benefit, how much, how many, and the days it was billed for."""

    benefit: str
    amount: int
    count: int
    days: int


@dataclass
class Used:
    """Everything that was used: by the family before, by earlier lines of this bill."""

    entries: Iterable[Entry]
    bill: Bill
    year: Period
    lines: list[Taken] = field(default_factory=list)

    def before(self, shared: SharedLimit) -> tuple[int, int]:
        """Amount and count that older entries took from a limit."""
        amount = count = 0
        for entry in self.entries:
            if counts(entry, shared.limit, shared.codes, self.bill, self.year):
                sign = -1 if entry.kind in {EntryKind.RELEASE, EntryKind.REVERSE} else 1
                amount += sign * entry.amount_minor
                count += sign * entry.count
        return amount, count

    def here(self, shared: SharedLimit) -> tuple[int, int, int]:
        """Amount, count and days that earlier lines of this bill took from a limit."""
        mine = [one for one in self.lines if one.benefit in shared.codes]
        return sum(one.amount for one in mine), sum(one.count for one in mine), sum(one.days for one in mine)


def counts(entry: Entry, limit: Limit, codes: Collection[str], bill: Bill, year: Period) -> bool:
    """Whether an entry counts against a limit: whose, of which benefits, when or as part of what."""
    settled_by_this_bill = entry.kind in {EntryKind.HOLD, EntryKind.RELEASE} and entry.source_id in bill.instead_of
    if settled_by_this_bill or entry.benefit_code not in codes:
        return False
    if limit.shared_by is SharedBy.PERSON and entry.member_id != bill.member_id:
        return False
    return in_its_time(entry, limit, bill, year)


def in_its_time(entry: Entry, limit: Limit, bill: Bill, year: Period) -> bool:
    """Each day, each visit, each disability, each policy year (or several as one), or for life."""
    if limit.basis is Basis.LIFETIME:
        return True
    if limit.basis is Basis.YEAR:
        first = year.first.replace(year=year.first.year - (limit.years - 1))
        return first <= entry.happened_on <= year.last
    if limit.basis is Basis.DAY:
        return entry.happened_on == bill.visit_on
    if limit.basis is Basis.CASE and bill.case_key is not None:
        return entry.case_key == bill.case_key
    return same_source(entry, bill.source_type, bill.source_id)


def same_source(entry: Entry, kind: str, source: UUID) -> bool:
    """Whether an entry belongs to the visit itself."""
    return (entry.source_type, entry.source_id) == (kind, source)


def fits(open_part: int, pieces: int, shared: SharedLimit, used: Used, nights: list[Slept]) -> tuple[int, int]:
    """What of ``open_part`` for ``pieces`` (days, visits, pairs) still fits a limit, and how many of the pieces."""
    limit = shared.limit
    amount_before, count_before = used.before(shared)
    amount_here, count_here, days_here = used.here(shared)
    fitting, allowed = open_part, pieces
    if limit.count is not None:
        left = max(limit.count - count_before - count_here, 0)
        allowed = min(pieces, left)
        fitting = of_the_first(allowed, pieces, open_part, left, nights)
    if limit.amount is not None:
        whole = limit.amount.amount_minor
        if limit.basis is Basis.DAY:
            granted = sum(night.granted for night in nights)
            fitting = min(fitting, each_day(open_part, whole, nights))
            whole = whole * max(days_here + pieces, 1) + granted
        fitting = min(fitting, max(whole - amount_before - amount_here, 0))
    return fitting, allowed


def of_the_first(allowed: int, pieces: int, open_part: int, left: int, nights: list[Slept]) -> int:
    """The part of the first days or pieces; of a stay the nights that were slept first."""
    if pieces == 0:
        return open_part
    if nights and len(nights) == pieces:
        covered = sum(night.covered for night in nights)
        first = sum(night.covered for night in nights[:allowed])
        return half_up(Fraction(open_part * first, covered)) if covered else 0
    return half_up(Fraction(open_part * allowed, pieces))


def each_day(open_part: int, daily: int, nights: list[Slept]) -> int:
    """A daily limit holds on each day: what one cheap night leaves does not pay for a dear one.

    What was granted above the entitlement while it was full (S1-63) comes on top, up to the other limits.
    """
    covered = sum(night.covered for night in nights)
    if not covered:
        return open_part
    kept = Fraction(open_part, covered)
    return half_up(sum((min(night.covered * kept, Fraction(daily + night.granted)) for night in nights), Fraction(0)))
