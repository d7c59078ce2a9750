"""A discharge that never comes: the hospital is asked for it, then claims take it up. No hold stays for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.kit.deadlines import calendar_days_after


class Missing(StrEnum):
    """What is due about a discharge that has not come."""

    WANTED = "wanted"
    RAISED = "raised"


@dataclass(frozen=True, slots=True)
class Patience:
    """The contract's days after the last day of a letter: until the hospital is asked, until claims take it up."""

    ask_days: int
    raise_days: int


def last_day(admission_on: date, days: int) -> date:
    """The day on which the patient leaves by the letter: three days from Monday end on Thursday."""
    return calendar_days_after(admission_on, days)


def missing(leaves_on: date, today: date, patience: Patience, *, wanted: bool, raised: bool) -> Missing | None:
    """What is due today; each comes once, and claims' work is not asked of the hospital afterwards."""
    if raised:
        return None
    if today >= calendar_days_after(leaves_on, patience.raise_days):
        return Missing.RAISED
    asks = not wanted and today >= calendar_days_after(leaves_on, patience.ask_days)
    return Missing.WANTED if asks else None
