"""A person decides about an erasure, with what stands in the way and what must stay before their eyes."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.jobs import enqueue, jobs
from backend.kit import clock
from backend.notifications import service as notifications
from backend.privacy import queries
from backend.privacy.history import note_step
from backend.privacy.models import PrivacyRequest
from backend.privacy.rules import requests as rules
from backend.privacy.rules.requests import RefusalGround, State

ERASE = "privacy.erase"
"""The job that erases; it stands in the domain's tasks, we only name it."""


def decide(scope: Scope, request_id: UUID, refusal: RefusalGround | None) -> PrivacyRequest:
    """Let the erasure go ahead, or refuse it for a ground that is true; the member is told of a refusal and why.

    Raises NotFound, RuleRefused ``privacy.wrong_state``, ``privacy.in_the_way`` while something is open, and
    ``privacy.ground_untrue``.
    """
    request = queries.request(scope, request_id, lock=True)
    if request.state != State.ASKED:
        raise RuleRefused(rules.WRONG_STATE)
    today = clock.today(client_by_id(scope.client_id).timezone)
    matters = queries.matters_of(scope, request.member_id, today)
    if refusal is None:
        blocked = rules.may_erase(matters)
        if blocked is not None:
            raise RuleRefused.of(blocked)
        request.state = State.APPROVED
    elif refusal not in rules.grounds(matters):
        raise RuleRefused(rules.GROUND_UNTRUE)
    else:
        request.state, request.refusal, request.done_at = State.REFUSED, refusal.value, clock.now()
    request.decided_by, request.decided_at = scope.actor.id, clock.now()
    note_step(scope, request, request.state)
    audit.record(scope, "update", "privacy_request", request.id, member_id=request.member_id, fields=["state"])
    if refusal is None:
        enqueue_erasure(scope, request)
    else:
        facts = {"request_number": request.number, "refusal_reason": f"privacy.ground.{refusal.value}"}
        notifications.notify(scope, "erasure_refused", request.member_id, facts)
    return request


def enqueue_erasure(scope: Scope, request: PrivacyRequest) -> None:
    """Have what was approved done; a job that waits is not doubled, one that was lost gets another try."""
    lock = f"{ERASE}:{request.id}"
    enqueue(scope, jobs.tasks[ERASE], queueing_lock=lock, client_id=str(scope.client_id), request_id=str(request.id))
