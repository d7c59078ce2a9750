"""Tables of the studio: links by which somebody without a sign-in looks at a brand before it is published."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


class BrandPreview(OfClient, Base):
    """A preview link. It shows what the brand was when it was made, or, ``live``, the draft as it is saved."""

    __tablename__ = "brand_preview"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "token_digest"),
        CheckConstraint("live = (settings IS NULL) AND live = (assets IS NULL)", name="content"),
    )

    token_digest: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256: the link itself is shown once and kept nowhere."""
    live: Mapped[bool]
    settings: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    assets: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    number: Mapped[int | None]
    """Of the version that it shows."""
    expires_at: Mapped[datetime]
    created_by: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]
