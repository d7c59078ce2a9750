"""A change becomes a version of its plan, and everybody in the plan goes on in it from its day on."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.benefits import queries as benefit_queries
from backend.benefits import service as benefits
from backend.clients.registry import client_by_id
from backend.errors import Forbidden, RuleRefused
from backend.jobs import enqueue
from backend.kit import clock
from backend.kit.refusal import Refusal
from backend.members.service.renewal import change_version
from backend.plan_changes import queries, tasks
from backend.plan_changes.models import ChangeState, PlanChange, PreviewState
from backend.plan_changes.rules import steps
from backend.plan_changes.rules.steps import Proposal


def put_in_force(scope: Scope, change_id: UUID) -> PlanChange:
    """Make the proposed terms those of visits from the change's day on; what lies before keeps its version.

    Claims, judgements, use, excesses and money are not touched: a later visit is judged by the new terms against what
    was used, and what is left is never less than nothing. Whoever is in the plan is told by a job. Raises NotFound,
    Forbidden ``plan_changes.same_person``, RuleRefused with the other reasons of ``rules.steps.may_put_in_force``.
    """
    change = queries.change_to_decide(scope, change_id)
    refusal = obstacle(scope, change)
    if refusal is not None:
        error = Forbidden if refusal.reason == steps.SAME_PERSON else RuleRefused
        raise error(refusal.reason, refusal.figures)
    plan, _ = benefits.read_plan(scope, change.content)
    is_new = introduces(scope, change)
    change.new_plan_id = benefits.store_version(scope, plan, change.filename, change.plan_id if is_new else None)
    change.state = ChangeState.IN_FORCE
    change.in_force_by, change.in_force_at = scope.actor.id, clock.now()
    scope.session.flush()
    if not is_new:
        for old in queries.versions_until(scope, change.code, change.effective_on):
            change_version(scope, old, change.new_plan_id, change.effective_on)
        enqueue(scope, tasks.tell, client_id=str(scope.client_id), change_id=str(change.id))
    audit.record(scope, "update", "plan_change", change.id, fields=["state", "enrolments"])
    return change


def obstacle(scope: Scope, change: PlanChange) -> Refusal | None:
    """What stands against it that the actor puts the change in force now; None when nothing does."""
    today = clock.today(client_by_id(scope.client_id).timezone)
    return steps.may_put_in_force(_facts(scope, change), scope.actor.id, today)


def introduces(scope: Scope, change: PlanChange) -> bool:
    """Whether the proposal is of a plan, or of a version of one, that nobody was enrolled in when it was made."""
    return change.plan_id is None or benefit_queries.plan(scope, change.plan_id).valid_from == change.effective_on


def _facts(scope: Scope, change: PlanChange) -> Proposal:
    sold = benefit_queries.plan_version(scope, change.code, change.effective_on)
    preview = queries.preview_of(scope, change.id)
    done = preview if preview is not None and preview.state == PreviewState.DONE else None
    return Proposal(
        is_open=change.state == ChangeState.PROPOSED,
        effective_on=change.effective_on,
        proposed_by=change.proposed_by,
        replaces_id=change.plan_id,
        sold_id=sold.id if sold is not None else None,
        digest=change.digest,
        previewed_digest=done.digest if done is not None else None,
        seen_by=frozenset(UUID(one) for one in done.seen_by) if done is not None else frozenset(),
        introduces=introduces(scope, change),
        in_use=sold is not None and benefit_queries.is_plan_used(scope, sold.id),
    )
