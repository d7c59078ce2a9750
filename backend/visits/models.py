"""Tables of the front desk: visits, bills of providers, keys of hospital systems."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, mapped_column

from backend.benefits.rules import BenefitGroup
from backend.database import Base, OfClient
from backend.visits.rules.attendance import Shown, VisitState
from backend.visits.rules.bills import BillState


def _one_of(column: str, values: type[StrEnum]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


class Visit(OfClient, Base):
    """A member at a facility, from the greeting to the goodbye. It names no illness."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["provider_id"], ["provider.id"]),
        ForeignKeyConstraint(["client_id", "letter_id"], ["guarantee_letter.client_id", "guarantee_letter.id"]),
        CheckConstraint(_one_of("state", VisitState), name="state"),
        CheckConstraint(_one_of("shown", Shown), name="shown"),
        CheckConstraint(_one_of("benefit_group", BenefitGroup), name="benefit_group"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended_when"),
        CheckConstraint("ended_at >= opened_at", name="ends_after_start"),
        Index(None, "client_id", "provider_id", "created_at", "id"),
        Index(None, "client_id", "member_id", "created_at", "id"),
        Index(
            "uq_visit_open",
            "client_id",
            "member_id",
            "provider_id",
            unique=True,
            postgresql_where=sql_text("state = 'open'"),
        ),
    )

    number: Mapped[str]
    member_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    benefit_group: Mapped[str]
    state: Mapped[str] = mapped_column(default=VisitState.OPEN)
    shown: Mapped[str]
    """What the patient showed: the card's QR, a number, or nothing but their name and date of birth."""
    emergency: Mapped[bool] = mapped_column(default=False)
    referral_code: Mapped[str | None]
    letter_id: Mapped[UUID | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None]
    end_reason: Mapped[str | None]
    """Why a visit was cancelled."""


class ProviderBill(OfClient, Base):
    """What a facility asks for a visit. Claims verify it; until then it is a bill and no decision."""

    __tablename__ = "provider_bill"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        UniqueConstraint("client_id", "visit_id"),
        UniqueConstraint("client_id", "provider_id", "invoice_number"),
        ForeignKeyConstraint(["client_id", "visit_id"], ["visit.client_id", "visit.id"]),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["provider_id"], ["provider.id"]),
        CheckConstraint(_one_of("state", BillState), name="state"),
        CheckConstraint("total_minor > 0", name="total_positive"),
        CheckConstraint("state <> 'returned' OR return_reason IS NOT NULL", name="returned_why"),
        Index(None, "client_id", "provider_id", "created_at", "id"),
        Index(None, "client_id", "state", "submitted_at", "id"),
        Index(None, "client_id", "member_id"),
    )

    number: Mapped[str]
    visit_id: Mapped[UUID]
    member_id: Mapped[UUID]
    provider_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default=BillState.SUBMITTED)
    invoice_number: Mapped[str]
    total_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    diagnoses: Mapped[list[Any]] = mapped_column(default=list)
    """ICD-10 codes; health data that no employer reads."""
    findings: Mapped[list[Any]] = mapped_column(default=list)
    """What the checks noticed without refusing: for whoever verifies."""
    submitted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    return_reason: Mapped[str | None]


class ProviderBillLine(OfClient, Base):
    """One position of a bill with the agreed tariff of its day, where one is known."""

    __tablename__ = "provider_bill_line"
    __table_args__ = (
        UniqueConstraint("client_id", "bill_id", "position"),
        ForeignKeyConstraint(["client_id", "bill_id"], ["provider_bill.client_id", "provider_bill.id"]),
        ForeignKeyConstraint(["tariff_version_id"], ["tariff_version.id"]),
        Index(None, "tariff_version_id"),
        CheckConstraint("quantity > 0 AND unit_minor >= 0 AND agreed_minor >= 0", name="figures"),
    )

    bill_id: Mapped[UUID]
    position: Mapped[int]
    service_code: Mapped[str | None]
    room_class: Mapped[str | None]
    description: Mapped[str]
    service_on: Mapped[date]
    quantity: Mapped[int]
    unit_minor: Mapped[int] = mapped_column(BigInteger)
    agreed_minor: Mapped[int | None] = mapped_column(BigInteger)
    tariff_version_id: Mapped[UUID | None]


class ProviderBillDocument(OfClient, Base):
    """A paper that came with a bill."""

    __tablename__ = "provider_bill_document"
    __table_args__ = (
        UniqueConstraint("client_id", "bill_id", "document_id"),
        ForeignKeyConstraint(["client_id", "bill_id"], ["provider_bill.client_id", "provider_bill.id"]),
        # A document that is forgotten after its last day takes its mention with it.
        ForeignKeyConstraint(["client_id", "document_id"], ["document.client_id", "document.id"], ondelete="CASCADE"),
        Index(None, "client_id", "document_id"),
    )

    bill_id: Mapped[UUID]
    document_id: Mapped[UUID]


class ProviderBillEvent(OfClient, Base):
    """One step in the life of a bill; rows are only ever added."""

    __tablename__ = "provider_bill_event"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "bill_id"], ["provider_bill.client_id", "provider_bill.id"]),
        Index(None, "client_id", "bill_id", "created_at"),
    )

    bill_id: Mapped[UUID]
    state: Mapped[str]
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    note: Mapped[str | None]


class ApiKey(OfClient, Base):
    """How a hospital's own system signs in for its facility. The secret is shown once and kept as a digest."""

    __tablename__ = "api_key"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        ForeignKeyConstraint(["provider_id"], ["provider.id"]),
        CheckConstraint("length(secret_digest) = 32", name="digest"),
        Index(None, "client_id", "provider_id"),
    )

    provider_id: Mapped[UUID]
    label: Mapped[str]
    ending: Mapped[str]
    """The last characters of the key, by which people tell keys apart."""
    secret_digest: Mapped[bytes] = mapped_column(LargeBinary)
    scopes: Mapped[list[Any]]
    created_by: Mapped[UUID]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[UUID | None]
