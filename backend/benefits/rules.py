"""What is left of a benefit, from when it counts, what it never covers (S0-11..S0-20, S2-34, S2-35).

Usage is always counted from entries, never stored: ``usage_of`` is the one definition, and the SQL of the
benefit table is tested against it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from backend.kit.deadlines import calendar_days_after
from backend.kit.money import Money
from backend.kit.refusal import Refusal

OVER_LIMIT = "benefits.over_limit"
OVER_COUNT = "benefits.over_count"


class BenefitGroup(StrEnum):
    """The ten benefit groups of an employee health plan (S0-11..S0-20)."""

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    DENTAL = "dental"
    MATERNITY = "maternity"
    OPTICAL = "optical"
    PHARMACY = "pharmacy"
    MEDICAL_CHECKUP = "medical_checkup"
    EMERGENCY = "emergency"
    AMBULANCE = "ambulance"
    GUARANTEE = "guarantee"


class Basis(StrEnum):
    """Over what a limit counts: each day, each visit, each case, one or more policy years, a lifetime."""

    DAY = "day"
    VISIT = "visit"
    CASE = "case"
    YEAR = "year"
    LIFETIME = "lifetime"


class SharedBy(StrEnum):
    """Whether one person or the whole family draws from the limit."""

    PERSON = "person"
    FAMILY = "family"


class EntryKind(StrEnum):
    """What an entry does: hold and release move what is reserved, consume and reverse what is used."""

    HOLD = "hold"
    RELEASE = "release"
    CONSUME = "consume"
    REVERSE = "reverse"


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount, a count or both over a basis. ``years`` policy years run as one (glasses every two years)."""

    basis: Basis
    shared_by: SharedBy
    amount: Money | None
    count: int | None
    pool: str | None = None
    years: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of held or used benefit."""

    member_id: UUID
    benefit_code: str
    kind: EntryKind
    amount_minor: int
    count: int
    happened_on: date
    source_type: str
    source_id: UUID
    case_key: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    def contains(self, day: date) -> bool:
        """Whether ``day`` lies in it."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Use:
    """The treatment that asks: when, as part of what. ``count`` is its days, visits or pieces."""

    happened_on: date
    source_type: str
    source_id: UUID
    case_key: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What entries add up to, in minor units and in pieces."""

    used_minor: int = 0
    held_minor: int = 0
    used_count: int = 0
    held_count: int = 0

    def after(self, entry: Entry) -> Usage:
        """This usage with one more entry."""
        sign = -1 if entry.kind in {EntryKind.RELEASE, EntryKind.REVERSE} else 1
        minor, count = sign * entry.amount_minor, sign * entry.count
        if entry.kind in {EntryKind.HOLD, EntryKind.RELEASE}:
            return Usage(self.used_minor, self.held_minor + minor, self.used_count, self.held_count + count)
        return Usage(self.used_minor + minor, self.held_minor, self.used_count + count, self.held_count)


@dataclass(frozen=True, slots=True)
class Left:
    """What remains; None where the limit does not restrict."""

    amount: Money | None
    count: int | None


def remaining(limit: Limit, usage: Usage) -> Left:
    """Limit minus used minus held, never below zero (a new plan version may lie under what was used) (S2-35)."""
    amount = None
    if limit.amount is not None:
        spent = Money(usage.used_minor + usage.held_minor, limit.amount.currency)
        amount = max(limit.amount - spent, Money.zero(limit.amount.currency), key=lambda money: money.amount_minor)
    count = None if limit.count is None else max(limit.count - usage.used_count - usage.held_count, 0)
    return Left(amount, count)


def window(limit: Limit, policy_year: Period) -> Period | None:
    """The days a limit looks at: policy years back from this one, everything for a lifetime, None per event."""
    if limit.basis is Basis.LIFETIME:
        return Period(date.min, date.max)
    if limit.basis is Basis.YEAR:
        return Period(years_before(policy_year.first, limit.years - 1), policy_year.last)
    return None


def years_before(day: date, years: int) -> date:
    """The same calendar day ``years`` earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def usage_of(
    entries: Iterable[Entry],
    limit: Limit,
    codes: Collection[str],
    member_id: UUID,
    *,
    policy_year: Period,
    use: Use | None = None,
) -> Usage:
    """What counts against ``limit``: entries of the family, of the benefits ``codes`` that share it.

    Limits per day, visit or case look at the treatment ``use`` only; without one nothing counts yet.
    """
    days = window(limit, policy_year)
    total = Usage()
    for entry in entries:
        if entry.benefit_code not in codes:
            continue
        if limit.shared_by is SharedBy.PERSON and entry.member_id != member_id:
            continue
        if days.contains(entry.happened_on) if days else _same_event(limit.basis, entry, use):
            total = total.after(entry)
    return total


def _same_event(basis: Basis, entry: Entry, use: Use | None) -> bool:
    if use is None:
        return False
    if basis is Basis.DAY:
        return entry.happened_on == use.happened_on
    same_source = (entry.source_type, entry.source_id) == (use.source_type, use.source_id)
    if basis is Basis.CASE and use.case_key is not None:
        return entry.case_key == use.case_key
    return same_source


def check(limit: Limit, usage: Usage, amount: Money, count: int, granted: Money | None = None) -> Refusal | None:
    """Whether ``amount`` for ``count`` days, visits or pieces still fits; the refusal names what is left.

    A daily amount is multiplied by the days asked for, and rises by what a rule ``granted`` above it: the dearer room
    while the entitled one is full (S1-63).
    """
    allowed = limit
    if limit.basis is Basis.DAY and limit.amount is not None:
        daily = limit.amount.times(max(count, 1))
        allowed = Limit(limit.basis, limit.shared_by, daily + granted if granted else daily, limit.count)
    left = remaining(allowed, usage)
    figures = {"basis": limit.basis.value, "pool": limit.pool}
    if left.amount is not None and amount > left.amount:
        return Refusal(OVER_LIMIT, {**figures, "remaining": left.amount, "asked": amount})
    if limit.basis is not Basis.DAY and left.count is not None and count > left.count:
        return Refusal(OVER_COUNT, {**figures, "remaining": left.count, "asked": count})
    return None


@dataclass(frozen=True, slots=True)
class CoPayment:
    """The member's part: ``percent`` of the covered amount, at most ``cap``."""

    percent: Decimal
    cap: Money | None = None


def co_pay(amount: Money, terms: CoPayment | None) -> Money:
    """What the member pays of ``amount``; never more than the amount, the cap, or less than nothing."""
    if terms is None:
        return Money.zero(amount.currency)
    part = amount.percent(terms.percent)
    return terms.cap if terms.cap is not None and part > terms.cap else part


def deductible_part(amount: Money, deductible: Money | None, already: Money) -> Money:
    """What of ``amount`` falls under a deductible of which ``already`` was borne in the same period."""
    if deductible is None or already >= deductible:
        return Money.zero(amount.currency)
    open_part = deductible - already
    return amount if amount < open_part else open_part


def pro_rata(bill: Money, entitled_rate: Money, actual_rate: Money) -> Money:
    """The covered part of a bill in a dearer room: bill × entitled rate ÷ actual rate (domain.md 5.5)."""
    if actual_rate <= entitled_rate:
        return bill
    return bill.share(entitled_rate.amount_minor, actual_rate.amount_minor)


@dataclass(frozen=True, slots=True)
class ConditionWait:
    """A longer wait for some conditions, named by the beginnings of their ICD-10 codes."""

    days: int
    conditions: tuple[str, ...]


def waiting_until(
    covered_since: date, days: int, by_condition: Sequence[ConditionWait] = (), condition: str | None = None
) -> date | None:
    """The first day on which the benefit pays, or None when it does from the start.

    A renewal does not start the wait again: ``covered_since`` is the first day of the first enrolment.
    """
    longer = [wait.days for wait in by_condition if condition and condition.startswith(wait.conditions)]
    wait_days = max([days, *longer])
    return calendar_days_after(covered_since, wait_days) if wait_days else None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something a benefit never covers; ``conditions`` are beginnings of ICD-10 codes, none means by name only."""

    code: str
    conditions: tuple[str, ...] = ()


def is_excluded(exclusions: Sequence[Exclusion], condition: str | None, items: Collection[str] = ()) -> str | None:
    """The code of the exclusion that a diagnosis or a named item (``cosmetic``) falls under, or None (S2-34)."""
    for exclusion in exclusions:
        if exclusion.code in items:
            return exclusion.code
        if condition and exclusion.conditions and condition.startswith(exclusion.conditions):
            return exclusion.code
    return None
