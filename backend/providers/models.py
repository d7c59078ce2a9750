"""The provider registry (one for all clients) and the networks of each client."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.kit import clock, ids
from backend.providers.rules import Kind, Tier


def _one_of(column: str, values: type[StrEnum]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


class Provider(Base):
    """A place of treatment. Registry data without anything about members, so it has no client.

    ``region_code`` is the regency or city code of the country's home ministry (``3171``);
    ``search_name`` is the name as people type it: lower case, without accents.
    """

    __tablename__ = "provider"
    __table_args__ = (
        UniqueConstraint("country", "code"),
        Index(
            "ix_provider_search_name",
            "search_name",
            postgresql_using="gin",
            postgresql_ops={"search_name": "gin_trgm_ops"},
        ),
        Index("ix_provider_latitude_longitude", "latitude", "longitude"),
        CheckConstraint(_one_of("kind", Kind), name="kind"),
        CheckConstraint(f"tier IS NULL OR {_one_of('tier', Tier)}", name="tier"),
        CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="place"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    code: Mapped[str]
    name: Mapped[str]
    search_name: Mapped[str]
    kind: Mapped[str]
    country: Mapped[str]
    region_code: Mapped[str | None]
    address: Mapped[str]
    city: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    phone: Mapped[str | None]
    opening: Mapped[dict[str, Any]]
    tier: Mapped[str | None]
    active: Mapped[bool]


class NetworkProvider(OfClient, Base):
    """A provider's time in one of a client's networks; ``valid_until`` is the last day."""

    __tablename__ = "network_provider"
    __table_args__ = (
        UniqueConstraint("client_id", "network", "provider_id", "valid_from"),
        Index("ix_network_provider_client_id_provider_id", "client_id", "provider_id"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
    )

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    network: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    cashless: Mapped[bool]
