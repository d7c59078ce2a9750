"""What whoever answers a complaint sees beside what its member reads: names, what is disputed, how long is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts.queries import display_names, staff_of_client
from backend.claims.queries import claim
from backend.complaints import queries
from backend.complaints.clocks import Clock, Clocks
from backend.complaints.models import Complaint, ComplaintStep
from backend.complaints.rules.handling import HANDLERS, has_conflict
from backend.complaints.rules.timing import working_days_left
from backend.conversations.models import Call
from backend.guarantees.models import GuaranteeLetter
from backend.kit import clock
from backend.members.queries import member
from backend.providers.queries import provider

_SOON = 1
"""Working days before a deadline from which it is marked; for the answer the contract's own warnings come first."""


def marked(scope: Scope, complaints: Sequence[Complaint], summaries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of a list with their handlers' names and the working days left, at a constant number of queries."""
    names = display_names(scope, {each.handler_id for each in complaints if each.handler_id})
    clocks = Clocks(scope)
    return [
        _marked(summary, clocks.of(each.received_at, each.rule_set)) | {"handler": _person(each.handler_id, names)}
        for each, summary in zip(complaints, summaries, strict=True)
    ]


def _marked(summary: dict[str, Any], timing: Clock) -> dict[str, Any]:
    coming = summary["next_deadline"]
    if coming is None:
        return summary
    left = working_days_left(coming["on"], timing.date_of(clock.now()), timing.between)
    warned = max(timing.warn_days, default=_SOON) if coming["kind"] == "resolve" else _SOON
    soon = 0 <= left <= warned
    return summary | {"next_deadline": coming | {"working_days_left": left, "soon": soon}}


def detailed(scope: Scope, complaint: Complaint, summary: dict[str, Any]) -> dict[str, Any]:
    """One complaint for the desk: who complains, what it disputes, who may have it, who did which step."""
    timing = Clocks(scope).of(complaint.received_at, complaint.rule_set)
    about = queries.respondents_of(scope, complaint.id)
    steps = queries.steps_of(scope, complaint.id)
    wanted = {*about, complaint.handler_id, *(step.actor_id for step in steps), *map(_given_to, steps)}
    names = display_names(scope, {each for each in wanted if each})
    complainant = member(scope, complaint.member_id)
    return {
        **_marked(summary, timing),
        "complainant": {"id": complainant.id, "name": complainant.full_name, "number": complainant.number},
        "disputes": _disputed(scope, complaint),
        "extension_reasons": list(timing.rules.extension_reasons),
        "handler": _person(complaint.handler_id, names),
        "may_handle": _may_handle(scope, complaint, about),
        "respondents": [_person(each, names) for each in about],
        "notices": [
            {"kind": row.kind, "due_on": row.due_on, "step": row.step, "at": row.created_at, "told": len(row.told)}
            for row in queries.notices_of(scope, complaint.id)
        ],
        "steps": [shown | _of_step(step, names) for shown, step in zip(summary["steps"], steps, strict=True)],
    }


def _given_to(step: ComplaintStep) -> UUID | None:
    given = step.figures.get("staff_id")
    return UUID(given) if given else None


def _of_step(step: ComplaintStep, names: dict[UUID, str]) -> dict[str, Any]:
    given = _given_to(step)
    return {
        "name": names.get(step.actor_id) if step.actor_id else None,
        "given_to": names.get(given) if given else None,
        "priority": step.figures.get("after"),
        "level": step.figures.get("level"),
    }


def _person(staff_id: UUID | None, names: dict[UUID, str]) -> dict[str, Any] | None:
    return None if staff_id is None else {"id": staff_id, "name": names.get(staff_id, "")}


def _may_handle(scope: Scope, complaint: Complaint, about: Sequence[UUID]) -> list[dict[str, Any]]:
    return [
        {"id": staff.id, "name": staff.name, "role": post.role}
        for staff, post in staff_of_client(scope)
        if staff.active
        and post.role in HANDLERS
        and not has_conflict(staff.id, post.provider_id, about, complaint.provider_id)
    ]


def _disputed(scope: Scope, complaint: Complaint) -> list[dict[str, Any]]:
    """Each thing by its kind, by the number or name people know it by, and a call by its moment."""
    found: list[dict[str, Any]] = []
    if complaint.claim_id:
        found.append({"kind": "claim", "label": claim(scope, complaint.claim_id).number, "at": None})
    if complaint.letter_id:
        letter = scope.session.get_one(GuaranteeLetter, (scope.client_id, complaint.letter_id))
        found.append({"kind": "letter", "label": letter.number, "at": None})
    if complaint.call_id:
        call = scope.session.get_one(Call, (scope.client_id, complaint.call_id))
        found.append({"kind": "call", "label": None, "at": call.created_at})
    if complaint.provider_id:
        found.append({"kind": "provider", "label": provider(scope, complaint.provider_id).name, "at": None})
    return found
