"""When an excess is due, what a dispute and instalments do to that, and when a card may be stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.clients.rules import Terms
from backend.kit.deadlines import calendar_days_after
from backend.kit.money import Money
from backend.kit.refusal import Refusal

WRONG_EXCESS_STATE = "funds.wrong_excess_state"
INSTALMENTS_DIFFER = "funds.instalments_differ"
INSTALMENTS_PAST = "funds.instalments_past"
MORE_THAN_OWED = "funds.more_than_owed"

REMIND_DAYS = 3
"""So many days before the last one the member hears of it again."""


class ExcessState(StrEnum):
    """An excess's life."""

    OPEN = "open"
    DISPUTED = "disputed"
    SETTLED = "settled"
    WAIVED = "waived"


class Move(StrEnum):
    """What the clock asks for today."""

    REMIND = "remind"
    STOP_CARD = "stop_card"


def due_on(letter_on: date, terms: Terms) -> date:
    """The last day to pay: so many calendar days from the date of the letter (S1-18, S1-77)."""
    return calendar_days_after(letter_on, terms.excess_payment_days)


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment."""

    due_on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class ExcessFacts:
    """An excess as its clock sees it."""

    state: ExcessState
    due_on: date
    amount: Money
    paid: Money
    parts: tuple[Part, ...] = ()
    reminded_on: date | None = None
    stopped_card: bool = False


def next_due(facts: ExcessFacts) -> date:
    """The day the next money is due: of the first instalment that is not covered, else the letter's last day."""
    reached = Money.zero(facts.amount.currency)
    for part in sorted(facts.parts, key=lambda one: one.due_on):
        reached += part.amount
        if facts.paid < reached:
            return part.due_on
    return facts.due_on


def is_overdue(facts: ExcessFacts, today: date) -> bool:
    """Whether a day has passed without the money that was due on it; a disputed excess is never overdue."""
    return facts.state is ExcessState.OPEN and next_due(facts) < today


def move_due(facts: ExcessFacts, today: date) -> Move | None:
    """What happens today (S1-78): a reminder near the day, and the card stopped only on a later day than that.

    A member who heard nothing since the present day was set is reminded first, also when it has passed already.
    """
    if facts.state is not ExcessState.OPEN:
        return None
    due = next_due(facts)
    reminded = facts.reminded_on is not None and calendar_days_after(facts.reminded_on, REMIND_DAYS) >= due
    if not reminded:
        return Move.REMIND if calendar_days_after(today, REMIND_DAYS) >= due else None
    told_before_today = facts.reminded_on is not None and facts.reminded_on < today
    return Move.STOP_CARD if due < today and told_before_today and not facts.stopped_card else None


def paused(due: date, today: date) -> int:
    """The days that are left when a dispute stops the clock; none when the day has passed."""
    return max((due - today).days, 0)


def resumed(days_left: int, today: date) -> date:
    """The last day once the dispute is answered: what was left then goes on from today."""
    return calendar_days_after(today, days_left)


def check_instalments(parts: Sequence[Part], open_amount: Money, today: date) -> Refusal | None:
    """Instalments add up to what is open, and none of them lies behind us."""
    total = sum((part.amount for part in parts), start=Money.zero(open_amount.currency))
    if total != open_amount or len({part.due_on for part in parts}) < len(parts):
        return Refusal(INSTALMENTS_DIFFER, {"total": total, "open": open_amount})
    return Refusal(INSTALMENTS_PAST) if any(part.due_on < today for part in parts) else None
