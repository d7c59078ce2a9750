"""Tables of the guarantees domain."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.guarantees.rules import Evidence, LetterKind, LetterState, Standing
from backend.guarantees.rules.admission import GUARANTEED, Care
from backend.guarantees.rules.asks import AskKind, AskState, Turnaround
from backend.kit.money import Money

_SIX_FIGURES = ("billed", "plan", "other", "cost", "claim", "provider")


def _one_of(column: str, values: type[StrEnum] | tuple[StrEnum, ...]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


class GuaranteeLetter(OfClient, Base):
    """A letter of guarantee for one admission. It names no illness: HR and the front desk read it too.

    ``promised_minor`` is what it promises the hospital, and what is held for it while it promises. The six figures of
    the bill are there once it is final; ``cost`` is collected at the desk, ``claim`` charged afterwards.
    """

    __tablename__ = "guarantee_letter"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["provider_id"], ["provider.id"]),
        ForeignKeyConstraint(["client_id", "case_id"], ["helpline_case.client_id", "helpline_case.id"]),
        CheckConstraint(_one_of("kind", LetterKind), name="kind"),
        CheckConstraint(_one_of("state", LetterState), name="state"),
        CheckConstraint(_one_of("care", GUARANTEED), name="care"),
        CheckConstraint(_one_of("confirmed_by", Evidence), name="confirmed_by"),
        CheckConstraint("(issued_at IS NULL) = (valid_until IS NULL)", name="issued_until"),
        CheckConstraint(
            "state <> 'confirmed' OR (confirmed_at IS NOT NULL AND confirmed_by IS NOT NULL)", name="confirmed_when"
        ),
        CheckConstraint("confirmed_by <> 'hr_statement' OR statement IS NOT NULL", name="statement_in_writing"),
        CheckConstraint("promised_minor >= 0 AND days >= 1", name="promise"),
        CheckConstraint("(state = 'final') = (billed_minor IS NOT NULL)", name="final_figures"),
        CheckConstraint(
            "billed_minor = plan_minor + other_minor + cost_minor + claim_minor + provider_minor", name="split"
        ),
        CheckConstraint("collected_minor >= 0 AND collected_minor <= coalesce(cost_minor, 0)", name="collected"),
        CheckConstraint("left_at IS NULL OR collected_minor = cost_minor", name="left_paid"),
        Index(None, "client_id", "member_id", "created_at", "id"),
        Index(None, "client_id", "provider_id", "created_at", "id"),
        Index(
            "uq_guarantee_letter_open",
            "client_id",
            "member_id",
            unique=True,
            postgresql_where=text("state IN ('requested', 'issued')"),
        ),
        Index(
            "ix_guarantee_letter_clock",
            "client_id",
            "valid_until",
            postgresql_where=text("state = 'issued'"),
        ),
    )

    number: Mapped[str]
    member_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(default=LetterKind.INITIAL)
    state: Mapped[str] = mapped_column(default=LetterState.REQUESTED)
    care: Mapped[str] = mapped_column(default=Care.INPATIENT)
    provider_id: Mapped[UUID | None]
    provider_name: Mapped[str]
    """As the hospital calls itself in the network, or as the person who asked named it."""
    admission_on: Mapped[date]
    days: Mapped[int] = mapped_column(SmallInteger, default=1)
    """How many days the letter is for."""
    sent_by_doctor: Mapped[bool | None]
    expected_hours: Mapped[int | None]
    emergency: Mapped[bool] = mapped_column(default=False)
    case_id: Mapped[UUID | None]
    requested_at: Mapped[datetime]
    issued_at: Mapped[datetime | None]
    valid_until: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None]
    statement: Mapped[str | None]
    """HR's words about the card."""
    ended_at: Mapped[datetime | None]
    void_reason: Mapped[str | None]
    currency: Mapped[str]
    promised_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    room: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The situation of the room as the hospital told it, and the class that was decided."""
    admitted_at: Mapped[datetime | None]
    discharged_at: Mapped[datetime | None]
    billed_minor: Mapped[int | None] = mapped_column(BigInteger)
    plan_minor: Mapped[int | None] = mapped_column(BigInteger)
    other_minor: Mapped[int | None] = mapped_column(BigInteger)
    cost_minor: Mapped[int | None] = mapped_column(BigInteger)
    claim_minor: Mapped[int | None] = mapped_column(BigInteger)
    provider_minor: Mapped[int | None] = mapped_column(BigInteger)
    claim_due_on: Mapped[date | None]
    reckoning: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """The steps of the rules behind the figures, as the engine left them."""
    collected_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    left_at: Mapped[datetime | None]
    discharge_wanted_at: Mapped[datetime | None]
    """When the hospital was asked for a discharge that did not come."""
    discharge_raised_at: Mapped[datetime | None]
    """Since when the stay is claims' work, because it never came."""
    handed_over_at: Mapped[datetime | None]
    """Since when the hospital's bill counts in its stead."""

    @property
    def standing(self) -> Standing:
        """The letter as the rules see it."""
        return Standing(LetterState(self.state), self.valid_until)

    @property
    def promised(self) -> Money:
        """What the letter promises the hospital."""
        return Money(self.promised_minor, self.currency)

    @property
    def settled(self) -> dict[str, Money] | None:
        """The six figures of the bill, once it is final."""
        if self.billed_minor is None:
            return None
        return {name: Money(getattr(self, f"{name}_minor"), self.currency) for name in _SIX_FIGURES}


class GuaranteeAsk(OfClient, Base):
    """One thing a hospital asks of a letter, and what became of it.

    ``sealed`` holds what is medical about it: for the doctor, claims staff, the hospital and the member only.
    ``answer`` is what the hospital and the member read: which papers are wanted, why it was refused.
    """

    __tablename__ = "guarantee_ask"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "letter_id"], ["guarantee_letter.client_id", "guarantee_letter.id"]),
        CheckConstraint(_one_of("kind", AskKind), name="kind"),
        CheckConstraint(_one_of("state", AskState), name="state"),
        CheckConstraint("days >= 0 AND asked_minor >= 0 AND granted_minor >= 0", name="figures"),
        CheckConstraint("(state = 'waiting') = (answer_by IS NOT NULL)", name="clock"),
        CheckConstraint("state <> 'refused' OR answer IS NOT NULL", name="refused_why"),
        Index(None, "client_id", "letter_id", "created_at", "id"),
        Index(
            "uq_guarantee_ask_open",
            "client_id",
            "letter_id",
            unique=True,
            postgresql_where=text("state IN ('waiting', 'papers_wanted')"),
        ),
        Index("ix_guarantee_ask_clock", "client_id", "answer_by", "id", postgresql_where=text("state = 'waiting'")),
    )

    letter_id: Mapped[UUID]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default=AskState.WAITING)
    days: Mapped[int] = mapped_column(SmallInteger, default=0)
    asked_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    granted_minor: Mapped[int | None] = mapped_column(BigInteger)
    lines: Mapped[list[Any]] = mapped_column(default=list)
    """The positions of the estimate or of the bill."""
    for_doctor: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    """The role of whoever asked."""
    running_since: Mapped[datetime | None]
    worked_seconds: Mapped[int] = mapped_column(default=0)
    answer_by: Mapped[datetime | None]
    told: Mapped[list[Any]] = mapped_column(default=list)
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]
    answer: Mapped[str | None]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    papers: Mapped[list[Any]] = mapped_column(default=list)

    @property
    def turnaround(self) -> Turnaround:
        """The clock as the rules see it."""
        return Turnaround(timedelta(seconds=self.worked_seconds), self.running_since)
