"""What is agreed with facilities: contracts, networks, price lists, and which first-tier provider a member chose."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    func,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.kit import clock, ids
from backend.providers.rules.standing import Agreement

_DAYS = func.daterange(literal_column("valid_from"), literal_column("valid_until"), text("'[]'::text"))


class ProviderContract(Base):
    """An agreement with a provider: the administrator's own for every client, or one client's (``client_id``).

    Two agreements of the same side never overlap; ``valid_until`` is the last day.
    """

    __tablename__ = "provider_contract"
    __table_args__ = (
        ExcludeConstraint(
            (literal_column("provider_id"), "="),
            (literal_column("coalesce(client_id, '00000000-0000-0000-0000-000000000000'::uuid)"), "="),
            (_DAYS, "&&"),
            using="gist",
            name="ex_provider_contract_period",
        ),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    number: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    cashless: Mapped[bool]
    edc_available: Mapped[bool]
    suspended_from: Mapped[date | None]
    end_reason: Mapped[str | None]

    @property
    def agreement(self) -> Agreement:
        """The contract as the rules see it."""
        return Agreement(
            self.id,
            self.number,
            self.valid_from,
            self.valid_until,
            self.cashless,
            self.edc_available,
            self.suspended_from,
        )


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
    contract_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider_contract.id"))


class TariffVersion(Base):
    """A price list of an agreement from a day on. It and its lines are never changed: a new one takes over."""

    __tablename__ = "tariff_version"
    __table_args__ = (
        UniqueConstraint("contract_id", "valid_from"),
        UniqueConstraint("contract_id", "number"),
        Index("ix_tariff_version_provider_id_valid_from", "provider_id", "valid_from"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("client.id"))
    contract_id: Mapped[UUID] = mapped_column(ForeignKey("provider_contract.id"))
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    number: Mapped[int]
    currency: Mapped[str]
    valid_from: Mapped[date]
    lines: Mapped[int]


class TariffLine(Base):
    """The agreed price of a service, in a room class where the price depends on it (else an empty text).

    With ``contents`` it is a package: the codes it pays for, and how many of each.
    """

    __tablename__ = "tariff_line"
    __table_args__ = (CheckConstraint("amount_minor >= 0", name="not_negative"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("tariff_version.id"), primary_key=True)
    service_code: Mapped[str] = mapped_column(primary_key=True)
    room_class: Mapped[str] = mapped_column(primary_key=True)
    client_id: Mapped[UUID | None]
    name: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    contents: Mapped[dict[str, Any] | None]


class PrimaryProvider(OfClient, Base):
    """A member's first-tier provider over a time; a choice that was replaced before it began keeps its row."""

    __tablename__ = "primary_provider"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ExcludeConstraint(
            (literal_column("client_id"), "="),
            (literal_column("member_id"), "="),
            (func.daterange(literal_column("starts_on"), literal_column("ends_on"), text("'[]'::text")), "&&"),
            using="gist",
            where=text("replaced_at IS NULL"),
            name="ex_primary_provider_period",
        ),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        Index(None, "client_id", "member_id", "starts_on"),
    )

    member_id: Mapped[UUID]
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    chosen_by: Mapped[str]
    channel: Mapped[str]
    replaced_at: Mapped[datetime | None]
