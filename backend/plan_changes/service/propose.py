"""A change is proposed as a file and may be withdrawn; neither changes anything for anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from backend import languages
from backend.access import Scope
from backend.audit import service as audit
from backend.benefits import queries as benefit_queries
from backend.benefits import service as benefits
from backend.benefits.plan_files import shape
from backend.benefits.plan_files.shape import Defect
from backend.clients.registry import client_by_id
from backend.errors import Conflict, RuleRefused, TooLarge
from backend.kit import clock
from backend.plan_changes import queries
from backend.plan_changes.models import ChangeState, PlanChange
from backend.plan_changes.rules import steps
from backend.plan_changes.rules.steps import Version

DEFECTS = "plan_changes.defects"
MOST_BYTES = 2_000_000
_PLACE = {steps.UNKNOWN_PLAN: ("code",), steps.NOTHING_CHANGES: ("benefits",)}
"""Where in the file a reason stands; every other one is about the day."""


def propose(scope: Scope, data: bytes, filename: str) -> PlanChange:
    """Keep a plan file as a proposed version of its plan from its ``valid_from`` on.

    Raises TooLarge, RuleRefused ``plan_changes.defects`` with everything that is wrong and where it stands.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge()
    plan, defects = benefits.read_plan(scope, data, lambda read: _speaks_against(scope, read))
    if defects:
        raise RuleRefused(DEFECTS, {"defects": [_worded(scope, *defect) for defect in defects]})
    sold = benefit_queries.plan_version(scope, plan["code"], plan["valid_from"])
    assert sold is not None, "a proposal without a plan has a defect"
    assert scope.actor.id is not None, "only people propose"
    row = PlanChange(
        client_id=scope.client_id,
        plan_id=sold.id,
        code=plan["code"],
        effective_on=plan["valid_from"],
        filename=filename,
        content=data,
        digest=shape.digest(plan),
        state=ChangeState.PROPOSED,
        proposed_by=scope.actor.id,
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "plan_change", row.id)
    return row


def withdraw(scope: Scope, change_id: UUID) -> PlanChange:
    """Nobody can put the change in force any more; raises NotFound, Conflict ``plan_changes.not_open``."""
    row = queries.change_to_decide(scope, change_id)
    if row.state != ChangeState.PROPOSED:
        raise Conflict(steps.NOT_OPEN)
    row.state = ChangeState.WITHDRAWN
    scope.session.flush()
    audit.record(scope, "update", "plan_change", row.id, fields=["state"])
    return row


def _speaks_against(scope: Scope, plan: Mapping[str, Any]) -> Iterator[Defect]:
    row = benefit_queries.plan_version(scope, plan["code"], plan["valid_from"])
    sold = None if row is None else Version(row.id, row.valid_from, row.digest)
    undated = shape.digest({**plan, "valid_from": row.valid_from}) if row is not None else ""
    today = clock.today(client_by_id(scope.client_id).timezone)
    refusal = steps.may_propose(plan["valid_from"], today, sold, undated)
    if refusal is not None:
        yield Defect(_PLACE.get(refusal.reason, ("valid_from",)), refusal.reason, refusal.figures)


def _worded(scope: Scope, where: str, reason: str, figures: Mapping[str, Any]) -> dict[str, str]:
    return {"where": where, "reason": reason, "message": languages.message(reason, scope.language, figures)}
