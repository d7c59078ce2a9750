"""Tables of the members domain."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


class Relationship(StrEnum):
    """What a member is to the employer's contract."""

    EMPLOYEE = "employee"
    SPOUSE = "spouse"
    CHILD = "child"


class CardStatus(StrEnum):
    """What a card is good for; only an active one opens a door."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    LOST = "lost"
    ENDED = "ended"


class ImportState(StrEnum):
    """Where a census import stands."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    REFUSED = "refused"


class Member(OfClient, Base):
    """An employee (``employee_id`` is null) or one of the employee's dependants."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "employee_id"], ["member.client_id", "member.id"]),
        CheckConstraint("relationship IN ('employee', 'spouse', 'child')", name="relationship"),
        CheckConstraint("(relationship = 'employee') = (employee_id IS NULL)", name="dependant_has_employee"),
        CheckConstraint("sex IN ('male', 'female')", name="sex"),
        Index(None, "client_id", "employee_id"),
        Index(None, "client_id", "phone"),
        Index(None, "client_id", "national_id_fingerprint"),
        Index(None, "client_id", "created_at", "id"),
        Index(
            "ix_member_words",
            "client_id",
            func.plain_text(literal_column("full_name")).label("words"),
            postgresql_using="gin",
            postgresql_ops={"words": "gin_trgm_ops"},
        ),
        Index(
            "uq_member_employee_number",
            "client_id",
            "employee_number",
            unique=True,
            postgresql_where=text("employee_id IS NULL"),
        ),
    )

    number: Mapped[str]
    employee_id: Mapped[UUID | None]
    relationship: Mapped[str]
    full_name: Mapped[str]
    birth_date: Mapped[date]
    sex: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    postal_address: Mapped[str | None]
    language: Mapped[str]
    employee_number: Mapped[str | None]
    national_id_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    national_id_fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary)
    left_on: Mapped[date | None]


class BankAccount(OfClient, Base):
    """Where a member's reimbursements go; a change is a new row, the newest counts.

    The number is sealed for its row; ``ending`` is its last four characters, which is all that is ever shown.
    """

    __tablename__ = "bank_account"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        Index(None, "client_id", "member_id", "created_at"),
    )

    member_id: Mapped[UUID]
    bank: Mapped[str]
    number_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    ending: Mapped[str]
    holder_name: Mapped[str]


class Enrolment(OfClient, Base):
    """A period in which a plan covers a member; both days count, an open end means until further notice."""

    __tablename__ = "enrolment"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["client_id", "plan_id"], ["plan.client_id", "plan.id"]),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
        ExcludeConstraint(
            (literal_column("client_id"), "="),
            (literal_column("member_id"), "="),
            (func.daterange(literal_column("starts_on"), literal_column("ends_on"), text("'[]'::text")), "&&"),
            using="gist",
            name="ex_enrolment_no_overlap",
        ),
        Index(None, "client_id", "member_id", "starts_on"),
        Index(None, "client_id", "plan_id"),
    )

    member_id: Mapped[UUID]
    plan_id: Mapped[UUID]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class EnrolmentRequest(OfClient, Base):
    """A dependant whom a member asks to add; the employer or the administrator decides (S2-4)."""

    __tablename__ = "enrolment_request"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "employee_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["client_id", "created_member_id"], ["member.client_id", "member.id"]),
        CheckConstraint("status IN ('requested', 'accepted', 'refused')", name="status"),
        Index(None, "client_id", "status", "created_at"),
        Index(None, "client_id", "employee_id"),
    )

    employee_id: Mapped[UUID]
    relationship: Mapped[str]
    full_name: Mapped[str]
    birth_date: Mapped[date]
    sex: Mapped[str]
    status: Mapped[str] = mapped_column(default="requested")
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    note: Mapped[str | None]
    created_member_id: Mapped[UUID | None]


class Consent(OfClient, Base):
    """One purpose a member agreed to, with the wording shown; withdrawing keeps the row."""

    __tablename__ = "consent"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        Index(
            "uq_consent_current",
            "client_id",
            "member_id",
            "purpose",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    member_id: Mapped[UUID]
    purpose: Mapped[str]
    wording: Mapped[str]
    language: Mapped[str]
    version: Mapped[int | None]
    channel: Mapped[str]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Card(OfClient, Base):
    """A member's card. A lost one stays, named by the card that replaces it; the QR is signed once and kept."""

    __tablename__ = "card"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["client_id", "replaces_id"], ["card.client_id", "card.id"]),
        CheckConstraint("status IN ('active', 'suspended', 'lost', 'ended')", name="status"),
        Index(None, "client_id", "member_id", "created_at"),
        Index(None, "client_id", "replaces_id", unique=True),
        Index(
            "uq_card_in_use",
            "client_id",
            "member_id",
            unique=True,
            postgresql_where=text("status IN ('active', 'suspended')"),
        ),
    )

    member_id: Mapped[UUID]
    number: Mapped[str]
    status: Mapped[str] = mapped_column(default=CardStatus.ACTIVE.value)
    issued_on: Mapped[date]
    ended_on: Mapped[date | None]
    replaces_id: Mapped[UUID | None]
    fee_minor: Mapped[int | None] = mapped_column(BigInteger)
    reported_at: Mapped[datetime | None]
    loss_reason: Mapped[str | None]
    qr_payload: Mapped[str | None]
    qr_signed_at: Mapped[datetime | None]
    qr_expires_at: Mapped[datetime | None]


class CensusImport(OfClient, Base):
    """A file of members an employer sent: checked first, then applied once. The file is sealed at rest."""

    __tablename__ = "census_import"
    __table_args__ = (
        CheckConstraint("state IN ('uploaded', 'checked', 'applying', 'applied', 'refused')", name="state"),
        Index(None, "client_id", "created_at"),
        Index(None, "client_id", "digest"),
    )

    filename: Mapped[str]
    file_format: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(default=ImportState.UPLOADED.value)
    uploaded_by: Mapped[UUID | None]
    effective_on: Mapped[date]
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    total_rows: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0)
    refusal: Mapped[dict[str, Any] | None]
    applied_at: Mapped[datetime | None]


class CensusRow(OfClient, Base):
    """What became of one line of the file, with reasons; no personal data besides the employee number."""

    __tablename__ = "census_row"
    __table_args__ = (
        UniqueConstraint("client_id", "import_id", "line"),
        ForeignKeyConstraint(["client_id", "import_id"], ["census_import.client_id", "census_import.id"]),
        CheckConstraint("outcome IN ('new', 'changed', 'unchanged', 'refused')", name="outcome"),
        Index(None, "client_id", "import_id", "outcome", "line"),
    )

    import_id: Mapped[UUID]
    line: Mapped[int]
    outcome: Mapped[str]
    employee_number: Mapped[str | None]
    problems: Mapped[list[Any]] = mapped_column(default=list)
    member_id: Mapped[UUID | None]
