"""Tables of what is owed and how it is paid."""

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
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.funds.models.ledger import one_of
from backend.funds.rules.payments import Destination, PayableState, Payee, PaymentState, RunKind, RunState


class FundNotice(OfClient, Base):
    """Something that was told once: that half of a deposit is used, that a payment would come too late."""

    __tablename__ = "fund_notice"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        UniqueConstraint("client_id", "kind", "about"),
    )

    kind: Mapped[str]
    about: Mapped[str]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    told: Mapped[list[Any]] = mapped_column(default=list)
    """Ids of the staff who were told."""


class PayeeAccount(OfClient, Base):
    """Where a provider's or the company's money goes. Given by one person, confirmed by another; the newest counts."""

    __tablename__ = "payee_account"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        CheckConstraint("payee IN ('provider', 'company')", name="payee"),
        CheckConstraint("confirmed_by <> given_by", name="two_people"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_when"),
        Index(None, "client_id", "payee_id", "created_at"),
    )

    payee: Mapped[str]
    payee_id: Mapped[UUID]
    bank: Mapped[str]
    number_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    ending: Mapped[str]
    holder_name: Mapped[str]
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    confirmed_at: Mapped[datetime | None]


class PaymentRun(OfClient, Base):
    """What is paid together: prepared by one person, approved by another, sent to the bank, settled by its answer."""

    __tablename__ = "payment_run"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        CheckConstraint(one_of("kind", RunKind), name="kind"),
        CheckConstraint(one_of("state", RunState), name="state"),
        CheckConstraint("approved_by <> prepared_by", name="two_people"),
        CheckConstraint("state IN ('prepared', 'cancelled') OR approved_at IS NOT NULL", name="approved_when"),
        UniqueConstraint("client_id", "number"),
        Index(None, "client_id", "created_at", "id"),
    )

    number: Mapped[str]
    kind: Mapped[str]
    pay_on: Mapped[date]
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[str] = mapped_column(default=RunState.PREPARED)
    left_out: Mapped[list[Any]] = mapped_column(default=list)
    """Payables that could not go along, with the reason."""
    prepared_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    approved_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]


class Payment(OfClient, Base):
    """One transfer of a run. ``reference`` is the end-to-end id that the bank gives back."""

    __tablename__ = "payment"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "run_id"], ["payment_run.client_id", "payment_run.id"]),
        CheckConstraint(one_of("destination", Destination), name="destination"),
        CheckConstraint("amount_minor > 0", name="some_amount"),
        CheckConstraint(one_of("state", PaymentState), name="state"),
        CheckConstraint("state <> 'paid' OR paid_on IS NOT NULL", name="paid_when"),
        CheckConstraint("state <> 'failed' OR failure IS NOT NULL", name="failed_why"),
        UniqueConstraint("client_id", "reference"),
        Index(None, "client_id", "run_id"),
    )

    run_id: Mapped[UUID]
    reference: Mapped[str]
    destination: Mapped[str]
    payee_id: Mapped[UUID]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    rail: Mapped[str]
    account_id: Mapped[UUID]
    """The row the number is sealed in: a member's ``bank_account``, or a ``payee_account``."""
    bank: Mapped[str]
    ending: Mapped[str]
    holder_name: Mapped[str]
    state: Mapped[str] = mapped_column(default=PaymentState.PLANNED)
    paid_on: Mapped[date | None]
    failure: Mapped[str | None]


class Payable(OfClient, Base):
    """An approved amount that somebody is owed. It names a category of benefit and no illness.

    ``plan_minor`` is the plan's part; the rest of it is an excess that was advanced to the provider.
    """

    __tablename__ = "payable"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        ForeignKeyConstraint(["client_id", "payment_id"], ["payment.client_id", "payment.id"]),
        ForeignKeyConstraint(["client_id", "entry_id"], ["ledger_entry.client_id", "ledger_entry.id"]),
        CheckConstraint(one_of("payee", Payee), name="payee"),
        CheckConstraint(one_of("state", PayableState), name="state"),
        CheckConstraint("amount_minor > 0 AND plan_minor <= amount_minor", name="some_amount"),
        CheckConstraint("state <> 'in_run' OR payment_id IS NOT NULL", name="in_which_run"),
        CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name="paid_when"),
        UniqueConstraint("client_id", "entry_id"),
        Index("ix_payable_waiting", "client_id", "settle_by", "id", postgresql_where=text("state = 'open'")),
        Index(None, "client_id", "payment_id"),
        Index(None, "client_id", "claim_id"),
        Index(None, "client_id", "member_id"),
        Index(None, "client_id", "approved_on"),
        Index(None, "client_id", "source_type", "source_id"),
    )

    payee: Mapped[str]
    payee_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    """Who was treated."""
    claim_id: Mapped[UUID | None]
    source_type: Mapped[str]
    source_id: Mapped[UUID]
    reference: Mapped[str]
    category: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    plan_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    approved_on: Mapped[date]
    settle_by: Mapped[date]
    state: Mapped[str] = mapped_column(default=PayableState.OPEN)
    payment_id: Mapped[UUID | None]
    paid_on: Mapped[date | None]
    entry_id: Mapped[UUID]


class PaymentItem(OfClient, Base):
    """A payable that went along with a payment; rows are only ever added, also of payments that failed."""

    __tablename__ = "payment_item"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "payment_id"], ["payment.client_id", "payment.id"]),
        ForeignKeyConstraint(["client_id", "payable_id"], ["payable.client_id", "payable.id"]),
        UniqueConstraint("client_id", "payment_id", "payable_id"),
        Index(None, "client_id", "payable_id"),
    )

    payment_id: Mapped[UUID]
    payable_id: Mapped[UUID]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
