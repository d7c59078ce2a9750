"""Until when a complaint is acknowledged and answered, and what moves these days (S0-94).

Every day is a date at the client's seat and a deadline includes its day. ``after`` counts in the calendar of our own
deadlines; where the complainant's days are meant it is theirs, in which joint leave is always free (the later date).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from backend.complaints.rules.rule_sets import RuleSet
from backend.kit.deadlines import calendar_days_after
from backend.kit.refusal import Refusal

ALREADY_EXTENDED = "complaints.already_extended"
PAST_DEADLINE = "complaints.past_deadline"
REOPEN_TOO_LATE = "complaints.reopen_too_late"
REASON_NOT_LISTED = "complaints.reason_not_listed"
ORAL_IS_CONVERTED = "complaints.oral_is_converted"
MORE_TIME_ONCE = "complaints.more_time_once"

WorkingDaysAfter = Callable[[date, int], date]
"""The n-th working day after a date, in the calendar of the client's contract."""

WorkingDaysBetween = Callable[[date, date], int]
"""How many working days lie after the first date up to and with the second."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The last days of a complaint, at the client's seat."""

    acknowledge_by: date
    resolve_by: date


@dataclass(frozen=True, slots=True)
class Pause:
    """We asked for something: the complainant's last day, and ours should it come only then."""

    information_by: date
    resolve_by: date


def deadlines(rules: RuleSet, spoken: bool, received_on: date, after: WorkingDaysAfter) -> Deadlines:
    """The deadlines of a complaint that is complete when it comes in (S0-94)."""
    resolve_by = after(received_on, rules.days_to_resolve(spoken))
    return Deadlines(min(after(received_on, rules.acknowledge_days), resolve_by), resolve_by)


def paused(rules: RuleSet, asked_on: date, days_left: int, after: WorkingDaysAfter, theirs: WorkingDaysAfter) -> Pause:
    """What stands while we wait (10 working days for papers, POJK 22/2023).

    ``days_left`` are the working days that were left of our own time when we asked; the first question gives us the
    whole time of a written complaint from the papers on, a later one only what was left.
    """
    information_by = theirs(asked_on, rules.information_days)
    return Pause(information_by, after(information_by, days_left))


def more_time(
    rules: RuleSet,
    pause: Pause,
    today: date,
    *,
    already: bool,
    days_left: int,
    after: WorkingDaysAfter,
    theirs: WorkingDaysAfter,
) -> Pause | Refusal:
    """The complainant's second period for the papers (10 more, POJK 22/2023): once, and before the first is over."""
    if already:
        return Refusal(MORE_TIME_ONCE)
    if today > pause.information_by:
        return Refusal(PAST_DEADLINE, {"resolve_by": pause.information_by.isoformat()})
    longer = theirs(pause.information_by, rules.information_days)
    return Pause(longer, after(longer, days_left))


def resumed(before: date, complete_on: date, days_left: int, after: WorkingDaysAfter) -> date:
    """Our last day once the papers are there: what was left, counted from them; waiting never shortens our time.

    ``before`` is the last day that stood when we asked.
    """
    return max(before, after(complete_on, days_left))


def days_left_at_pause(
    rules: RuleSet, *, resolve_by: date, asked_on: date, first: bool, extended: bool, between: WorkingDaysBetween
) -> int:
    """Working days that go on counting after the papers came.

    The clock of a written complaint starts when its documents are complete, so the first question for papers leaves
    all of it (and an extension that was given); a later one leaves what is not yet used, at least one day.
    """
    if first:
        return rules.written_days + (rules.extension_days if extended else 0)
    return max(1, between(asked_on, resolve_by))


def extended(
    rules: RuleSet,
    resolve_by: date,
    today: date,
    after: WorkingDaysAfter,
    *,
    spoken: bool,
    already: bool,
    reason: str,
) -> date | Refusal:
    """The new last day of a written complaint (+10 working days, POJK 22/2023).

    Refused without a reason of the list, a second time, once the first day has passed, and for what was only said:
    that is converted to writing instead.
    """
    if reason not in rules.extension_reasons:
        return Refusal(REASON_NOT_LISTED, {"listed": ", ".join(rules.extension_reasons)})
    if spoken:
        return Refusal(ORAL_IS_CONVERTED)
    if already:
        return Refusal(ALREADY_EXTENDED)
    if today > resolve_by:
        return Refusal(PAST_DEADLINE, {"resolve_by": resolve_by.isoformat()})
    return after(resolve_by, rules.extension_days)


def converted(rules: RuleSet, resolve_by: date, complete_on: date, after: WorkingDaysAfter) -> date:
    """Our last day when what was said goes on in writing: the written days from when it came in, never earlier.

    Where the written days start is not said for a conversion; from the complaint itself is on time under each reading.
    """
    return max(resolve_by, after(complete_on, rules.written_days))


def may_reopen(rules: RuleSet, answered_on: date, today: date) -> Refusal | None:
    """Refuses to reopen what was answered long ago; a new complaint can always be lodged."""
    last_day = calendar_days_after(answered_on, rules.reopen_calendar_days)
    return None if today <= last_day else Refusal(REOPEN_TOO_LATE, {"last_day": last_day.isoformat()})


def is_overdue(resolve_by: date, today: date) -> bool:
    """Whether the last day is over without an answer; the last day itself is in time."""
    return today > resolve_by


def next_deadline(
    *, answered: bool, acknowledged: bool, acknowledge_by: date, information_by: date | None, resolve_by: date
) -> tuple[str, date] | None:
    """What comes next and when: ``information`` is the complainant's day, the others are ours; None once answered."""
    if answered:
        return None
    if information_by is not None:
        return "information", information_by
    return ("resolve", resolve_by) if acknowledged else ("acknowledge", acknowledge_by)


def working_days_left(on: date, today: date, between: WorkingDaysBetween) -> int:
    """Until the end of the day ``on``: 0 on that day, at least one below zero from the day after it."""
    return between(today, on) if today <= on else min(-1, -between(on, today))
