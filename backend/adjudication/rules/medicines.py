"""Repeats of a prescription (*iter*, S1-73)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backend.adjudication.rules.trace import Rule
from backend.clients.rules import Terms


@dataclass(frozen=True, slots=True)
class Dispensing:
    """A dispensing of a prescription: ``number`` 0 is the first one, 1 the first repeat."""

    number: int
    first_on: date
    written_approval: bool = False


def most_repeats(terms: Terms) -> int:
    """How many repeats the contract's number allows: so many, or one fewer where it counts the first dispensing too."""
    counts_the_first = terms.repeat_prescription_counts == "dispensings"
    return max(terms.repeat_prescriptions - 1, 0) if counts_the_first else terms.repeat_prescriptions


def repeat_refused(dispensing: Dispensing, on: date, terms: Terms) -> Rule | None:
    """The rule that stands against a repeat on ``on``, or None; the medical team's written approval lifts both."""
    if dispensing.number == 0 or dispensing.written_approval:
        return None
    if dispensing.number > most_repeats(terms):
        return Rule.TOO_MANY_REPEATS
    if on > dispensing.first_on + timedelta(days=terms.repeat_prescription_days):
        return Rule.REPEAT_TOO_LATE
    return None
