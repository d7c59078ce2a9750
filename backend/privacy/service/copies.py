"""Fetching a copy, forgetting old ones, and their keys after a rotation."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.documents.vault import Vault
from backend.errors import NotFound, RuleRefused
from backend.kit import clock
from backend.privacy import queries
from backend.privacy.history import copy_name, note_step
from backend.privacy.rules import requests as rules
from backend.privacy.rules.requests import State
from backend.privacy.service.asking import may_ask, prove

_FORGET_AT_ONCE = 200


def fetch(scope: Scope, vault: Vault, member_id: UUID, request_id: UUID, code: str) -> bytes:
    """The ZIP, for whoever asked for it, with a fresh code; that it was fetched is on record.

    Raises NotFound, Forbidden, RuleRefused for a wrong code and while or when there is no copy.
    """
    may_ask(scope, member_id)
    request = queries.request(scope, request_id)
    if request.member_id != member_id:
        raise NotFound()
    today = clock.today(client_by_id(scope.client_id).timezone)
    if request.state != State.READY or request.available_until is None or request.available_until < today:
        raise RuleRefused(rules.NOT_READY)
    prove(scope, code)
    note_step(scope, request, "fetched")
    audit.record(scope, "export", "privacy_request", request.id, member_id=member_id)
    return vault.get(copy_name(scope.client_id, request.id))


def forget_expired(scope: Scope, vault: Vault) -> int:
    """Delete the copies whose last day is over, at most 200; returns how many."""
    over = queries.expired_copies(scope, clock.today(client_by_id(scope.client_id).timezone), _FORGET_AT_ONCE)
    for request in over:
        vault.objects.delete(copy_name(scope.client_id, request.id))
        request.state, request.zip_bytes = State.EXPIRED, None
        note_step(scope, request, "expired")
    return len(over)


def reseal(scope: Scope, vault: Vault, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """Put the keys of the next ``limit`` copies under the newest master key; where to go on, how many changed."""
    batch = queries.next_copies(scope, after, limit)
    changed = sum(vault.reseal(copy_name(scope.client_id, request.id)) for request in batch)
    return (batch[-1].id if len(batch) == limit else None), changed
