"""What is promised and not yet owed: reserved, raised or lowered, given back. It follows the life of its source."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from backend.access import Scope
from backend.errors import Conflict, RuleRefused
from backend.funds import ledger
from backend.funds.rules.chart import HOLD_DIFFERS, INSUFFICIENT, Source
from backend.kit import ids
from backend.kit.money import Money


@dataclass(frozen=True, slots=True)
class Hold:
    """What is promised for a source now; ``available`` is what the fund could still promise afterwards.

    ``funded`` is False where the client keeps no fund with us, or the contract lets a promise go beyond it.
    """

    amount: Money
    funded: bool
    available: Money


def hold(scope: Scope, amount: Money, source_type: str, source_id: UUID, key: str) -> Hold:
    """Promise ``amount`` in all for a source: the first time reserves, later times raise or lower it.

    The same key gives the same answer. Raises RuleRefused ``funds.insufficient`` when the fund cannot cover it and
    the contract refuses then, Conflict ``funds.hold_differs`` when the key was used for something else.
    """
    if amount.amount_minor < 0:
        raise ValueError("nobody promises less than nothing")
    return _step(scope, "hold", amount, Source(source_type, source_id), key)


def release(scope: Scope, source_type: str, source_id: UUID, key: str) -> Hold:
    """Promise nothing for a source any more; nothing happens when nothing was promised."""
    known = ledger.currency_of(scope)
    return _step(scope, "release", Money.zero(known), Source(source_type, source_id), key)


def _step(scope: Scope, kind: str, amount: Money, source: Source, key: str) -> Hold:
    content = {
        "id": str(ids.new_id()),
        "kind": kind,
        "amount_minor": amount.amount_minor,
        "currency": amount.currency,
        "source_type": source.type,
        "source_id": str(source.id),
        "key": key,
    }
    said = ledger.ask(scope, "fund_hold_to", content)
    available = Money(said["available_minor"], amount.currency)
    if said["outcome"] == "insufficient":
        raise RuleRefused(
            INSUFFICIENT, ledger.shortfall(amount - Money(said["before_minor"], amount.currency), available)
        )
    if said["outcome"] == "differs":
        raise Conflict(HOLD_DIFFERS)
    return Hold(Money(said["amount_minor"], amount.currency), said["funded"], available)
