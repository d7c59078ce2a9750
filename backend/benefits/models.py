"""Tables of plans and of what has been used of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.benefits.rules import Basis, BenefitGroup, EntryKind, SharedBy
from backend.database import Base, OfClient


def _one_of(column: str, values: type[StrEnum]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


class Plan(OfClient, Base):
    """One version of a plan: a new version is a new row, so an old enrolment keeps the table it was sold."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("client_id", "code", "valid_from"),
        CheckConstraint("product IN ('managed_care', 'indemnity')", name="product"),
    )

    code: Mapped[str]
    names: Mapped[dict[str, Any]]
    product: Mapped[str]
    currency: Mapped[str]
    network: Mapped[str | None]
    valid_from: Mapped[date]
    source: Mapped[str]
    digest: Mapped[str]


class Benefit(OfClient, Base):
    """One line of a plan's benefit table; names and exclusions carry every language."""

    __tablename__ = "benefit"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "plan_id"], ["plan.client_id", "plan.id"]),
        UniqueConstraint("client_id", "plan_id", "code"),
        CheckConstraint(_one_of("benefit_group", BenefitGroup), name="benefit_group"),
        CheckConstraint("prorata IN ('none', 'room', 'room_linked')", name="prorata"),
        CheckConstraint("waiting_days >= 0", name="waiting_days"),
    )

    plan_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    code: Mapped[str]
    benefit_group: Mapped[str]
    names: Mapped[dict[str, Any]]
    room_class: Mapped[str | None]
    room_rate_minor: Mapped[int | None] = mapped_column(BigInteger)
    prorata: Mapped[str]
    co_payment: Mapped[dict[str, Any] | None]
    deductible: Mapped[dict[str, Any] | None]
    waiting_days: Mapped[int]
    waiting_by_condition: Mapped[list[Any]]
    exclusions: Mapped[list[Any]]
    referral_required: Mapped[bool]
    network_only: Mapped[bool]
    reimbursable: Mapped[bool]
    approval_required: Mapped[bool]
    services: Mapped[list[Any]] = mapped_column(default=list)
    """The kinds of service it stands for (``service_kinds``) where a group has several benefits; empty says nothing."""


class BenefitLimit(OfClient, Base):
    """How much or how often; limits of one plan with the same ``pool`` and basis are one shared limit."""

    __tablename__ = "benefit_limit"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "benefit_id"], ["benefit.client_id", "benefit.id"]),
        Index("ix_benefit_limit_client_id_benefit_id", "client_id", "benefit_id"),
        CheckConstraint(_one_of("basis", Basis), name="basis"),
        CheckConstraint(_one_of("shared_by", SharedBy), name="shared_by"),
        CheckConstraint("amount_minor IS NOT NULL OR count IS NOT NULL", name="something"),
        CheckConstraint("amount_minor >= 0 AND count >= 0 AND years > 0", name="figures"),
    )

    benefit_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    basis: Mapped[str]
    years: Mapped[int] = mapped_column(SmallInteger)
    shared_by: Mapped[str]
    pool: Mapped[str | None]
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    count: Mapped[int | None]


class UtilisationEntry(OfClient, Base):
    """One movement of held or used benefit; rows are only ever added (the application may not change them).

    ``benefit_code`` and not the benefit's row decides what is counted together: lifetime limits outlive
    a plan version. ``employee_id`` names the family.
    """

    __tablename__ = "utilisation_entry"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "benefit_id"], ["benefit.client_id", "benefit.id"]),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["client_id", "employee_id"], ["member.client_id", "member.id"]),
        UniqueConstraint("client_id", "key"),
        Index(
            "ix_utilisation_entry_client_id_employee_id_happened_on",
            "client_id",
            "employee_id",
            "happened_on",
        ),
        Index("ix_utilisation_entry_client_id_source_type_source_id", "client_id", "source_type", "source_id"),
        CheckConstraint(_one_of("kind", EntryKind), name="kind"),
        CheckConstraint("amount_minor >= 0 AND count >= 0", name="figures"),
    )

    benefit_id: Mapped[UUID]
    benefit_code: Mapped[str]
    member_id: Mapped[UUID]
    employee_id: Mapped[UUID]
    kind: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int]
    happened_on: Mapped[date]
    case_key: Mapped[str | None]
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    key: Mapped[str]
