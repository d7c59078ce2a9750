"""What is answered about requests: a person's own with everything around it, and the desk's list by clock."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.kit import clock
from backend.kit.pages import Cursor, page_of
from backend.privacy import queries
from backend.privacy.holdings import ERASED
from backend.privacy.models import PrivacyRequest, PrivacyStep
from backend.privacy.retained import kept_of
from backend.privacy.rules import requests as rules
from backend.privacy.rules.requests import WAITING
from backend.privacy.service.asking import may_ask


def list_own(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """What a member asked for, the newest first, and what an erasure would keep. Raises NotFound, Forbidden."""
    member = may_ask(scope, member_id)
    rows = queries.requests_of(scope, member.id)
    steps = queries.steps_of(scope, [row.id for row in rows])
    return {
        "items": [_shown(row, [step for step in steps if step.request_id == row.id]) for row in rows],
        "erasure": _outlook(scope, member.id),
    }


def read_request(scope: Scope, member_id: UUID, request_id: UUID) -> dict[str, Any]:
    """One request of a member. Raises NotFound, Forbidden."""
    may_ask(scope, member_id)
    row = queries.request(scope, request_id)
    return _shown(row, queries.steps_of(scope, [row.id]))


def list_waiting(scope: Scope, *, cursor: str | None, limit: int) -> dict[str, Any]:
    """Requests whose clock runs, the next deadline first; who stands on the list can read that it was looked at."""
    rows = queries.waiting_requests(scope, Cursor.after(cursor), limit + 1)
    page, following = page_of(rows, limit, lambda row: Cursor(row[0].due_at, row[0].id))
    audit.record_listing(scope, "privacy_request", [request.member_id for request, _ in page])
    return {
        "items": [_for_staff(request, number) for request, number in page],
        "next_cursor": following,
    }


def read_waiting(scope: Scope, request_id: UUID) -> dict[str, Any]:
    """One request as the desk decides it: words, what is in the way, what stays, what goes. Raises NotFound."""
    row = queries.request(scope, request_id)
    member = queries.person(scope, row.member_id).member
    audit.record_look(scope, "privacy_request", row.id, member_id=row.member_id)
    return {
        **_for_staff(row, member.number),
        "words": row.words,
        "history": [_step(step) for step in queries.steps_of(scope, [row.id])],
        "erasure": _outlook(scope, row.member_id),
    }


def _outlook(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """Whether an erasure is possible now, what is in its way, and what it would keep and erase."""
    matters = queries.matters_of(scope, member_id, clock.today(client_by_id(scope.client_id).timezone))
    return {
        "possible": rules.may_erase(matters) is None,
        "covered": matters.covered,
        "open": matters.open,
        "grounds": [ground.value for ground in rules.grounds(matters)],
        "kept": kept_of(scope, member_id),
        "erased": list(ERASED),
    }


def _shown(row: PrivacyRequest, steps: list[PrivacyStep]) -> dict[str, Any]:
    runs = row.state in WAITING
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "state": row.state,
        "words": row.words,
        "asked_at": row.created_at,
        "due_at": row.due_at,
        "hours_left": rules.hours_left(row.due_at, clock.now()) if runs else None,
        "refusal": row.refusal,
        "kept": row.kept,
        "done_at": row.done_at,
        "available_until": row.available_until,
        "zip_bytes": row.zip_bytes,
        "history": [_step(step) for step in steps],
    }


def _for_staff(row: PrivacyRequest, member_number: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "state": row.state,
        "member_id": row.member_id,
        "member_number": member_number,
        "asked_at": row.created_at,
        "due_at": row.due_at,
        "hours_left": rules.hours_left(row.due_at, clock.now()),
        "refusal": row.refusal,
    }


def _step(step: PrivacyStep) -> dict[str, Any]:
    return {"kind": step.kind, "at": step.created_at, "role": step.actor_role}
