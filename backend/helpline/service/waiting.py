"""Until when a case that waits is answered, and that it waits again."""

from __future__ import annotations

from datetime import datetime

from backend.access import Scope
from backend.helpline.models import HelplineCase, Priority
from backend.helpline.rules import cases as rules
from backend.kit import clock
from backend.staffing import service as staffing


def due(scope: Scope, desk: str, priority: str, waiting_since: datetime) -> datetime:
    """By the hours of the desk; an emergency does not ask for them (S0-90, S2-14)."""
    hours = None if priority == Priority.URGENT else staffing.working_hours(scope, waiting_since, desk)
    return rules.due_at(priority, waiting_since, hours)


def waits(scope: Scope, case: HelplineCase) -> None:
    """Somebody waits for us: from now on, or longer already."""
    if case.due_at is None:
        case.waiting_since = clock.now()
    case.due_at = due(scope, case.desk, case.priority, case.waiting_since)
