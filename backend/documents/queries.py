"""Every SELECT of the documents domain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from backend.access import Scope
from backend.documents.models import Document


def document(scope: Scope, document_id: UUID) -> Document | None:
    """One document of the client; who may see it is a rule, not a filter."""
    return scope.session.get(Document, (scope.client_id, document_id))


def documents(scope: Scope, document_ids: Sequence[UUID]) -> list[Document]:
    """Those of the ids that are documents of the client, in no particular order."""
    found = select(Document).where(Document.client_id == scope.client_id, Document.id.in_(document_ids))
    return list(scope.session.scalars(found))


def with_same_content(scope: Scope, fingerprint: str) -> list[UUID]:
    """Ids of all documents of the client with that content, oldest first."""
    same = select(Document.id).where(Document.client_id == scope.client_id, Document.fingerprint == fingerprint)
    return list(scope.session.scalars(same.order_by(Document.id)))


def next_documents(scope: Scope, after: UUID | None, limit: int) -> list[Document]:
    """The next documents of the client by id."""
    wanted = select(Document).where(Document.client_id == scope.client_id)
    if after is not None:
        wanted = wanted.where(Document.id > after)
    return list(scope.session.scalars(wanted.order_by(Document.id).limit(limit)))


def expired(scope: Scope, today: date, limit: int) -> list[Document]:
    """Documents whose last day is over."""
    over = select(Document).where(Document.client_id == scope.client_id, Document.keep_until < today)
    return list(scope.session.scalars(over.limit(limit)))
