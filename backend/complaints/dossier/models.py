"""The dossiers that were asked for. Their files lie sealed in the object store; a row says for whom and how far."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.complaints.dossier.rules import Reader
from backend.database import Base, OfClient


class DossierState(StrEnum):
    """Whether it can be fetched yet."""

    WAITING = "waiting"
    READY = "ready"


_READERS = ", ".join(f"'{each}'" for each in Reader)


class Dossier(OfClient, Base):
    """One dossier for one reader, as things stood when it was made."""

    __tablename__ = "complaint_dossier"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "complaint_id"], ["complaint.client_id", "complaint.id"]),
        ForeignKeyConstraint(["client_id", "told_by_id"], ["member.client_id", "member.id"]),
        CheckConstraint(f"reader IN ({_READERS})", name="reader"),
        CheckConstraint("state IN ('waiting', 'ready')", name="state"),
        CheckConstraint("state = 'waiting' OR (made_at IS NOT NULL AND head IS NOT NULL)", name="ready_is_made"),
        Index(None, "client_id", "complaint_id", "created_at"),
        Index(None, "client_id", "keep_until"),
        # Asking again while one is made gives that one.
        Index(
            "uq_complaint_dossier_waiting",
            "client_id",
            "complaint_id",
            "reader",
            "language",
            "told_by_id",
            unique=True,
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    complaint_id: Mapped[UUID]
    reader: Mapped[str]
    language: Mapped[str]
    told_by_id: Mapped[UUID]
    """The complainant: the member whose thread is told. A dossier for the member is for this one only."""
    requested_role: Mapped[str]
    requested_by: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(default=DossierState.WAITING)
    made_at: Mapped[datetime | None]
    entries: Mapped[int | None]
    head: Mapped[str | None]
    """The last digest of its chain, as printed on its last page."""
    pdf_bytes: Mapped[int | None]
    zip_bytes: Mapped[int | None]
    keep_until: Mapped[date]
