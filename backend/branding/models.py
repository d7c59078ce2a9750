"""Tables of the brands made in the studio. While a client has none, its file in ``whitelabel_configs`` holds."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


class BrandState(StrEnum):
    """A client has at most one draft and at most one published version."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class BrandVersion(OfClient, Base):
    """What a client's brand was, is, or is to be: the differences from the defaults, and its drawings by name."""

    __tablename__ = "brand_version"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "number"),
        CheckConstraint("state IN ('draft', 'published', 'archived')", name="state"),
        CheckConstraint("(published_at IS NULL) = (published_by IS NULL)", name="publication"),
        CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name="was_published"),
        Index("uq_brand_version_client_id_draft", "client_id", unique=True, postgresql_where=text("state = 'draft'")),
        Index(
            "uq_brand_version_client_id_published",
            "client_id",
            unique=True,
            postgresql_where=text("state = 'published'"),
        ),
    )

    number: Mapped[int]
    state: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    """Counts what was saved: who saves says which one they had seen."""
    settings: Mapped[dict[str, Any]]
    assets: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Digest of the file by its name (``logo.svg``)."""
    note: Mapped[str | None]
    created_by: Mapped[UUID | None]
    changed_by: Mapped[UUID | None]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[UUID | None]


class BrandAsset(OfClient, Base):
    """A drawing or a typeface as it was uploaded, kept once for all versions that use it."""

    __tablename__ = "brand_asset"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "digest"),
    )

    digest: Mapped[str]
    """SHA-256 of the content, in hexadecimal."""
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
