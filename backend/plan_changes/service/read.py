"""Changes, their previews and the affected claims as somebody may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from backend.access import Role, Scope
from backend.accounts import queries as accounts
from backend.adjudication import receipts, record
from backend.audit import service as audit
from backend.benefits import queries as benefit_queries
from backend.benefits import service as benefits
from backend.clients.registry import client_by_id
from backend.errors import NotFound
from backend.kit import clock
from backend.kit.money import Money
from backend.languages import FALLBACK
from backend.plan_changes import queries
from backend.plan_changes.models import ChangeState, PlanChange, PlanPreview, PlanPreviewClaim, PreviewState
from backend.plan_changes.rules import steps
from backend.plan_changes.rules.figures import TOTAL, Sums, shown_to_employer
from backend.plan_changes.service.put_in_force import introduces, obstacle

_MONEY = ("plan_before", "plan_after", "member_before", "member_after")


def list_changes(scope: Scope) -> list[dict[str, Any]]:
    """Every change without its preview, the newest first; an employer sees those in force and those proposed."""
    rows = queries.changes(scope)
    if scope.actor.role is Role.HR:
        rows = [row for row in rows if row.state != ChangeState.WITHDRAWN]
    names = _names(scope, rows)
    return [_facts(scope, row, names) for row in rows]


def shown(scope: Scope, change: PlanChange) -> dict[str, Any]:
    """A change with what its preview found so far, and what still stands against putting it in force."""
    preview = queries.preview_of(scope, change.id)
    refusal = obstacle(scope, change) if change.state == ChangeState.PROPOSED else None
    return {
        **_facts(scope, change, _names(scope, [change])),
        "obstacle": None if refusal is None else refusal.reason,
        "preview": None if preview is None else _preview(scope, preview, change),
    }


def shown_after_a_look(scope: Scope, change_id: UUID) -> dict[str, Any]:
    """The same, and it is noted that the actor saw a finished preview; raises NotFound."""
    change = queries.change(scope, change_id)
    preview = queries.preview_of(scope, change_id)
    if preview is not None and preview.state == PreviewState.DONE:
        who = str(scope.actor.id)
        if scope.actor.role is not Role.HR and who not in preview.seen_by:
            preview.seen_by = [*preview.seen_by, who]
            scope.session.flush()
        audit.record(scope, "read", "plan_preview", preview.id)
    return shown(scope, change)


def affected(scope: Scope, change_id: UUID, after: UUID | None, limit: int) -> dict[str, Any]:
    """The claims that would have been decided otherwise, what costs members most first; every look is recorded.

    Raises NotFound, also while there is no preview.
    """
    change = queries.change(scope, change_id)
    preview = queries.preview_of(scope, change.id)
    if preview is None:
        raise NotFound()
    rows = queries.affected_claims(scope, preview.id, after, limit + 1)
    page = rows[:limit]
    audit.record_listing(scope, "plan_preview", [row[0].member_id for row in page])
    return {
        "items": [_affected(scope, row) for row in page],
        "next_cursor": str(page[-1][0].id) if len(rows) > limit else None,
    }


def _names(scope: Scope, rows: Sequence[PlanChange]) -> dict[UUID, str]:
    people = {person for row in rows for person in (row.proposed_by, row.in_force_by) if person is not None}
    return accounts.display_names(scope, people)


def _facts(scope: Scope, change: PlanChange, names: Mapping[UUID, str]) -> dict[str, Any]:
    replaced = None if change.plan_id is None else benefit_queries.plan(scope, change.plan_id)
    called = _called(scope, change) if replaced is None else replaced.names
    is_new = introduces(scope, change)
    today = clock.today(client_by_id(scope.client_id).timezone)
    same = (
        "id",
        "code",
        "effective_on",
        "filename",
        "state",
        "in_force_at",
        "new_plan_id",
        "proposed_by",
        "in_force_by",
    )
    return {
        **{name: getattr(change, name) for name in same},
        "name": called.get(scope.language, called[FALLBACK]),
        "introduces": is_new,
        "replaces": None if replaced is None else {"id": replaced.id, "valid_from": replaced.valid_from},
        "proposed_at": change.created_at,
        "proposed_by_name": names.get(change.proposed_by),
        "in_force_by_name": None if change.in_force_by is None else names.get(change.in_force_by),
        "own": change.proposed_by == scope.actor.id,
        "late": change.state == ChangeState.PROPOSED
        and not is_new
        and steps.effective_day(change.effective_on, today) is not None,
    }


def _called(scope: Scope, change: PlanChange) -> Mapping[str, str]:
    """The names of a plan that is new: they stand in its file only."""
    plan, _ = benefits.read_plan(scope, change.content)
    names: Mapping[str, str] = plan["names"]
    return names


def _preview(scope: Scope, preview: PlanPreview, change: PlanChange) -> dict[str, Any]:
    same = ("state", "months", "first_on", "last_on", "total_claims", "done_claims", "not_judged", "finished_at")
    currency = client_by_id(scope.client_id).currency
    found = {name: Sums(**figures) for name, figures in preview.sums.items()}
    total, groups = found.pop(TOTAL, Sums()), found
    whole: Sums | None = total
    if scope.actor.role is Role.HR:
        groups, whole = shown_to_employer(groups, total) if preview.state == PreviewState.DONE else ({}, None)
    return {
        **{name: getattr(preview, name) for name in same},
        "seen": str(scope.actor.id) in preview.seen_by,
        "of_this_file": preview.digest == change.digest,
        "total": None if whole is None else _sums(whole, currency),
        "groups": [{"group": name, **_sums(sums, currency)} for name, sums in groups.items()],
    }


def _sums(sums: Sums, currency: str) -> dict[str, Any]:
    figures: Mapping[str, int] = sums.as_json()
    return {name: Money(value, currency) if name in _MONEY else value for name, value in figures.items()}


def _affected(scope: Scope, found: Row[PlanPreviewClaim, str, str, str]) -> dict[str, Any]:
    row, claim_number, member_number, member_name = found
    currency = client_by_id(scope.client_id).currency
    return {
        "claim_id": row.claim_id,
        "claim_number": claim_number,
        "member_number": member_number,
        "member_name": member_name,
        "visit_on": row.visit_on,
        "benefit_group": row.benefit_group,
        **{name: Money(getattr(row, f"{name}_minor"), currency) for name in _MONEY},
        "before": _step(scope, row.steps, "before"),
        "after": _step(scope, row.steps, "after"),
    }


def _step(scope: Scope, kept: Mapping[str, Any], side: str) -> dict[str, Any] | None:
    if kept[side] is None:
        return None
    (step,) = record.read([kept[side]])
    sentence = receipts.step_sentence(step, kept["exclusions"], scope.language)
    return {"rule": step.rule.value, "sentence": sentence, "moved": step.moved}
