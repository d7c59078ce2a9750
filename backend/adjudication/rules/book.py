"""What a bill has used up so far while its lines are judged one after the other: limits, caps, deductibles."""

from __future__ import annotations

from dataclasses import dataclass

from backend.adjudication.rules.facts import Accumulators, BenefitTerms, Bill, Cover, Item, Line, SharedLimit
from backend.benefits.rules import Basis, Entry, Limit, Period, Usage, Use, usage_of
from backend.kit.money import Money

_NIGHTS = frozenset({Item.ROOM, Item.INTENSIVE_CARE})


@dataclass(frozen=True, slots=True)
class _Days:
    """Over how many days a bill draws from a daily limit, and what was granted above it while a class was full.

    Nights of different lines are different nights; what other lines count may lie on the same days.
    """

    granted: Money
    nights: int = 0
    others: int = 0

    @property
    def number(self) -> int:
        """A visit without nights is one day."""
        return max(self.nights, self.others, 1)

    def with_line(self, line: Line, count: int, granted: Money) -> _Days:
        """The same with one more line; one without a number of its own belongs to the visit's day."""
        if line.item in _NIGHTS and line.count is not None:
            return _Days(self.granted + granted, self.nights + count, self.others)
        return _Days(self.granted + granted, self.nights, max(self.others, count))


class Book:
    """The running totals of one judgement; made anew for each, so that a judgement never changes its facts."""

    __slots__ = (
        "_borne",
        "_co_paid",
        "_counted",
        "_days",
        "_entries",
        "_member_id",
        "_policy_year",
        "_usage",
        "_use",
        "_zero",
        "paid",
    )

    def __init__(self, bill: Bill, cover: Cover, accumulators: Accumulators, policy_year: Period) -> None:
        self._entries = _entries_of_others(bill, accumulators)
        self._member_id = cover.member_id
        self._policy_year = policy_year
        self._use = Use(bill.visit_on, bill.source_type, bill.source_id, bill.case_key)
        self._usage: dict[str, Usage] = {}
        self._borne = dict(accumulators.deductible_borne)
        self._co_paid: dict[str, Money] = {}
        self._counted: set[str] = set()
        self._days: dict[str, _Days] = {}
        self._zero = Money.zero(bill.currency)
        self.paid = self._zero
        """What the plan pays of the lines judged so far."""

    def usage(self, shared: SharedLimit) -> Usage:
        """What was used and held of a limit, the earlier lines of this bill included."""
        known = self._usage.get(shared.key)
        if known is None:
            known = usage_of(
                self._entries,
                shared.limit,
                shared.codes,
                self._member_id,
                policy_year=self._policy_year,
                use=self._use,
            )
            self._usage[shared.key] = known
        return known

    def over_the_days(self, shared: SharedLimit, line: Line, count: int, granted: Money) -> Limit:
        """A daily limit as often as this bill has days of it, with what was granted above it; any other as it is."""
        limit = shared.limit
        if limit.basis is not Basis.DAY:
            return limit
        before = self._days.get(shared.key, _Days(granted=self._zero))
        days = before.with_line(line, count, granted)
        amount = limit.amount.times(days.number) + days.granted if limit.amount is not None else None
        times = limit.count * days.number if limit.count is not None else None
        return Limit(limit.basis, limit.shared_by, amount, times, limit.pool, limit.years)

    def count_of(self, benefit: str, count: int | None) -> int:
        """How many days, visits or pieces a line asks for: a visit counts once for each benefit."""
        if count is not None:
            return count
        return 0 if benefit in self._counted else 1

    def deductible_borne(self, benefit: str) -> Money:
        """What was borne of the benefit's deductible in its period."""
        return self._borne.get(benefit, self._zero)

    def co_paid(self, benefit: str) -> Money:
        """What of this bill was borne as co-payment for the benefit."""
        return self._co_paid.get(benefit, self._zero)

    def bear(self, benefit: str, deductible: Money, co_payment: Money) -> None:
        """Count what the member bears of a line."""
        if deductible:
            self._borne[benefit] = self.deductible_borne(benefit) + deductible
        if co_payment:
            self._co_paid[benefit] = self.co_paid(benefit) + co_payment

    def consume(self, benefit: BenefitTerms, amount: Money, count: int, line: Line, granted: Money) -> None:
        """Count what the plan pays of a line against every limit it draws from."""
        self.paid += amount
        if count:
            self._counted.add(benefit.code)
        for shared in benefit.limits:
            before = self.usage(shared)
            self._usage[shared.key] = Usage(
                before.used_minor + amount.amount_minor,
                before.held_minor,
                before.used_count + count,
                before.held_count,
            )
            if shared.limit.basis is Basis.DAY:
                days = self._days.get(shared.key, _Days(granted=self._zero))
                self._days[shared.key] = days.with_line(line, count, granted)


def _entries_of_others(bill: Bill, accumulators: Accumulators) -> list[Entry]:
    """Everything but what this bill itself, or the letter it settles, held and used before."""
    own = {bill.source_id, *bill.instead_of}
    return [entry for entry in accumulators.entries if entry.source_id not in own]
