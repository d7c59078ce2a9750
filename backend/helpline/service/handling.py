"""Whose case it is: taken, given back, handed over, closed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.errors import NotFound
from backend.helpline import queries
from backend.helpline.models import CaseState, HelplineCase
from backend.helpline.rules import cases as rules
from backend.helpline.service.looking import detail
from backend.helpline.service.opening import Caller, call_for_people, open_case
from backend.helpline.service.satisfaction import ASK
from backend.helpline.service.steps import refuse_if, standing_of, write_step
from backend.helpline.service.waiting import due
from backend.jobs import enqueue, jobs
from backend.kit import clock


def take(scope: Scope, case_id: UUID) -> dict[str, Any]:
    """The actor works on the case from now on; raises RuleRefused when somebody else does."""
    case = queries.case(scope, case_id, lock=True)
    refuse_if(scope, rules.may_take(*standing_of(scope, case)))
    if case.state == CaseState.OPEN:
        hold(scope, case)
        write_step(scope, case, "taken")
    return _done(scope, case)


def hold(scope: Scope, case: HelplineCase) -> None:
    """Make a case the actor's own; the rules were asked before."""
    now = clock.now()
    case.state, case.assigned_to = CaseState.TAKEN, scope.actor.id
    case.assigned_at = case.taken_at = now


def release(scope: Scope, case_id: UUID) -> dict[str, Any]:
    """Give a case back to its queue; raises RuleRefused when it is not the actor's."""
    case = queries.case(scope, case_id, lock=True)
    refuse_if(scope, rules.may_release(*standing_of(scope, case)))
    let_go(scope, case)
    write_step(scope, case, "released")
    call_for_people(scope)
    return _done(scope, case)


def let_go(scope: Scope, case: HelplineCase) -> None:
    """Back into the queue, nobody's; whoever waits keeps their place, and is answered by the hours of its desk."""
    case.state, case.assigned_to, case.assigned_at, case.taken_at = CaseState.OPEN, None, None, None
    since = clock.now() if case.due_at is None else case.waiting_since
    case.due_at = due(scope, case.desk, case.priority, since)


def transfer(
    scope: Scope,
    case_id: UUID,
    *,
    note: str,
    desk: str | None = None,
    staff_id: UUID | None = None,
    language: str | None = None,
) -> dict[str, Any]:
    """Hand a case to a queue, a person or whoever speaks a language, with everything in it (S0-93).

    The case waits as it waited before; ``filled`` and the thread stay. Raises NotFound for staff of another client,
    RuleRefused.
    """
    case = queries.case(scope, case_id, lock=True)
    refuse_if(scope, rules.may_transfer(*standing_of(scope, case)))
    name = _receiver(scope, desk or case.desk, staff_id)
    case.desk = desk or case.desk
    case.language = language or case.language
    let_go(scope, case)
    if staff_id is not None:
        case.assigned_to, case.assigned_at = staff_id, clock.now()
    facts = {"desk": case.desk, "to": name, "language": language}
    write_step(scope, case, "transferred", note, {key: value for key, value in facts.items() if value})
    call_for_people(scope)
    return _done(scope, case)


def _receiver(scope: Scope, desk: str, staff_id: UUID | None) -> str | None:
    if staff_id is None:
        return None
    found = accounts.staff_at_client(scope, staff_id=staff_id)
    if found is None:
        raise NotFound()
    person, works = found
    refuse_if(scope, rules.may_receive(desk, works.role))
    return person.name


def close(scope: Scope, case_id: UUID, outcome: str, follow_up: str | None = None) -> dict[str, Any]:
    """End the case with what came of it; closing it again changes nothing.

    ``follow_up`` says what is still to be done: it becomes a case of its own in the same queue.
    """
    case = queries.case(scope, case_id, lock=True)
    refuse_if(scope, rules.may_close(*standing_of(scope, case)))
    if case.state != CaseState.CLOSED:
        case.state, case.closed_at, case.outcome, case.due_at = CaseState.CLOSED, clock.now(), outcome, None
        facts = {"follow_up": _follow_up(scope, case, follow_up).number} if follow_up else None
        write_step(scope, case, "closed", outcome, facts)
        enqueue(
            scope,
            jobs.tasks[ASK],
            lock=f"conversation:{case.conversation_id}",
            client_id=str(scope.client_id),
            case_id=str(case.id),
        )
        call_for_people(scope)
    return _done(scope, case)


def close_as_over(scope: Scope, case_id: UUID, outcome: str, *, ask: bool = False) -> None:
    """The matter behind a case is over, whoever has the case: a consultation ended, a member cancelled.

    ``ask`` puts the one question after it. Closing it again changes nothing. Raises NotFound.
    """
    case = queries.case(scope.for_helpline(), case_id, lock=True)
    if case.state == CaseState.CLOSED:
        return
    case.state, case.closed_at, case.outcome, case.due_at = CaseState.CLOSED, clock.now(), outcome, None
    write_step(scope, case, "closed", outcome)
    if ask:
        thread = f"conversation:{case.conversation_id}"
        enqueue(scope, jobs.tasks[ASK], lock=thread, client_id=str(scope.client_id), case_id=str(case.id))
    call_for_people(scope)


def _follow_up(scope: Scope, case: HelplineCase, what: str) -> HelplineCase:
    caller = Caller(case.member_id, case.language, case.channel)
    return open_case(
        scope, case.conversation_id, "follow_up", summary=what, caller=caller, desk=case.desk, filled=case.filled
    )


def _done(scope: Scope, case: HelplineCase) -> dict[str, Any]:
    audit.record(scope, "update", "helpline_case", case.id, member_id=case.member_id)
    return detail(scope, case.id)
