"""How much is left of a benefit (S2-35): "actualização face ao uso individual de cada beneficiário"."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from backend.adjudication.rules.facts import BenefitTerms, Bill, Item, Line, SharedLimit
from backend.benefits.rules import Basis, Entry, EntryKind, Limit, Period, SharedBy
from tests.second_oracle.arithmetic import half_up


@dataclass(frozen=True)
class Taken:
    """What a line of this bill took before: how much, how many, what of it a full house granted."""

    line: Line
    amount: int
    count: int
    granted: int


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

    def here(self, shared: SharedLimit) -> tuple[int, int]:
        """Amount and count that earlier lines of this bill took from a limit."""
        mine = [one for one in self.lines if one.line.benefit in shared.codes]
        return sum(one.amount for one in mine), sum(one.count for one in mine)

    def granted(self, shared: SharedLimit) -> int:
        """What earlier lines were granted above the entitlement."""
        return sum(one.granted for one in self.lines if one.line.benefit in shared.codes)

    def days(self, shared: SharedLimit, line: Line, pieces: int) -> int:
        """Over how many days this and earlier lines draw from a daily limit: nights add up.

        Two lines for room or intensive care are different nights; what other lines count may lie on the same days.
        """
        mine = [*((one.line, one.count) for one in self.lines if one.line.benefit in shared.codes), (line, pieces)]
        nights = sum(count for one, count in mine if one.item in {Item.ROOM, Item.INTENSIVE_CARE} and one.count)
        return max([nights, 1, *(count for _, count in mine)])


def counts(entry: Entry, limit: Limit, codes: Collection[str], bill: Bill, year: Period) -> bool:
    """Whether an entry counts against a limit: whose, of which benefits, when or as part of what."""
    its_own = entry.source_id == bill.source_id or entry.source_id in bill.instead_of
    if its_own or entry.benefit_code not in codes:
        return False
    if limit.shared_by is SharedBy.PERSON and entry.member_id != bill.member_id:
        return False
    return in_its_time(entry, limit, bill, year)


def in_its_time(entry: Entry, limit: Limit, bill: Bill, year: Period) -> bool:
    """Each day, each visit, each disability, each policy year (or several as one), or for life.

    Nothing older is part of this visit, nor of a disability that nobody named.
    """
    if limit.basis is Basis.LIFETIME:
        return True
    if limit.basis is Basis.YEAR:
        first = year.first.replace(year=year.first.year - (limit.years - 1))
        return first <= entry.happened_on <= year.last
    if limit.basis is Basis.DAY:
        return entry.happened_on == bill.visit_on
    if limit.basis is Basis.CASE and bill.case_key is not None:
        return entry.case_key == bill.case_key
    return False


class Room(NamedTuple):
    """What is granted above the entitlement on a line, and of a room line each night's covered part and granted one."""

    granted: int = 0
    nights: Sequence[tuple[int, int]] = ()


def within(open_part: tuple[int, int], line: Line, benefit: BenefitTerms, used: Used, room: Room) -> tuple[int, int]:
    """What of an amount for so many pieces (days, visits, pairs) fits every limit, and how many of the pieces.

    First how many are covered at all, then how much they may cost: the order of the table changes nothing.
    """
    left, pieces = open_part
    asked = pieces
    for shared in benefit.limits:
        left, pieces = as_often_as_allowed(left, pieces, used.days(shared, line, asked), shared, used)
    for shared in benefit.limits:
        if pieces == asked == len(room.nights):
            left -= above_the_day(left, shared.limit, room.nights)
        left = min(left, still_there(pieces, line, shared, used, room.granted))
    return left, pieces


def above_the_day(left: int, limit: Limit, nights: Sequence[tuple[int, int]]) -> int:
    """S2-35: a daily amount is for each day, so what a cheap night leaves of it does not pay for a dear one."""
    covered = sum(each for each, _ in nights)
    if limit.basis is not Basis.DAY or limit.amount is None or not covered:
        return 0
    parts = [half_up(Fraction(left * each, covered)) - limit.amount.amount_minor - granted for each, granted in nights]
    return min(sum(part for part in parts if part > 0), left)


def as_often_as_allowed(left: int, pieces: int, days: int, shared: SharedLimit, used: Used) -> tuple[int, int]:
    """S2-35 by number: of ten days with seven left, seven tenths are covered (0041: not which seven)."""
    if shared.limit.count is None:
        return left, pieces
    times = shared.limit.count * days if shared.limit.basis is Basis.DAY else shared.limit.count
    allowed = max(times - used.before(shared)[1] - used.here(shared)[1], 0)
    if pieces <= allowed:
        return left, pieces
    return half_up(Fraction(left * allowed, pieces)), allowed


def still_there(pieces: int, line: Line, shared: SharedLimit, used: Used, granted: int) -> int:
    """S2-35 by amount; a daily one as often as there are days, and higher by what was granted while full (S1-63)."""
    if shared.limit.amount is None:
        return sys.maxsize
    whole = shared.limit.amount.amount_minor
    if shared.limit.basis is Basis.DAY:
        whole = whole * used.days(shared, line, pieces) + granted + used.granted(shared)
    return max(whole - used.before(shared)[0] - used.here(shared)[0], 0)
