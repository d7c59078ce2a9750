"""A file comes in: examined, looked at, sealed, stored, and a job left behind that does the slow work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson

from backend.access import Scope, working_for
from backend.api import dump_json
from backend.documents import rules, tasks
from backend.documents.answers import quality_answer
from backend.documents.develop import Glance, look
from backend.documents.formats.facts import FileFacts
from backend.documents.intake import examine
from backend.documents.models import DocumentState
from backend.documents.refusals import refused
from backend.documents.rules import LIMITS
from backend.documents.vault import Vault, content_lock, original_name
from backend.errors import CareError, Conflict, InvalidShape, Unauthorized
from backend.jobs import enqueue
from backend.kit import clock, ids
from backend.kit.refusal import Refusal

_LONGEST_KEY = 255


def receive(
    scope: Scope, vault: Vault, data: bytes | Refusal, *, upload_key: str | None = None, member_id: UUID | None = None
) -> dict[str, Any]:
    """Store one file and leave the job that develops it; returns the answer.

    A retry with the same `upload_key` and content gives the first answer again. `member_id` says whose paper it
    is when that is not the actor. Raises TooLarge, RuleRefused (`documents.*`), Conflict
    (`request.idempotency_mismatch`), Unauthorized.

    The bytes are durable before the row that promises them. Should a purge of the same content take them away
    between the two, they are put back: from the row's commit on, no purge deletes them.
    """
    if upload_key is not None and len(upload_key) > _LONGEST_KEY:
        raise InvalidShape(figures={"Idempotency-Key": ["too long"]})
    if isinstance(data, Refusal):
        raise refused(data)
    facts = examine(data, LIMITS)
    if isinstance(facts, Refusal):
        raise refused(facts)
    # Before the look, while the bytes are still in the processor's cache.
    fingerprint = vault.fingerprint(scope.client_id, data)
    sealed = vault.seal(original_name(scope.client_id, fingerprint), data)
    glance = look(data, LIMITS)
    if isinstance(glance, Refusal):
        raise refused(glance)
    answer = _first_answer(facts, glance)
    row = _row(scope, facts, answer, upload_key, member_id)
    row |= {"fingerprint": fingerprint, "key_id": sealed.key_id, "bytes": len(data)}
    vault.store(sealed)
    outcome, document_id, first = _keep(scope, row)
    vault.restore(sealed)
    return {"id": document_id, **(answer if outcome == "received" else orjson.loads(first))}


def _first_answer(facts: FileFacts, glance: Glance | None) -> dict[str, Any]:
    pages = glance.pages if glance else facts.pages
    return {
        "kind": facts.kind,
        "pages": pages,
        "quality": quality_answer(glance.measures if glance else None),
        "extracted": {},
        "state": DocumentState.RECEIVED,
    }


def _row(
    scope: Scope, facts: FileFacts, answer: dict[str, Any], upload_key: str | None, member_id: UUID | None
) -> dict[str, Any]:
    now = clock.now()
    return {
        "client_id": scope.client_id,
        "id": ids.new_id(),
        "created_at": now,
        "kind": facts.kind,
        "media_type": facts.media_type,
        "uploaded_by": scope.actor.id,
        "member_id": member_id or scope.actor.own_member_id,
        "upload_key": upload_key,
        "channel": scope.channel,
        "state": DocumentState.RECEIVED,
        "pages": answer["pages"],
        "quality": answer["quality"],
        "first_answer": answer,
        "extracted": {},
        "marks": {},
        "keep_until": rules.keep_until(now.date()),
    }


_RECEIVE = "SELECT outcome, document_id, answer FROM api_receive_document(%s, %s, %s, %s, %s)"


def _keep(scope: Scope, row: dict[str, Any]) -> tuple[str, UUID, str]:
    """What became of the row: ``received``, or ``repeated`` with the first answer."""
    session_id, lock = scope.actor.session_id, content_lock(row["fingerprint"])
    arguments = (scope.client_id, session_id, dump_json(row).decode(), lock, tasks.develop_document.name)
    outcome, document_id, answer = scope.unit.call(_RECEIVE, arguments) or ("", None, None)
    if outcome in _REFUSALS:
        _take_back(scope, row["fingerprint"])
        raise _REFUSALS[outcome]()
    return outcome, document_id, answer


_REFUSALS: dict[str, Callable[[], CareError]] = {
    "session_ended": lambda: Unauthorized("access.session_ended"),
    "mismatch": lambda: Conflict("request.idempotency_mismatch"),
}


def _take_back(scope: Scope, fingerprint: str) -> None:
    """Bytes that were stored for nothing are deleted, unless another document holds the same."""
    with working_for(scope.client_id) as own:
        enqueue(own, tasks.forget_content, client_id=str(scope.client_id), fingerprint=fingerprint, pages=0)
