"""Opening hours as people write them, and whether a door is open at an instant (S0-85).

A day's hours belong to the day they begin on, also past midnight. On a public holiday the hours named ``hol`` hold;
a facility that says nothing about holidays is open then only when it never closes, else nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOLIDAY = "hol"

_ALL_DAY = "00:00-24:00"
DAY = 24 * 60
SLOT = 2 * DAY
"""Minutes kept for a day: its own, and as many of the night after it."""
_HOURS = re.compile(r"^([a-z]{3})(?:-([a-z]{3}))? (?:(\d{2}):(\d{2})-(\d{2}):(\d{2})|closed)$")

Opening = Mapping[str, Sequence[str]]
IsHoliday = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Door:
    """Open or closed, None when nobody knows; ``until`` is the clock time at which an open one closes."""

    open: bool | None
    until: str | None = None


def opening_hours(text: str) -> dict[str, list[str]]:
    """``mon-fri 08:00-17:00; sat 20:00-02:00; hol closed`` or ``24/7`` by day; an empty text is unknown (no day).

    Raises ValueError naming the part that cannot be read.
    """
    if text.strip() == "24/7":
        return {day: [_ALL_DAY] for day in (*DAYS, HOLIDAY)}
    hours: dict[str, list[str]] = {}
    for part in filter(None, (part.strip().lower() for part in text.split(";"))):
        found = _HOURS.match(part)
        days = _days(found[1], found[2]) if found else []
        if not found or not days or not _on_a_clock(found[3], found[4]) or not _on_a_clock(found[5], found[6]):
            raise ValueError(part)
        for day in days:
            spans = hours.setdefault(day, [])
            if found[3]:
                spans.append(f"{found[3]}:{found[4]}-{found[5]}:{found[6]}")
    return hours


def _days(first: str, last: str | None) -> list[str]:
    if first == HOLIDAY and last is None:
        return [HOLIDAY]
    if first not in DAYS or (last or first) not in DAYS:
        return []
    return list(DAYS[DAYS.index(first) : DAYS.index(last or first) + 1])


def _on_a_clock(hour: str | None, minute: str | None) -> bool:
    return hour is None or minute is None or (int(minute) < 60 and int(hour) * 60 + int(minute) <= DAY)


def minutes_open(opening: Opening) -> list[tuple[int, int]]:
    """Spans of open minutes, joined and in order: each day of the week and the holiday has a slot of two days."""
    return list(_joined(tuple((day, tuple(opening[day])) for day in (*DAYS, HOLIDAY) if day in opening)))


@lru_cache(maxsize=4096)
def _joined(written: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[int, int], ...]:
    """Most facilities keep the same few hours."""
    opening = dict(written)
    found: list[tuple[int, int]] = []
    for slot, day in enumerate((*DAYS, HOLIDAY)):
        given = opening.get(day)
        if given is None and day == HOLIDAY and never_closes(opening):
            given = (_ALL_DAY,)
        found += [(slot * SLOT + begin, slot * SLOT + end) for begin, end in map(_span, given or ())]
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)


def never_closes(opening: Opening) -> bool:
    """Whether every day of the week is open from midnight to midnight."""
    return all(_ALL_DAY in opening.get(day, ()) for day in DAYS)


def _span(written: str) -> tuple[int, int]:
    """Minutes from midnight; an end at or before the beginning lies in the night after."""
    begin, end = (int(part[:2]) * 60 + int(part[3:]) for part in written.split("-"))
    return begin, end if end > begin else end + DAY


def places_in_week(now: datetime, zone: str, is_holiday: IsHoliday) -> tuple[int, int]:
    """Where an instant lies in the slots of ``minutes_open``: in its own day's and in the night of the day before."""
    local = now.astimezone(ZoneInfo(zone))
    today, minute = local.date(), local.hour * 60 + local.minute
    before = today - timedelta(days=1)
    return _slot(today, is_holiday) * SLOT + minute, _slot(before, is_holiday) * SLOT + DAY + minute


def _slot(day: date, is_holiday: IsHoliday) -> int:
    return len(DAYS) if is_holiday(day) else day.weekday()


def door_at(opening: Opening, now: datetime, zone: str, is_holiday: IsHoliday) -> Door:
    """Whether the door is open at an instant, by the facility's own clock."""
    spans = minutes_open(opening)
    for place in places_in_week(now, zone, is_holiday):
        for begin, end in spans:
            if begin <= place < end:
                return Door(True, None if never_closes(opening) else _clock(end))
    today = now.astimezone(ZoneInfo(zone)).date()
    unknown = not opening or (is_holiday(today) and HOLIDAY not in opening)
    return Door(None if unknown else False)


def _clock(minute: int) -> str:
    within = minute % DAY
    return f"{within // 60:02}:{within % 60:02}"
