"""``Idempotency-Key``: the same key and body gives the same answer, the same key with another body 409.

The key's row is written in the transaction of the work itself. A second request with the key waits
at the unique index until the first commits, then replays its answer; when the first is rolled back,
the second simply does the work. Keys are kept without end: a claim may wait for weeks on a phone without network.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from backend.access import Scope
from backend.database import Base, OfClient
from backend.errors import Conflict, InvalidShape
from backend.kit import clock, ids

HEADER = "Idempotency-Key"
MAX_LENGTH = 255


class IdempotencyRecord(OfClient, Base):
    """One answered request of one actor."""

    __tablename__ = "idempotency_record"
    __table_args__ = (UniqueConstraint("client_id", "actor_key", "key"),)

    actor_key: Mapped[str]
    key: Mapped[str]
    request_hash: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[int | None]
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Replay:
    """The stored answer of the first request."""

    status: int
    answer: bytes


def request_hash(method: str, path: str, body: bytes) -> bytes:
    """What makes two requests the same."""
    return hashlib.sha256(b"\0".join([method.encode(), path.encode(), body])).digest()


def claim(scope: Scope, key: str, digest: bytes) -> UUID | Replay:
    """Reserve ``key`` for this transaction, or give back what was answered before.

    Raises Conflict ``request.idempotency_mismatch`` when the key came with another request, InvalidShape
    when the key is longer than 255 characters.
    """
    if len(key) > MAX_LENGTH:
        raise InvalidShape(figures={HEADER: ["too long"]})
    row_id = ids.new_id()
    values = {
        "client_id": scope.client_id,
        "id": row_id,
        "created_at": clock.now(),
        "actor_key": str(scope.actor.id),
        "key": key,
        "request_hash": digest,
    }
    claimed = scope.session.execute(
        insert(IdempotencyRecord).values(values).on_conflict_do_nothing().returning(IdempotencyRecord.id)
    ).first()
    if claimed is not None:
        return row_id
    row = scope.session.execute(
        select(IdempotencyRecord.request_hash, IdempotencyRecord.status, IdempotencyRecord.answer).where(
            IdempotencyRecord.client_id == scope.client_id,
            IdempotencyRecord.actor_key == str(scope.actor.id),
            IdempotencyRecord.key == key,
        )
    ).one()
    if row.request_hash != digest:
        raise Conflict("request.idempotency_mismatch")
    return Replay(row.status, row.answer)


def keep(scope: Scope, row_id: UUID, status: int, answer: bytes) -> None:
    """Store the answer beside the work it reports."""
    scope.session.execute(
        update(IdempotencyRecord)
        .where(IdempotencyRecord.client_id == scope.client_id, IdempotencyRecord.id == row_id)
        .values(status=status, answer=answer)
    )
