"""Tables of the clients domain. A contract's days are inclusive: it is in force on ``ends_on`` too."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Table, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.kit import clock, ids


class Product(StrEnum):
    """The two products an employer can choose (S0-10)."""

    MANAGED_CARE = "managed_care"
    INDEMNITY = "indemnity"


class Client(Base):
    """A client company. No row-level security: it is found before anybody knows whose request it is."""

    __tablename__ = "client"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    country: Mapped[str]
    currency: Mapped[str]
    timezone: Mapped[str]
    languages: Mapped[list[Any]]
    default_language: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    brand_version_id: Mapped[UUID | None]
    """The version of its brand that is in force; without one its file in ``whitelabel_configs`` is."""


class ClientCode(Base):
    """What people type or scan to come to their company's app. No row-level security: it is how a client is found."""

    __tablename__ = "client_code"
    __table_args__ = (ForeignKeyConstraint(["client_id"], ["client.id"]),)

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Contract(OfClient, Base):
    """What was agreed for a period; ``terms`` holds only what differs from the defaults of ``rules.Terms``."""

    __tablename__ = "contract"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "number"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("product IN ('managed_care', 'indemnity')", name="product"),
    )

    number: Mapped[str]
    product: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    terms: Mapped[dict[str, Any]] = mapped_column(default=dict)


class PlanYear(OfClient, Base):
    """The year that yearly limits count in; usually twelve months of a contract."""

    __tablename__ = "plan_year"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "contract_id"], ["contract.client_id", "contract.id"]),
        CheckConstraint("ends_on >= starts_on", name="period"),
        Index("ix_plan_year_client_id_contract_id", "client_id", "contract_id"),
    )

    contract_id: Mapped[UUID]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class HrContact(OfClient, Base):
    """Somebody in the client's personnel department who gets letters and reports."""

    __tablename__ = "hr_contact"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "email"),
    )

    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)


class CalendarDay(OfClient, Base):
    """A day that is free, or worked, at this client against the country's calendar.

    A works holiday, or joint leave that a decree moved within the year; ``name`` says which.
    """

    __tablename__ = "calendar_day"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "day"),
    )

    day: Mapped[date]
    working: Mapped[bool]
    name: Mapped[str]


def _no_overlap(model: type[Contract] | type[PlanYear]) -> ExcludeConstraint:
    table = cast(Table, model.__table__)
    period = func.daterange(table.c.starts_on, table.c.ends_on, "[]")
    return ExcludeConstraint((table.c.client_id, "="), (period, "&&"), name=f"ex_{table.name}_period")


cast(Table, Contract.__table__).append_constraint(_no_overlap(Contract))
cast(Table, PlanYear.__table__).append_constraint(_no_overlap(PlanYear))
