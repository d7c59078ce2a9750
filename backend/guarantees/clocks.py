"""The clock of an ask: when it runs, until when an answer is owed, and in whose hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from backend.access import Scope
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.clients.rules import Terms
from backend.guarantees.models import GuaranteeAsk
from backend.guarantees.rules.asks import AskState, Turnaround
from backend.kit import clock
from backend.kit.deadlines import local_date
from backend.kit.working_hours import WorkingHours
from backend.staffing.models import Desk
from backend.staffing.service import working_hours


def terms_now(scope: Scope) -> Terms:
    """The contract's terms today."""
    return terms_on(scope, local_date(clock.now(), client_by_id(scope.client_id).timezone))


def start(scope: Scope, ask: GuaranteeAsk) -> None:
    """The answer is owed within the contract's hours of the desk that gives it (S2-36)."""
    _keep(scope, ask, Turnaround(timedelta(seconds=ask.worked_seconds), clock.now()))
    ask.state = AskState.WAITING


def pause(scope: Scope, ask: GuaranteeAsk) -> None:
    """Papers are awaited: the clock stands, what it has run stays run."""
    _keep(scope, ask, ask.turnaround.paused(_hours(scope, ask), clock.now()))
    ask.state = AskState.PAPERS_WANTED


def stop(ask: GuaranteeAsk, state: AskState) -> None:
    """It is answered."""
    ask.state, ask.answer_by, ask.running_since, ask.answered_at = state, None, None, clock.now()


def _keep(scope: Scope, ask: GuaranteeAsk, turnaround: Turnaround) -> None:
    target = timedelta(hours=terms_now(scope).guarantee_answer_hours)
    ask.worked_seconds = int(turnaround.worked.total_seconds())
    ask.running_since = turnaround.running_since
    ask.answer_by = turnaround.answer_by(_hours(scope, ask), target)


def _hours(scope: Scope, ask: GuaranteeAsk) -> WorkingHours:
    at: datetime = clock.now()
    return working_hours(scope, at, Desk.DOCTOR if ask.for_doctor else Desk.HELPLINE)
