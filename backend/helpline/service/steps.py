"""Writes the steps of a case and shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Role, Scope
from backend.errors import RuleRefused
from backend.helpline.models import CaseEvent, HelplineCase
from backend.helpline.rules.cases import Standing, Worker
from backend.kit.refusal import Refusal

BEGUN = ("referral", "teleconsultation", "teleconsultation_id")
"""What a doctor's outcome led to: it would tell others which outcome it was."""


def write_step(
    scope: Scope,
    case: HelplineCase,
    kind: str,
    text: str | None = None,
    facts: Mapping[str, Any] | None = None,
    *,
    is_work: bool = True,
) -> CaseEvent:
    """Keep one step; somebody's work on the case makes a new version of it."""
    if is_work:
        case.version += 1
    step = CaseEvent(
        client_id=scope.client_id,
        case_id=case.id,
        kind=kind,
        version=case.version,
        actor_role=scope.actor.role,
        actor_id=scope.actor.id,
        text=text,
        facts=dict(facts or {}),
    )
    scope.session.add(step)
    scope.session.flush()
    return step


def standing_of(scope: Scope, case: HelplineCase) -> tuple[Standing, Worker]:
    """The case and the actor as the rules see them."""
    return Standing(case.state, case.assigned_to, case.desk, case.priority), Worker(scope.actor.id, scope.actor.role)


def shown_step(scope: Scope, step: CaseEvent, name: str | None) -> dict[str, Any]:
    """A step as the API answers it; the ids of colleagues stay inside, and what a doctor began among doctors."""
    hidden = {"staff_id"} if scope.actor.role is Role.DOCTOR else {"staff_id", *BEGUN}
    return {
        "id": step.id,
        "kind": step.kind,
        "text": step.text,
        "by": {"role": step.actor_role, "name": name},
        "at": step.created_at,
        "facts": {name: value for name, value in step.facts.items() if name not in hidden},
    }


def refuse_if(scope: Scope, refusal: Refusal | None) -> None:
    """Raises RuleRefused for what a rule answered; nothing for None."""
    if refusal is not None:
        raise RuleRefused.of(refusal)
