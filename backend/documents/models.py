"""Tables of the documents domain."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import BIT
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.documents.rules import LIKENESS_BITS

_BY_NUMBER, _BY_TOTAL = ("client_id", "read_number", "id"), ("client_id", "read_total", "read_on", "id")


class DocumentState(StrEnum):
    """How far a document is. Only ``ready`` may be shown; ``refused`` was found hostile or broken by a decoder."""

    RECEIVED = "received"
    READY = "ready"
    REFUSED = "refused"


class Document(OfClient, Base):
    """One uploaded file. Its bytes lie sealed in the object store under ``fingerprint``."""

    __tablename__ = "document"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        # What makes a retry after a cut return the first document; empty keys are all different.
        UniqueConstraint("client_id", "uploaded_by", "upload_key"),
        CheckConstraint("state IN ('received', 'ready', 'refused')", name="state"),
        CheckConstraint("state <> 'refused' OR refusal IS NOT NULL", name="refusal_has_a_reason"),
        CheckConstraint("bytes > 0", name="bytes_positive"),
        Index(None, "client_id", "fingerprint"),
        Index(None, "client_id", "keep_until"),
        Index("ix_document_read_number", *_BY_NUMBER, postgresql_where=text("read_number IS NOT NULL")),
        Index("ix_document_read_total", *_BY_TOTAL, postgresql_where=text("read_total > 0")),
    )

    kind: Mapped[str]
    media_type: Mapped[str]
    bytes: Mapped[int]
    fingerprint: Mapped[str]
    """A keyed hash of the content, comparable only within the client."""
    key_id: Mapped[str]
    """The master key that sealed the original."""
    uploaded_by: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    """Whose paper it is taken to be until a claim says otherwise."""
    upload_key: Mapped[str | None]
    channel: Mapped[str]
    state: Mapped[str] = mapped_column(default=DocumentState.RECEIVED)
    refusal: Mapped[str | None]
    pages: Mapped[int | None]
    quality: Mapped[dict[str, Any]] = mapped_column(default=dict)
    first_answer: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Pages and quality as they were answered at once; a repeated upload gets the same answer."""
    extracted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    read_number: Mapped[str | None]
    read_on: Mapped[date | None]
    read_total: Mapped[int | None] = mapped_column(BigInteger)
    """Number, day and total (minor units) as they were read, doubtful or not: what the same paper is found by."""
    marks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Signs that somebody worked on the file or on the paper, found when it was developed and read."""
    read_at: Mapped[datetime | None]
    keep_until: Mapped[date]


class PageLikeness(Base):
    """What a page looks like, as it lies (``turn`` 0) and turned by one to three quarters; goes with its document."""

    __tablename__ = "page_likeness"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "document_id"], ["document.client_id", "document.id"], ondelete="CASCADE"),
    )

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    turn: Mapped[int] = mapped_column(primary_key=True)
    bits: Mapped[str] = mapped_column(BIT(LIKENESS_BITS))


class PageLikenessPiece(Base):
    """A piece of the bits of an upright page, to find those that share one by an ordinary index.

    Row-level security lets no array operator into an index, so pieces are rows (decisions/0038).
    """

    __tablename__ = "page_likeness_piece"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "document_id"], ["document.client_id", "document.id"], ondelete="CASCADE"),
        Index("ix_page_likeness_piece_document", "client_id", "document_id"),
    )

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    piece: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)


class AlikePaper(Base):
    """Two documents with a page that looks the same, found when the later one was developed; kept from both sides."""

    __tablename__ = "alike_paper"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "document_id"], ["document.client_id", "document.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["client_id", "other_id"], ["document.client_id", "document.id"], ondelete="CASCADE"),
        Index("ix_alike_paper_other", "client_id", "other_id"),
    )

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    document_id: Mapped[UUID] = mapped_column(primary_key=True)
    other_id: Mapped[UUID] = mapped_column(primary_key=True)
    apart: Mapped[int]
    """Bits that differ, of ``LIKENESS_BITS``."""
