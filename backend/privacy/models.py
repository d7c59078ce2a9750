"""Tables of the privacy domain: what people asked for, what became of it, and the files that still have to go."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.privacy.rules.requests import Kind, State


class PrivacyRequest(OfClient, Base):
    """One ask of a person about their own data. ``words`` is what they wrote; an erasure takes it away too."""

    __tablename__ = "privacy_request"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        CheckConstraint(f"kind IN ({', '.join(repr(one.value) for one in Kind)})", name="kind"),
        CheckConstraint(f"state IN ({', '.join(repr(one.value) for one in State)})", name="state"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("state <> 'refused' OR refusal IS NOT NULL", name="refusal"),
        Index(
            "uq_privacy_request_waiting",
            "client_id",
            "member_id",
            "kind",
            unique=True,
            postgresql_where=text("state IN ('asked', 'making', 'approved')"),
        ),
        Index("ix_privacy_request_client_id_member_id", "client_id", "member_id", "created_at"),
        Index("ix_privacy_request_client_id_state_due_at", "client_id", "state", "due_at"),
    )

    number: Mapped[str]
    member_id: Mapped[UUID]
    kind: Mapped[str]
    state: Mapped[str]
    language: Mapped[str]
    words: Mapped[str | None]
    due_at: Mapped[datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    refusal: Mapped[str | None]
    erased_at: Mapped[datetime | None]
    """When the rows were erased; the request is done when the files are gone too."""
    done_at: Mapped[datetime | None]
    told: Mapped[list[Any]] = mapped_column(default=list)
    """Which warnings of its clock staff were given."""
    kept: Mapped[list[Any]] = mapped_column(default=list)
    """What an erasure left because the law asks for it: category, source, last day."""
    zip_bytes: Mapped[int | None]
    available_until: Mapped[date | None]


class PrivacyStep(OfClient, Base):
    """What happened to a request, in order; rows are only added."""

    __tablename__ = "privacy_step"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "request_id"], ["privacy_request.client_id", "privacy_request.id"]),
        Index("ix_privacy_step_client_id_request_id", "client_id", "request_id", "created_at"),
    )

    request_id: Mapped[UUID]
    kind: Mapped[str]
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]


class FileToErase(OfClient, Base):
    """A file of an erased person that still lies in the object store; its row goes when the file is gone.

    ``place`` is the fingerprint of a document's content, with its ``pages``, or the name of another file.
    """

    __tablename__ = "file_to_erase"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "request_id"], ["privacy_request.client_id", "privacy_request.id"]),
        UniqueConstraint("client_id", "request_id", "place"),
    )

    request_id: Mapped[UUID]
    place: Mapped[str]
    pages: Mapped[int | None]
