"""Tables of the documents domain."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


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
    read_at: Mapped[datetime | None]
    keep_until: Mapped[date]
