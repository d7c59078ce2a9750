"""Iter: how often and how long a prescription may be repeated (S1-73)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from backend.kit.deadlines import calendar_days_after
from backend.kit.refusal import Refusal

TOO_OLD = "telemedicine.prescription_too_old"
USED_UP = "telemedicine.repeats_used_up"
TOO_LATE = "telemedicine.repeat_too_late"
WITHDRAWN = "telemedicine.prescription_withdrawn"
TOO_MANY = "telemedicine.too_many_repeats"


@dataclass(frozen=True, slots=True)
class IterTerms:
    """The contract's switches. ``counts``: whether ``most`` is repeats besides the first dispensing, or dispensings."""

    most: int = 2
    days: int = 14
    counts: Literal["repeats", "dispensings"] = "repeats"
    valid_days: int = 30
    """How long after it was written a prescription may be dispensed for the first time."""

    @property
    def repeats(self) -> int:
        """Repeats besides the first dispensing."""
        return self.most if self.counts == "repeats" else max(self.most - 1, 0)


@dataclass(frozen=True, slots=True)
class Approval:
    """The medical team's written word: so many repeats, until that day."""

    repeats: int
    until: date


@dataclass(frozen=True, slots=True)
class Sheet:
    """A prescription: when it was written, the repeats written on each of its items, whether it still counts."""

    written_on: date
    repeats: tuple[int, ...]
    withdrawn: bool = False


def may_write(repeats: Sequence[int], terms: IterTerms) -> Refusal | None:
    """No item is written with more repeats than the contract allows; more takes a written approval afterwards."""
    if max(repeats, default=0) > terms.repeats:
        return Refusal(TOO_MANY, {"most": terms.repeats})
    return None


def total_allowed(sheet: Sheet, terms: IterTerms, approval: Approval | None) -> int:
    """How often the sheet may be dispensed, the first time included."""
    written = min(max(sheet.repeats, default=0), terms.repeats)
    return 1 + (max(written, approval.repeats) if approval else written)


def last_day(first: date, terms: IterTerms, approval: Approval | None) -> date:
    """The last day of a repeat, counted from the first dispensing."""
    usual = calendar_days_after(first, terms.days)
    return max(usual, approval.until) if approval else usual


def may_dispense(
    sheet: Sheet, dispensed: Sequence[date], on: date, terms: IterTerms, approval: Approval | None = None
) -> Refusal | None:
    """Whether a pharmacy may dispense once more on a day; the refusal says what is in the way."""
    if sheet.withdrawn:
        return Refusal(WITHDRAWN)
    if not dispensed:
        until = calendar_days_after(sheet.written_on, terms.valid_days)
        return Refusal(TOO_OLD, {"until": until}) if on > until else None
    allowed = total_allowed(sheet, terms, approval)
    if len(dispensed) >= allowed:
        return Refusal(USED_UP, {"allowed": allowed - 1})
    until = last_day(min(dispensed), terms, approval)
    return Refusal(TOO_LATE, {"until": until}) if on > until else None


def items_of(sheet: Sheet, dispensing: int, terms: IterTerms, approval: Approval | None = None) -> tuple[int, ...]:
    """Which items (from 0) belong to the n-th dispensing (from 1): the first has all, a repeat those written for it.

    An approval speaks of the whole sheet.
    """
    if dispensing == 1:
        return tuple(range(len(sheet.repeats)))
    if approval and dispensing - 1 <= approval.repeats:
        return tuple(range(len(sheet.repeats)))
    return tuple(place for place, repeats in enumerate(sheet.repeats) if min(repeats, terms.repeats) >= dispensing - 1)
