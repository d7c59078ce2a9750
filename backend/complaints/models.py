"""Tables of a complaint: what was said, and every step since."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


class ComplaintStatus(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INFORMATION_REQUESTED = "information_requested"
    RESOLVED = "resolved"
    CLOSED = "closed"


class StepKind(StrEnum):
    """What can happen to a complaint."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INFORMATION_REQUESTED = "information_requested"
    INFORMATION_RECEIVED = "information_received"
    EXTENDED = "extended"
    NOTE = "note"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    OVERDUE = "overdue"


class Complaint(OfClient, Base):
    """A grievance. Its words are personal: they stay in this row and in what the member reads back."""

    __tablename__ = "complaint"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        CheckConstraint("acknowledge_by <= resolve_by", name="acknowledged_before_resolved"),
        Index(None, "client_id", "member_id", "created_at", "id"),
        Index(None, "client_id", "status", "resolve_by", "id"),
        Index(
            "ix_complaint_clock",
            "client_id",
            "resolve_by",
            postgresql_where=text("status NOT IN ('resolved', 'closed') AND overdue_at IS NULL"),
        ),
    )

    number: Mapped[str]
    member_id: Mapped[UUID]
    claim_id: Mapped[UUID | None]
    category: Mapped[str]
    text: Mapped[str]
    channel: Mapped[str]
    spoken: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[str] = mapped_column(default=ComplaintStatus.RECEIVED)
    rule_set: Mapped[str]
    """Code and version of the rule set whose days count, fixed when the complaint came in."""
    received_at: Mapped[datetime]
    complete_at: Mapped[datetime | None]
    """When the papers of a written complaint were complete; its clock starts here. Empty while we wait."""
    acknowledge_by: Mapped[date]
    resolve_by: Mapped[date]
    extended_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    overdue_at: Mapped[datetime | None]
    reopened_count: Mapped[int] = mapped_column(default=0)


class ComplaintStep(OfClient, Base):
    """One step; rows are only ever added. ``internal`` notes are for staff."""

    __tablename__ = "complaint_step"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "complaint_id"], ["complaint.client_id", "complaint.id"]),
        Index(None, "client_id", "complaint_id", "created_at"),
    )

    complaint_id: Mapped[UUID]
    kind: Mapped[str]
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    note: Mapped[str | None]
    internal: Mapped[bool] = mapped_column(Boolean, default=False)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Deadlines as this step left them."""
