"""Pure decisions about rosters and opening hours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from backend.kit.refusal import Refusal
from backend.kit.working_hours import Spell

PERIOD_BACKWARDS = "staffing.period_backwards"
SHIFT_BACKWARDS = "staffing.shift_backwards"
SHIFT_TOO_LONG = "staffing.shift_too_long"
SHIFT_OUTSIDE = "staffing.shift_outside_period"
SHIFT_OVERLAPS = "staffing.shift_overlaps"
NOT_A_COLLEAGUE = "staffing.not_a_colleague"
NOT_A_DOCTOR = "staffing.not_a_doctor"
UNKNOWN_LANGUAGE = "staffing.unknown_language"
HOURS_OVERLAP = "staffing.hours_overlap"
CLOSED_TWICE = "staffing.closed_twice"

LONGEST_SHIFT = timedelta(hours=24)
LONGEST_ROSTER = timedelta(days=732)
DEFAULT_CAPACITY = 4
"""Written matters at once for whom nobody said otherwise."""
_WEEK = 7 * 1440


@dataclass(frozen=True, slots=True)
class Planned:
    """One shift of a roster."""

    staff_id: UUID
    starts_at: datetime
    ends_at: datetime


def roster_problem(
    shifts: Iterable[Planned], begin: datetime, end: datetime, colleagues: Iterable[UUID]
) -> Refusal | None:
    """What is wrong with a roster for a period: the first shift nobody can work, or None (S0-80).

    A shift belongs to the period it begins in; it may end after it.
    """
    if not begin < end <= begin + LONGEST_ROSTER:
        return Refusal(PERIOD_BACKWARDS, {"days": LONGEST_ROSTER.days})
    known = frozenset(colleagues)
    planned = list(shifts)
    problems = (_shift_problem(one, begin, end, known) for one in planned)
    return next((problem for problem in problems if problem), None) or overlap(planned)


def overlap(shifts: Iterable[Planned]) -> Refusal | None:
    """Nobody works two shifts at once."""
    ordered = sorted(shifts, key=lambda one: (one.staff_id, one.starts_at))
    for before, after in pairwise(ordered):
        if before.staff_id == after.staff_id and after.starts_at < before.ends_at:
            return Refusal(SHIFT_OVERLAPS, {"starts_at": after.starts_at.isoformat()})
    return None


def _shift_problem(one: Planned, begin: datetime, end: datetime, known: frozenset[UUID]) -> Refusal | None:
    if one.staff_id not in known:
        return Refusal(NOT_A_COLLEAGUE)
    figures = {"starts_at": one.starts_at.isoformat()}
    if one.ends_at <= one.starts_at:
        return Refusal(SHIFT_BACKWARDS, figures)
    if one.ends_at - one.starts_at > LONGEST_SHIFT:
        return Refusal(SHIFT_TOO_LONG, figures | {"hours": LONGEST_SHIFT // timedelta(hours=1)})
    if not begin <= one.starts_at < end:
        return Refusal(SHIFT_OUTSIDE, figures)
    return None


def skill_problem(role: str, doctor: bool, spoken: Iterable[str], offered: Sequence[str]) -> Refusal | None:
    """Only a doctor sits at the doctors' desk (S0-92); a language is one of the product's."""
    if doctor and role != "doctor":
        return Refusal(NOT_A_DOCTOR)
    unknown = sorted(set(spoken) - set(offered))
    return Refusal(UNKNOWN_LANGUAGE, {"language": unknown[0]}) if unknown else None


def hours_problem(spells: Iterable[Spell]) -> Refusal | None:
    """Two spells of a desk's week never run at the same time, Sunday night into Monday included (S2-55)."""
    ordered = sorted(spell.minutes() for spell in spells)
    if not ordered:
        return None
    around = [*ordered, (ordered[0][0] + _WEEK, ordered[0][1] + _WEEK)]
    overlaps = any(after[0] < before[1] for before, after in pairwise(around))
    return Refusal(HOURS_OVERLAP) if overlaps else None


def closures_problem(days: Iterable[date]) -> Refusal | None:
    """A day is closed once."""
    twice = [day for day, times in Counter(days).items() if times > 1]
    return Refusal(CLOSED_TWICE, {"day": min(twice).isoformat()}) if twice else None


def is_away(state: str | None, since: datetime | None, shift_started_at: datetime) -> bool:
    """Who stepped out during this shift; a new shift begins available, whatever was said in the last one."""
    return state == "away" and since is not None and since >= shift_started_at
