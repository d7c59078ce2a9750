"""Every SELECT of the documents domain."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, select, text

from backend.access import Scope
from backend.documents import rules
from backend.documents.models import AlikePaper, Document, PageLikeness, PageLikenessPiece
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


def alike(scope: Scope, document_ids: Collection[UUID]) -> Mapping[tuple[UUID, UUID], int]:
    """Papers with a page like one of these, as found when pages were developed: own, other, bits that differ."""
    wanted = select(AlikePaper.document_id, AlikePaper.other_id, AlikePaper.apart).where(
        AlikePaper.client_id == scope.client_id, AlikePaper.document_id.in_(document_ids)
    )
    return {(row[0], row[1]): row[2] for row in scope.session.execute(wanted)}


def look_alikes(scope: Scope, document_id: UUID) -> Mapping[UUID, int]:
    """Other documents with a page that looks like a page of this one, turned or not, and the bits that differ.

    Only what differs in at most ``NEAR`` bits; found by pieces that both share. A look among very many papers: it is
    done once, when the pages are developed.
    """
    own = (PageLikeness.client_id == scope.client_id) & (PageLikeness.document_id == document_id)
    turns = scope.session.scalars(select(PageLikeness.bits).where(own)).all()
    pieces = {piece for bits in turns for piece in rules.pieces(str(bits))}
    if not pieces:
        return {}
    shared = (
        select(PageLikenessPiece.document_id, PageLikenessPiece.page)
        .where(
            PageLikenessPiece.client_id == scope.client_id,
            PageLikenessPiece.piece.in_(pieces),
            PageLikenessPiece.document_id != document_id,
        )
        .distinct()
        .subquery()
    )
    mine, other = PageLikeness.__table__.alias("mine"), PageLikeness.__table__.alias("other")
    apart = func.min(func.bit_count(mine.c.bits.op("#")(other.c.bits)))
    wanted = (
        select(other.c.document_id, apart)
        .join_from(shared, other, and_(other.c.document_id == shared.c.document_id, other.c.page == shared.c.page))
        .join(mine, mine.c.client_id == other.c.client_id)
        .where(
            other.c.client_id == scope.client_id,
            other.c.turn == 0,
            mine.c.client_id == scope.client_id,
            mine.c.document_id == document_id,
        )
        .group_by(other.c.document_id)
        .having(apart <= NEAR)
    )
    return {row[0]: row[1] for row in scope.session.execute(wanted)}


_READ_ALIKE = """
SELECT DISTINCT d.id FROM unnest(CAST(:totals AS bigint[]), CAST(:days AS date[])) AS s(total, day)
  CROSS JOIN LATERAL (SELECT x.id FROM document x
                       WHERE x.client_id = :client AND x.read_total = s.total AND x.read_total > 0 AND x.read_on = s.day
                       ORDER BY x.id LIMIT :most) d
UNION
SELECT d.id FROM unnest(CAST(:numbers AS text[])) AS s(number)
  CROSS JOIN LATERAL (SELECT x.id FROM document x WHERE x.client_id = :client AND x.read_number = s.number
                       ORDER BY x.id LIMIT :most) d
"""
"""Each search walks one index in its own order: no plan is right for a client with few papers and wrong for many."""


def read_alike(scope: Scope, papers: Sequence[Document], limit: int) -> list[Document]:
    """Other documents on which the same number, or the same total on the same day, was read, the oldest first."""
    own = {paper.id for paper in papers}
    dated = [(paper.read_total, paper.read_on) for paper in papers if paper.read_total and paper.read_on]
    asked = {
        "client": scope.client_id,
        "numbers": sorted({paper.read_number for paper in papers if paper.read_number}),
        "totals": [total for total, _ in dated],
        "days": [day for _, day in dated],
        "most": limit + len(own),
    }
    if not asked["numbers"] and not dated:
        return []
    found = sorted(set(scope.session.scalars(text(_READ_ALIKE), asked)) - own)
    return sorted(documents(scope, found[:limit]), key=lambda one: one.id)
