"""Working hours: when a desk is open, and what so many hours of work after an instant is.

A week is a set of spells of work in one place: several a day, past midnight where a spell closes at or before the
hour it opens. A spell belongs to the day it begins on: the night before a holiday is worked to its end, the night of
the holiday is not begun. Instants go in aware and come out in UTC; the wall of the place decides what is open, so a
zone whose clocks change is counted right too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.kit.deadlines import WorkCalendar

_ONE_DAY = timedelta(days=1)
_HORIZON_DAYS = 400
"""How far an opening is looked for: longer than any closure that is meant."""


class NeverOpen(ValueError):
    """No spell of work within the horizon: the hours are not what anybody meant."""


@dataclass(frozen=True, slots=True)
class Spell:
    """One spell of work on one day of the week (0 is Monday), in wall time; equal hours are a whole day."""

    weekday: int
    opens: time
    closes: time
    on_holidays: bool = False

    def minutes(self) -> tuple[int, int]:
        """Beginning and end in minutes from Monday 0:00; the end may lie in the week after."""
        begin = self.opens.hour * 60 + self.opens.minute
        end = self.closes.hour * 60 + self.closes.minute
        start = self.weekday * 1440 + begin
        return start, start + (end - begin if end > begin else end - begin + 1440)


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """A desk's week in an IANA zone; without any spell it is open day and night.

    Holidays are those of ``calendar`` (its weekend is not asked: the week says what is worked), ``closed`` are days
    on which nothing begins whatever the week and the calendar say.
    """

    zone: str
    spells: tuple[Spell, ...] = ()
    calendar: WorkCalendar | None = None
    closed: frozenset[date] = frozenset()

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody works at ``moment``; the closing instant itself is closed."""
        at = moment.astimezone(UTC)
        window = next(self._openings(at), None)
        return window is not None and window[0] <= at

    def next_opening(self, moment: datetime) -> datetime:
        """``moment`` itself while it is open, else the next instant at which work begins; raises NeverOpen."""
        at = moment.astimezone(UTC)
        return max(self._window_at(at)[0], at)

    def closes_after(self, moment: datetime) -> datetime | None:
        """When the spell that is being worked at ``moment`` ends; None when it is closed, or open without end."""
        at = moment.astimezone(UTC)
        begin, end = self._window_at(at)
        return end if begin <= at and end < datetime.max.replace(tzinfo=UTC) else None

    def after(self, start: datetime, work: timedelta) -> datetime:
        """The instant at which ``work`` has been done since ``start``; raises NeverOpen, ValueError when negative.

        Nothing to do is done when somebody is there: at the next opening. Work that ends with a spell ends there
        and not at the next opening.
        """
        if work < timedelta(0):
            raise ValueError("a deadline lies ahead")
        at, left = self.next_opening(start), work
        while True:
            end = self._window_at(at)[1]
            if end - at >= left:
                return at + left
            left -= end - at
            at = self.next_opening(end)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How long was worked from ``start`` to ``end``; nothing when ``end`` is not later."""
        at, last, worked = start.astimezone(UTC), end.astimezone(UTC), timedelta(0)
        for begin, closing in self._openings(at, _HORIZON_DAYS + max(0, (last - at).days)):
            if begin >= last:
                break
            worked += min(closing, last) - max(begin, at)
        return worked

    def _window_at(self, at: datetime) -> tuple[datetime, datetime]:
        """The window that is open at ``at``, else the next one; raises NeverOpen."""
        found = next(self._openings(at), None)
        if found is None:
            raise NeverOpen(self.zone)
        return found

    def _openings(self, at: datetime, days: int = _HORIZON_DAYS) -> Iterator[tuple[datetime, datetime]]:
        """Open windows that end after ``at``, in order, touching ones joined, of so many days."""
        if not self.spells and not self.closed:
            yield at, datetime.max.replace(tzinfo=UTC)
            return
        joined: tuple[datetime, datetime] | None = None
        for window in self._windows(at.astimezone(ZoneInfo(self.zone)).date() - _ONE_DAY, days):
            if joined and window[0] <= joined[1]:
                joined = (joined[0], max(joined[1], window[1]))
            else:
                if joined and joined[1] > at:
                    yield joined
                joined = window
        if joined and joined[1] > at:
            yield joined

    def _windows(self, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
        """What begins on each day from ``first`` on, by its beginning; an hour that the clocks skip is not worked."""
        for ahead in range(days):
            yield from sorted(window for window in self._of_day(first + ahead * _ONE_DAY) if window[0] < window[1])

    def _of_day(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if day in self.closed:
            return
        if not self.spells:
            yield self._instant(day, time.min), self._instant(day + _ONE_DAY, time.min)
            return
        holiday = self.calendar is not None and self.calendar.is_holiday(day)
        for spell in self.spells:
            if spell.weekday == day.weekday() and (spell.on_holidays or not holiday):
                last = day if spell.closes > spell.opens else day + _ONE_DAY
                yield self._instant(day, spell.opens), self._instant(last, spell.closes)

    def _instant(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)


def every_day(opens: time, closes: time, weekdays: range = range(7), *, on_holidays: bool = False) -> tuple[Spell, ...]:
    """The same spell on each of the weekdays."""
    return tuple(Spell(weekday, opens, closes, on_holidays) for weekday in weekdays)
