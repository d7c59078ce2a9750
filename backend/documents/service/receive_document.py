"""A file comes in: examined, looked at, sealed, stored, and a job left behind that does the slow work."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy import column as sql_column
from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.documents import queries, rules
from backend.documents.answers import quality_answer
from backend.documents.develop import Glance, look
from backend.documents.formats.facts import FileFacts
from backend.documents.intake import examine
from backend.documents.models import Document, DocumentState
from backend.documents.refusals import refused
from backend.documents.rules import Limits
from backend.documents.vault import Vault, content_lock, original_name
from backend.errors import Conflict, InvalidShape
from backend.kit import clock, ids
from backend.kit.refusal import Refusal

LIMITS = Limits()
_LONGEST_KEY = 255


def receive(
    scope: Scope, vault: Vault, data: bytes | Refusal, *, upload_key: str | None = None, member_id: UUID | None = None
) -> tuple[dict[str, Any], bool]:
    """Store one file; returns the answer and whether it is new. The caller enqueues `tasks.develop` for a new one.

    A retry with the same `upload_key` and content gives the first answer again. `member_id` says whose paper it
    is when that is not the actor. Raises TooLarge, RuleRefused (`documents.*`), Conflict
    (`request.idempotency_mismatch`).
    """
    if upload_key is not None and len(upload_key) > _LONGEST_KEY:
        raise InvalidShape(figures={"Idempotency-Key": ["too long"]})
    if isinstance(data, Refusal):
        raise refused(data)
    facts = examine(data, LIMITS)
    if isinstance(facts, Refusal):
        raise refused(facts)
    glance = look(data, LIMITS)
    if isinstance(glance, Refusal):
        raise refused(glance)
    fingerprint = vault.fingerprint(scope.client_id, data)
    sealed = vault.seal(original_name(scope.client_id, fingerprint), data)
    answer = _first_answer(facts, glance)
    row = _row(scope, facts, answer, upload_key, member_id)
    row |= {"fingerprint": fingerprint, "key_id": sealed.key_id, "bytes": len(data)}
    if not _insert(scope, row):
        return _repeated(scope, str(upload_key), fingerprint), False
    vault.store(sealed)
    return {"id": row["id"], **answer}, True


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
        "keep_until": rules.keep_until(now.date()),
    }


_TABLE = cast(Table, Document.__table__)
_LATER = {"refusal", "read_at"}
_COLUMNS = tuple(column.name for column in _TABLE.columns if column.name not in _LATER)
# The lock is held until the commit: a purge of the same content waits for it and then finds the row.
_INSERT = (
    insert(_TABLE)
    .from_select(
        _COLUMNS,
        select(*(bindparam(name, type_=_TABLE.c[name].type).label(name) for name in _COLUMNS)).select_from(
            func.pg_advisory_xact_lock_shared(bindparam("content_lock")).table_valued(sql_column("held"))
        ),
    )
    .on_conflict_do_nothing()
    .returning(_TABLE.c.id)
)


def _insert(scope: Scope, row: dict[str, Any]) -> bool:
    values = {**row, "content_lock": content_lock(row["fingerprint"])}
    return scope.session.execute(_INSERT, values).first() is not None


def _repeated(scope: Scope, upload_key: str, fingerprint: str) -> dict[str, Any]:
    first = queries.uploaded_under(scope, upload_key)
    if first.fingerprint != fingerprint:
        raise Conflict("request.idempotency_mismatch")
    return {"id": first.id, **first.first_answer}
