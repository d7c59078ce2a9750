"""A case whose caller is talked to: whoever takes the call takes the case (S0-93)."""

from __future__ import annotations

from uuid import UUID

from backend.access import Actor, Role, Scope
from backend.accounts import queries as accounts
from backend.helpline import queries
from backend.helpline.models import CaseState, HelplineCase
from backend.helpline.rules import cases as rules
from backend.helpline.service.handling import hold, let_go
from backend.helpline.service.opening import call_for_people
from backend.helpline.service.steps import standing_of, write_step
from backend.kit import clock


def answered_by_phone(scope: Scope, case_id: UUID | None, staff_id: UUID | None) -> None:
    """The caller is answered, so nobody waits any more; a case of the queue becomes that person's.

    A case a colleague works on stays theirs, and a closed one closed: the call is still a step of it.
    """
    found = _case_and_person(scope, case_id, staff_id)
    if found is None:
        return
    case, acting = found
    if case.state == CaseState.OPEN and rules.may_take(*standing_of(acting, case)) is None:
        hold(acting, case)
    now = clock.now()
    case.first_reply_at = case.first_reply_at or now
    case.waiting_since, case.due_at = now, None
    write_step(acting, case, "call_answered")


def caller_was_gone(scope: Scope, case_id: UUID | None, staff_id: UUID | None) -> None:
    """Nobody was on the line after all: who had taken the case for the call gives it back, and it waits again."""
    found = _case_and_person(scope, case_id, staff_id)
    if found is None or found[0].state != CaseState.TAKEN or found[0].assigned_to != staff_id:
        return
    case, acting = found
    let_go(acting, case)
    write_step(acting, case, "released")
    call_for_people(acting)


def _case_and_person(scope: Scope, case_id: UUID | None, staff_id: UUID | None) -> tuple[HelplineCase, Scope] | None:
    if case_id is None or staff_id is None:
        return None
    works = accounts.staff_at_client(scope, staff_id=staff_id)
    case = queries.case(scope, case_id, lock=True)
    if works is None or case.state == CaseState.CLOSED:
        return None
    return case, scope.as_actor(Actor(Role(works[1].role), id=staff_id))
