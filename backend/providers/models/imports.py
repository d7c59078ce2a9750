"""Files of facilities, prices, doctors and rooms: the file in parts, and what becomes of each of its lines."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


class ImportKind(StrEnum):
    """What stands in a file."""

    FACILITIES = "facilities"
    TARIFFS = "tariffs"
    DOCTORS = "doctors"
    ROOMS = "rooms"
    MARKET = "market"


class ImportState(StrEnum):
    """How far a file is."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"


class ProviderImport(OfClient, Base):
    """A file that an administrator sent: checked first, then applied once; later its counts stay and its lines go.

    ``common`` says that prices are agreed for every client; ``network`` is joined by the facilities of the file.
    """

    __tablename__ = "provider_import"
    __table_args__ = (
        CheckConstraint("state IN ('uploaded', 'checked', 'applying', 'applied', 'refused')", name="state"),
        CheckConstraint("kind IN ('facilities', 'tariffs', 'doctors', 'rooms', 'market')", name="kind"),
        Index(None, "client_id", "created_at"),
    )

    kind: Mapped[str]
    filename: Mapped[str]
    file_format: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    common: Mapped[bool]
    network: Mapped[str | None]
    valid_from: Mapped[date]
    state: Mapped[str] = mapped_column(default=ImportState.UPLOADED.value)
    uploaded_by: Mapped[UUID | None]
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total_rows: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[dict[str, Any] | None]
    applied_at: Mapped[datetime | None]
    lines_purged_at: Mapped[datetime | None]


class ProviderImportPart(Base):
    """A piece of the file, packed: a million lines are never in memory at once."""

    __tablename__ = "provider_import_part"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "import_id"], ["provider_import.client_id", "provider_import.id"]),
    )

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ProviderImportRow(Base):
    """A line of a file as it was understood, and what became of it; reached through its import only."""

    __tablename__ = "provider_import_row"
    __table_args__ = (
        CheckConstraint("outcome IN ('new', 'changed', 'unchanged', 'refused', 'held')", name="outcome"),
        Index(
            "ix_provider_import_row_problems",
            "import_id",
            "line",
            postgresql_where=text("problems IS NOT NULL"),
        ),
    )

    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str]
    country: Mapped[str]
    code: Mapped[str]
    service_code: Mapped[str]
    room_class: Mapped[str]
    name: Mapped[str]
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    details: Mapped[dict[str, Any] | None]
    problems: Mapped[list[Any] | None]
