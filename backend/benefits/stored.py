"""Stored rows of a plan and of utilisation as the rules read them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from backend.benefits.models import Benefit, BenefitLimit, UtilisationEntry
from backend.benefits.rules import Basis, ConditionWait, CoPayment, Entry, EntryKind, Exclusion, Limit, SharedBy
from backend.kit.money import Money


def codes_by_pool(lines: Sequence[Benefit], limits: Sequence[BenefitLimit]) -> dict[tuple[str, str], set[str]]:
    """Which benefits draw from each shared pool, by pool and basis."""
    code_of = {line.id: line.code for line in lines}
    sharing: dict[tuple[str, str], set[str]] = {}
    for row in limits:
        if row.pool:
            sharing.setdefault((row.pool, row.basis), set()).add(code_of[row.benefit_id])
    return sharing


def as_entry(row: UtilisationEntry) -> Entry:
    """A stored entry as the rules read it."""
    return Entry(
        member_id=row.member_id,
        benefit_code=row.benefit_code,
        kind=EntryKind(row.kind),
        amount_minor=row.amount_minor,
        count=row.count,
        happened_on=row.happened_on,
        source_type=row.source_type,
        source_id=row.source_id,
        case_key=row.case_key,
    )


def as_limit(row: BenefitLimit, currency: str) -> Limit:
    """A stored limit as the rules read it."""
    amount = None if row.amount_minor is None else Money(row.amount_minor, currency)
    return Limit(Basis(row.basis), SharedBy(row.shared_by), amount, row.count, row.pool, row.years)


def co_payment_of(line: Benefit, currency: str) -> CoPayment | None:
    """The co-payment of a benefit as the rules read it."""
    if line.co_payment is None:
        return None
    cap = line.co_payment.get("cap_minor")
    return CoPayment(Decimal(str(line.co_payment["percent"])), None if cap is None else Money(cap, currency))


def waits_of(line: Benefit) -> list[ConditionWait]:
    """The longer waits of a benefit as the rules read them."""
    return [ConditionWait(wait["days"], tuple(wait["conditions"])) for wait in line.waiting_by_condition]


def exclusions_of(line: Benefit) -> list[Exclusion]:
    """The exclusions of a benefit as the rules read them."""
    return [Exclusion(one["code"], tuple(one.get("conditions", ()))) for one in line.exclusions]
