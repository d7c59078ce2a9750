"""Tables of excess claims and of what the bank says."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.funds.models.ledger import one_of
from backend.funds.rules.excess import ExcessState


class Excess(OfClient, Base):
    """What a member owes for a cashless bill that the plan does not bear; ``number`` is the claim's or the bill's."""

    __tablename__ = "excess"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "payable_id"], ["payable.client_id", "payable.id"]),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        CheckConstraint(one_of("state", ExcessState), name="state"),
        CheckConstraint("amount_minor > 0 AND paid_minor BETWEEN 0 AND amount_minor", name="paid_at_most"),
        CheckConstraint("(state = 'disputed') = (days_left IS NOT NULL)", name="clock_waits"),
        CheckConstraint("state <> 'settled' OR paid_minor = amount_minor", name="settled_in_full"),
        UniqueConstraint("client_id", "payable_id"),
        Index(None, "client_id", "member_id"),
        Index(
            "ix_excess_clock",
            "client_id",
            "due_on",
            "id",
            postgresql_where=text("state IN ('open', 'disputed')"),
        ),
    )

    payable_id: Mapped[UUID]
    number: Mapped[str]
    member_id: Mapped[UUID]
    category: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    paid_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    currency: Mapped[str] = mapped_column(String(3))
    letter_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default=ExcessState.OPEN)
    days_left: Mapped[int | None]
    """Days that go on counting when a dispute ends."""
    dispute: Mapped[str | None]
    outcome: Mapped[str | None]
    reminded_on: Mapped[date | None]
    stopped_card: Mapped[bool] = mapped_column(default=False)
    """Whether this excess is why the card cannot be used."""
    settled_on: Mapped[date | None]


class ExcessItem(OfClient, Base):
    """One position of the bill that the member owes, and why. Only the member and the claims desk read it."""

    __tablename__ = "excess_item"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "excess_id"], ["excess.client_id", "excess.id"]),
        UniqueConstraint("client_id", "excess_id", "position"),
    )

    excess_id: Mapped[UUID]
    position: Mapped[int]
    description: Mapped[str]
    reason: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)


class ExcessInstalment(OfClient, Base):
    """A part of an excess with a day of its own."""

    __tablename__ = "excess_instalment"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "excess_id"], ["excess.client_id", "excess.id"]),
        CheckConstraint("amount_minor > 0", name="some_amount"),
        UniqueConstraint("client_id", "excess_id", "due_on"),
    )

    excess_id: Mapped[UUID]
    due_on: Mapped[date]
    amount_minor: Mapped[int] = mapped_column(BigInteger)


class BankStatement(OfClient, Base):
    """A statement of the dedicated account that was taken in; the same file is taken in once."""

    __tablename__ = "bank_statement"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        CheckConstraint("form IN ('csv', 'mt940', 'camt053')", name="form"),
        UniqueConstraint("client_id", "digest"),
        Index(None, "client_id", "created_at", "id"),
    )

    form: Mapped[str]
    digest: Mapped[str]
    lines: Mapped[int]
    known_lines: Mapped[int]
    """How many of them an earlier statement had brought already."""
    closing_minor: Mapped[int | None] = mapped_column(BigInteger)
    uploaded_by: Mapped[UUID | None]


class BankLine(OfClient, Base):
    """One movement on the account. What is unclear lies in suspense and waits for a person."""

    __tablename__ = "bank_line"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "statement_id"], ["bank_statement.client_id", "bank_statement.id"]),
        ForeignKeyConstraint(["client_id", "excess_id"], ["excess.client_id", "excess.id"]),
        ForeignKeyConstraint(["client_id", "payment_id"], ["payment.client_id", "payment.id"]),
        CheckConstraint("amount_minor <> 0", name="some_amount"),
        CheckConstraint("state IN ('matched', 'review')", name="state"),
        CheckConstraint("(state = 'matched') = (became IS NOT NULL)", name="became_what"),
        UniqueConstraint("client_id", "fingerprint"),
        Index(None, "client_id", "state", "booked_on", "id"),
    )

    statement_id: Mapped[UUID]
    fingerprint: Mapped[str]
    booked_on: Mapped[date]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reference: Mapped[str]
    text: Mapped[str]
    state: Mapped[str]
    became: Mapped[str | None]
    """``payment``, or one of ``rules.bank.MONEY_THAT_CAME`` and ``MONEY_THAT_LEFT``."""
    excess_id: Mapped[UUID | None]
    payment_id: Mapped[UUID | None]
    proposals: Mapped[list[Any]] = mapped_column(default=list)
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
