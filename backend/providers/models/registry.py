"""The registry: facilities, their doctors and rooms, one for all clients."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, INT4MULTIRANGE, Range
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base
from backend.kit import clock, ids
from backend.providers.rules import Kind, Tier


def _one_of(column: str, values: type[StrEnum]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


def _codes() -> Mapped[list[str]]:
    return mapped_column(ARRAY(String), default=list)


class Provider(Base):
    """A place of treatment. Registry data without anything about members, so it has no client.

    ``region_code`` is the regency or city code of the country's home ministry (``3171``);
    ``search_name`` is the name as people type it: lower case, without accents. ``opening`` is what people wrote,
    ``open_minutes`` the same as ``rules.hours.minutes_open`` counts it, for the search.
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
        Index("ix_provider_place", text("provider_place(latitude, longitude)"), postgresql_using="gist"),
        Index("ix_provider_specialties", "specialties", postgresql_using="gin"),
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
    timezone: Mapped[str]
    phone: Mapped[str | None]
    opening: Mapped[dict[str, Any]]
    open_minutes: Mapped[list[Range[int]]] = mapped_column(INT4MULTIRANGE, default=list)
    tier: Mapped[str | None]
    languages: Mapped[list[str]] = _codes()
    services: Mapped[list[str]] = _codes()
    specialties: Mapped[list[str]] = _codes()
    active: Mapped[bool]


class Doctor(Base):
    """Somebody who treats, known by a registration code within a country; no specialty is a general practitioner."""

    __tablename__ = "doctor"
    __table_args__ = (UniqueConstraint("country", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    country: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    search_name: Mapped[str]
    specialty: Mapped[str | None]
    languages: Mapped[list[str]] = _codes()
    active: Mapped[bool] = mapped_column(default=True)


class DoctorPractice(Base):
    """When a doctor sees patients at a facility; written like opening hours."""

    __tablename__ = "doctor_practice"
    __table_args__ = (
        UniqueConstraint("provider_id", "doctor_id", "valid_from"),
        Index("ix_doctor_practice_doctor_id", "doctor_id"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    doctor_id: Mapped[UUID] = mapped_column(ForeignKey("doctor.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    schedule: Mapped[dict[str, Any]]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class RoomRate(Base):
    """What a day in a room class costs from a day on; ``rank`` orders the classes, the simplest lowest.

    ``code`` is the word of the plans (``1``, ``vip``), ``name`` the hospital's own. A later row of the same code
    takes over on its first day; the earlier one stays.
    """

    __tablename__ = "room_rate"
    __table_args__ = (
        UniqueConstraint("provider_id", "code", "valid_from"),
        CheckConstraint("rate_minor >= 0 AND rank >= 0", name="not_negative"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    code: Mapped[str]
    rank: Mapped[int]
    name: Mapped[str]
    rate_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
