"""The table of the audit domain: insert-only by grant, so that not even the application can tidy it up."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.kit import clock


class AuditRecord(OfClient, Base):
    """One look or one change. ``fields`` names the fields that changed, never their values."""

    __tablename__ = "audit_record"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        Index("ix_audit_record_client_id_member_id_at", "client_id", "member_id", "at", "id"),
        Index("ix_audit_record_client_id_object_id", "client_id", "object_id"),
    )

    at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    action: Mapped[str]
    object_type: Mapped[str]
    object_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    """No foreign key: the record outlives the person's data."""
    request_id: Mapped[str]
    channel: Mapped[str]
    fields: Mapped[list[Any]] = mapped_column(default=list)
