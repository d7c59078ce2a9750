"""Deadlines: calendar days, working days, elapsed hours, each in the place whose days are meant.

The one place in which a deadline is computed; hours of work are counted by ``working_hours`` beside it.

A day counts where the deadline is kept, so every function takes dates of that place, and ``local_date`` and
``end_of_day`` change between an instant and the date there. The day something happened is day zero: five working
days from a Friday end on the next Friday when nothing lies between.

Holidays come from the ``holidays`` library. Islamic dates of coming years are its estimates, and a government may
move a joint-leave day within the year: ``extra_free`` and ``extra_working`` of a calendar correct it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

# Three hundred modules behind one name: loaded when a process starts, not by the first person who complains.
import holidays.countries

_SATURDAY, _SUNDAY = 5, 6
_WITH_JOINT_LEAVE = "ID"
"""Only Indonesia publishes joint leave (cuti bersama) apart from its public holidays."""
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def _free_days(country: str, joint_leave: bool, year: int) -> frozenset[date]:
    categories = ("public", "government") if joint_leave and country == _WITH_JOINT_LEAVE else ("public",)
    return frozenset(holidays.country_holidays(country, years=year, categories=categories))


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked in a country (ISO 3166): not at weekends, not on public holidays.

    ``joint_leave_free`` makes Indonesia's joint-leave days free too. The two corrections win over everything.
    """

    country: str
    joint_leave_free: bool = False
    weekend: frozenset[int] = frozenset({_SATURDAY, _SUNDAY})
    extra_free: frozenset[date] = frozenset()
    extra_working: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.weekend) > _SUNDAY:
            raise ValueError("a calendar without a working day never reaches a deadline")

    def is_working_day(self, day: date) -> bool:
        """Whether people work on ``day``."""
        if day in self.extra_working:
            return True
        return day.weekday() not in self.weekend and not self.is_holiday(day)

    def is_holiday(self, day: date) -> bool:
        """Whether ``day`` is free for another reason than its place in the week."""
        if day in self.extra_working:
            return False
        return day in self.extra_free or day in _free_days(self.country, self.joint_leave_free, day.year)


def working_days_after(start: date, days: int, calendar: WorkCalendar) -> date:
    """The ``days``-th working day after ``start``; with 0 the first working day on or after it.

    Raises ValueError for negative days.
    """
    if days < 0:
        raise ValueError("a deadline lies ahead")
    if days == 0:
        return working_day_on_or_after(start, calendar)
    day = start
    while days:
        day += _ONE_DAY
        days -= calendar.is_working_day(day)
    return day


def working_days_before(end: date, days: int, calendar: WorkCalendar) -> date:
    """The working day with ``days`` working days from it to ``end``: preparing backwards from a day that is set.

    With 0 the last working day on or before ``end``. Raises ValueError for negative days.
    """
    if days < 0:
        raise ValueError("what is prepared lies before")
    day = end
    while not calendar.is_working_day(day):
        day -= _ONE_DAY
    while days:
        day -= _ONE_DAY
        days -= calendar.is_working_day(day)
    return day


def working_day_on_or_after(day: date, calendar: WorkCalendar) -> date:
    """``day`` itself when it is worked, else the next one that is."""
    while not calendar.is_working_day(day):
        day += _ONE_DAY
    return day


def working_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """How many working days lie after ``start`` up to and with ``end``; 0 when ``end`` is not later."""
    span = range(1, (end - start).days + 1)
    return sum(calendar.is_working_day(start + timedelta(days=step)) for step in span)


def calendar_days_after(start: date, days: int) -> date:
    """The date ``days`` days later, weekends and holidays counted; raises ValueError for negative days."""
    if days < 0:
        raise ValueError("a deadline lies ahead")
    return start + timedelta(days=days)


def elapsed_hours_after(moment: datetime, hours: int) -> datetime:
    """The instant ``hours`` later on a stopwatch, whatever clocks on walls do; ``moment`` is aware."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)


def local_date(moment: datetime, zone: str) -> date:
    """The date on the wall in an IANA zone at ``moment``."""
    return moment.astimezone(ZoneInfo(zone)).date()


def last_day_before(moment: datetime, zone: str) -> date:
    """The last date on the wall of that zone before ``moment``: what ends at midnight ends the day before."""
    return local_date(moment - timedelta(microseconds=1), zone)


def end_of_day(day: date, zone: str) -> datetime:
    """The first instant after ``day`` in that zone, in UTC: what happens before it is in time."""
    return datetime.combine(day + _ONE_DAY, time.min, ZoneInfo(zone)).astimezone(UTC)
