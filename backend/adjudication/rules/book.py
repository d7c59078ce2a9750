"""What a bill has used up so far while its lines are judged one after the other: limits, caps, deductibles."""

from __future__ import annotations

from backend.adjudication.rules.facts import Accumulators, BenefitTerms, Bill, Cover, SharedLimit
from backend.benefits.rules import Entry, Period, Usage, Use, usage_of
from backend.kit.money import Money


class Book:
    """The running totals of one judgement; made anew for each, so that a judgement never changes its facts."""

    __slots__ = (
        "_borne",
        "_co_paid",
        "_counted",
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

    def consume(self, benefit: BenefitTerms, amount: Money, count: int) -> None:
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


def _entries_of_others(bill: Bill, accumulators: Accumulators) -> list[Entry]:
    """Everything but what this bill itself, or the letter it settles, held and used before."""
    own = {bill.source_id, *bill.instead_of}
    return [entry for entry in accumulators.entries if entry.source_id not in own]
