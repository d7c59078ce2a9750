"""Public holidays of any country a facility may stand in; where nobody lists them there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache, partial

from backend.access import Scope
from backend.clients.rules import CalendarChanges
from backend.providers import queries

_KEEP = timedelta(minutes=10)


@lru_cache(maxsize=4096)
def is_holiday(country: str, day: date) -> bool:
    """Whether a day is a public holiday in a country."""
    try:
        return CalendarChanges().calendar(country, joint_leave_free=False).is_holiday(day)
    except NotImplementedError:
        return False


def holidays_of(country: str) -> Callable[[date], bool]:
    """The same for one country, as the rules ask it."""
    return partial(is_holiday, country)


class _Countries:
    """The countries of the registry, asked for again after ten minutes: a new one there is news of the year."""

    def __init__(self) -> None:
        self._known: Sequence[str] = ()
        self._read_at: datetime | None = None

    def at(self, scope: Scope, now: datetime) -> tuple[str, ...]:
        if self._read_at is None or not timedelta(0) <= now - self._read_at < _KEEP:
            self._known, self._read_at = queries.countries(scope), now
        return tuple(self._known)


_countries = _Countries()


def free_days_around(scope: Scope, now: datetime) -> Sequence[tuple[str, date]]:
    """The public holidays of every country of the registry that may be today or yesterday somewhere."""
    return _free_days(_countries.at(scope, now), now.date())


@lru_cache(maxsize=8)
def _free_days(countries: tuple[str, ...], day: date) -> Sequence[tuple[str, date]]:
    around = [day + timedelta(days=step) for step in (-2, -1, 0, 1)]
    return [(country, one) for country in countries for one in around if is_holiday(country, one)]
