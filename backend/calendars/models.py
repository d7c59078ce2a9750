"""The table of the private feeds."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


class CalendarFeed(OfClient, Base):
    """The address of one identity's feed, kept as a digest; who makes a new one ends the one before."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "identity_id"], ["identity.client_id", "identity.id"]),
        UniqueConstraint("client_id", "digest"),
        Index(
            "uq_calendar_feed_living",
            "client_id",
            "identity_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    identity_id: Mapped[UUID]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    revoked_at: Mapped[datetime | None]
