"""A preview is asked for; the work is a job's."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.errors import Conflict
from backend.jobs import enqueue
from backend.kit import clock, ids
from backend.plan_changes import queries, tasks
from backend.plan_changes.models import ChangeState, PlanPreview, PreviewState
from backend.plan_changes.rules import steps
from backend.plan_changes.service.put_in_force import introduces


def start_preview(scope: Scope, change_id: UUID, months: int) -> PlanPreview:
    """Judge the plan's decided claims of the past ``months`` months under both terms; an earlier preview is forgotten.

    Raises NotFound, Conflict ``plan_changes.not_open``, ``plan_changes.nobody_in_it``.
    """
    change = queries.change_to_decide(scope, change_id)
    if change.state != ChangeState.PROPOSED:
        raise Conflict(steps.NOT_OPEN)
    if introduces(scope, change):
        raise Conflict(steps.NOBODY_IN_IT)
    before = queries.preview_of(scope, change.id)
    if before is not None:
        scope.session.delete(before)
        scope.session.flush()
    assert scope.actor.id is not None, "only people ask for previews"
    first, last = steps.window(months, clock.today(client_by_id(scope.client_id).timezone))
    row = PlanPreview(
        client_id=scope.client_id,
        id=ids.new_id(),
        plan_change_id=change.id,
        digest=change.digest,
        months=months,
        first_on=first,
        last_on=last,
        state=PreviewState.WAITING,
        asked_by=scope.actor.id,
    )
    scope.session.add(row)
    scope.session.flush()
    enqueue(scope, tasks.preview, client_id=str(scope.client_id), preview_id=str(row.id))
    audit.record(scope, "create", "plan_preview", row.id)
    return row
