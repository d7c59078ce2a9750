"""Every SELECT of the documents domain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from backend.access import Scope
from backend.documents import rules
from backend.documents.models import Document, PageLikeness, PageLikenessPiece
from backend.documents.reading.same_paper import NEAR


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


def look_alikes(scope: Scope, document_ids: Collection[UUID]) -> Mapping[tuple[UUID, UUID], int]:
    """Pages that look like a page of these documents, turned or not: own and other document, bits that differ.

    Only what differs in at most ``NEAR`` bits; found by pieces that both share.
    """
    own = (PageLikeness.client_id == scope.client_id) & PageLikeness.document_id.in_(document_ids)
    turns = scope.session.scalars(select(PageLikeness.bits).where(own)).all()
    pieces = {piece for bits in turns for piece in rules.pieces(str(bits))}
    if not pieces:
        return {}
    shared = (
        select(PageLikenessPiece.document_id, PageLikenessPiece.page)
        .where(
            PageLikenessPiece.client_id == scope.client_id,
            PageLikenessPiece.piece.in_(pieces),
            PageLikenessPiece.document_id.not_in(document_ids),
        )
        .distinct()
        .subquery()
    )
    mine, other = PageLikeness.__table__.alias("mine"), PageLikeness.__table__.alias("other")
    apart = func.min(func.bit_count(mine.c.bits.op("#")(other.c.bits)))
    wanted = (
        select(mine.c.document_id, other.c.document_id, apart)
        .join_from(shared, other, and_(other.c.document_id == shared.c.document_id, other.c.page == shared.c.page))
        .join(mine, mine.c.client_id == other.c.client_id)
        .where(
            other.c.client_id == scope.client_id,
            other.c.turn == 0,
            mine.c.client_id == scope.client_id,
            mine.c.document_id.in_(document_ids),
        )
        .group_by(mine.c.document_id, other.c.document_id)
        .having(apart <= NEAR)
    )
    return {(row[0], row[1]): row[2] for row in scope.session.execute(wanted)}


def read_alike(scope: Scope, papers: Sequence[Document], limit: int) -> list[Document]:
    """Other documents on which the same number, or the same total on the same day, was read, the oldest first."""
    numbers = {paper.read_number for paper in papers if paper.read_number}
    totals = [
        and_(Document.read_total == paper.read_total, Document.read_on == paper.read_on)
        for paper in papers
        if paper.read_total and paper.read_on
    ]
    if not numbers and not totals:
        return []
    wanted = select(Document).where(
        Document.client_id == scope.client_id,
        Document.id.not_in([paper.id for paper in papers]),
        or_(Document.read_number.in_(numbers), *totals),
    )
    return list(scope.session.scalars(wanted.order_by(Document.id).limit(limit)))
