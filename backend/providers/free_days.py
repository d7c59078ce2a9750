"""Public holidays of any country a facility may stand in; where nobody lists them there are none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from backend.clients.rules import CalendarChanges


def is_holiday(country: str, day: date) -> bool:
    """Whether a day is a public holiday in a country."""
    try:
        return CalendarChanges().calendar(country, joint_leave_free=False).is_holiday(day)
    except NotImplementedError:
        return False


def holidays_of(country: str) -> Callable[[date], bool]:
    """The same for one country, as the rules ask it."""
    return partial(is_holiday, country)
