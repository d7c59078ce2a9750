"""A change in force is told: to whoever is in the plan once, in their own language, and to the employer's people.

What is written down are the terms that differ, in figures; words are made when somebody reads. Nothing of anybody's
health is known here: a change is about the plan.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from backend.access import Role, Scope, working_for
from backend.accounts.queries import staff_of_client
from backend.benefits import queries as benefits
from backend.kit import clock, ids
from backend.notifications.service import notify, notify_staff
from backend.plan_changes import queries
from backend.plan_changes.models import ChangeState, PlanChange, PlanChangeTold
from backend.plan_changes.rules import plain
from backend.plan_changes.stored import plan_lines

READERS_AT_ONCE = 200
TO_MEMBERS = "plan_changed"
TO_HR = "plan_changed_for_hr"


def run(client_id: UUID, change_id: UUID) -> None:
    """Tell everybody who has not been told yet, some in a transaction; running again tells nobody twice."""
    while _tell_some(client_id, change_id):
        pass


def _tell_some(client_id: UUID, change_id: UUID) -> bool:
    with working_for(client_id) as scope:
        change = queries.change_to_decide(scope, change_id)
        if change.state != ChangeState.IN_FORCE:
            return False
        facts = _facts(scope, change)
        if change.hr_told_at is None:
            _tell_hr(scope, change, facts)
        readers = queries.next_readers(scope, change, READERS_AT_ONCE)
        for reader in readers:
            if _note(scope, change.id, reader):
                notify(scope, TO_MEMBERS, reader, facts)
        return len(readers) == READERS_AT_ONCE


def _facts(scope: Scope, change: PlanChange) -> dict[str, Any]:
    assert change.plan_id is not None, "a plan that nobody is in is told to nobody"
    assert change.new_plan_id is not None, "a change in force has a version"
    differences = plain.differences(plan_lines(scope, change.plan_id), plan_lines(scope, change.new_plan_id))
    return {
        "plan_name": benefits.plan(scope, change.new_plan_id).names,
        "starts_on": change.effective_on,
        "plan_changes": differences or [plain.DETAILS],
    }


def _tell_hr(scope: Scope, change: PlanChange, facts: dict[str, Any]) -> None:
    figures = {**facts, "count": queries.count_in_version(scope, change)}
    for staff, post in staff_of_client(scope):
        if staff.active and post.role == Role.HR:
            notify_staff(scope, TO_HR, staff.id, figures)
    change.hr_told_at = clock.now()


def _note(scope: Scope, change_id: UUID, member_id: UUID) -> bool:
    values = {"client_id": scope.client_id, "id": ids.new_id(), "created_at": clock.now()}
    noted = insert(PlanChangeTold).values(**values, plan_change_id=change_id, member_id=member_id)
    return scope.session.execute(noted.on_conflict_do_nothing().returning(PlanChangeTold.id)).first() is not None
