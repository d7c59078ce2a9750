"""An excess as the rules of its clock see it."""

from __future__ import annotations

from collections.abc import Iterable

from backend.funds.models import Excess, ExcessInstalment, ExcessState
from backend.funds.rules.excess import ExcessFacts, Part
from backend.kit.money import Money


def facts_of(row: Excess, parts: Iterable[ExcessInstalment]) -> ExcessFacts:
    """An excess as its clock sees it."""
    return ExcessFacts(
        ExcessState(row.state),
        row.due_on,
        Money(row.amount_minor, row.currency),
        Money(row.paid_minor, row.currency),
        tuple(Part(part.due_on, Money(part.amount_minor, row.currency)) for part in parts),
        row.reminded_on,
        row.stopped_card,
    )


def open_amount(row: Excess) -> Money:
    """What is still to be paid."""
    return Money(row.amount_minor - row.paid_minor, row.currency)
