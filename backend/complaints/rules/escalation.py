"""Who is told when a deadline comes near or has passed, and to whom a complaint climbs (S0-94).

Level 1 is the handler, who has the complaint from the start. The contract names the levels above with the working
days between the deadline and the day they take over: 1 is the first working day after it, -1 the last one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.clients.rules import EscalationLevel
from backend.complaints.rules.timing import WorkingDaysAfter, WorkingDaysBetween

HANDLER, SUPERVISOR = "handler", "supervisor"
FIRST_LEVEL = 1


class NoticeKind(StrEnum):
    """What is marked once for each deadline of a complaint."""

    ACKNOWLEDGE_TODAY = "acknowledge_today"
    ACKNOWLEDGE_LATE = "acknowledge_late"
    WARNING = "warning"
    OVERDUE = "overdue"
    ESCALATION = "escalation"
    REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to mark and tell about one deadline; ``step`` tells warnings and levels apart."""

    kind: NoticeKind
    due_on: date
    step: int = 0
    to: tuple[str, ...] = (HANDLER, SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Watched:
    """What the watch needs to know of one open complaint that waits for nobody."""

    acknowledged: bool
    acknowledge_by: date
    resolve_by: date
    level: int


def notices_due(
    watched: Watched,
    today: date,
    *,
    warn_days: Sequence[int],
    ladder: Sequence[EscalationLevel],
    after: WorkingDaysAfter,
    between: WorkingDaysBetween,
) -> list[Notice]:
    """What is due today about one complaint; marking each once is the caller's.

    Only the nearest of the warnings: after a standstill nobody gets yesterday's beside today's.
    """
    due: list[Notice] = []
    if not watched.acknowledged and today >= watched.acknowledge_by:
        late = today > watched.acknowledge_by
        kind = NoticeKind.ACKNOWLEDGE_LATE if late else NoticeKind.ACKNOWLEDGE_TODAY
        due.append(Notice(kind, watched.acknowledge_by))
    if today > watched.resolve_by:
        due.append(Notice(NoticeKind.OVERDUE, watched.resolve_by))
    else:
        left = between(today, watched.resolve_by)
        reached = [days for days in warn_days if left <= days]
        if reached:
            due.append(Notice(NoticeKind.WARNING, watched.resolve_by, min(reached)))
    for place, level in enumerate(ladder, start=FIRST_LEVEL + 1):
        if place > watched.level and _has_come(level.days, watched.resolve_by, today, after, between):
            due.append(Notice(NoticeKind.ESCALATION, watched.resolve_by, place, (HANDLER, level.to)))
    return due


def _has_come(days: int, resolve_by: date, today: date, after: WorkingDaysAfter, between: WorkingDaysBetween) -> bool:
    if days > 0:
        return today >= after(resolve_by, days)
    return today > resolve_by or between(today, resolve_by) <= -days


def reminder_due(
    information_by: date, today: date, remind_days: Sequence[int], between: WorkingDaysBetween
) -> int | None:
    """The reminder that the complainant gets today about what we wait for: working days left, or None."""
    if today > information_by:
        return None
    left = between(today, information_by)
    reached = [days for days in remind_days if left <= days]
    return min(reached) if reached else None


def next_level(level: int, ladder: Sequence[EscalationLevel]) -> tuple[int, EscalationLevel] | None:
    """The level above and who has it; None at the top."""
    above = level - FIRST_LEVEL
    return (level + 1, ladder[above]) if above < len(ladder) else None
