"""Tables of the referrals domain: the referral, its steps and visits, medicine handed out, and what was asked for."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.providers.rules import Tier
from backend.referrals.rules import Kind, Link, Origin, State


def _one_of(column: str, values: type[StrEnum]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


def _of_member() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"])


def _of_referral(column: str = "referral_id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", column], ["referral.client_id", "referral.id"])


class RequestState(StrEnum):
    """Where something a member asked for stands."""

    OPEN = "open"
    ISSUED = "issued"
    REFUSED = "refused"


class StepKind(StrEnum):
    """What happened to a referral."""

    ISSUED = "issued"
    ACCEPTED = "accepted"
    VISITED = "visited"
    SUPPLIED = "supplied"
    COMPLETED = "completed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Referral(OfClient, Base):
    """One step of a chain; ``chain_id`` is its first referral, ``earlier_id`` the one it follows from.

    The diagnosis is sealed for this row: HR and lists never open it. Without ``to_provider_id`` any facility of the
    tier and specialty may accept.
    """

    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("client_id", "code"),
        _of_member(),
        _of_referral("earlier_id"),
        CheckConstraint(_one_of("kind", Kind), name="kind"),
        CheckConstraint(_one_of("origin", Origin), name="origin"),
        CheckConstraint(_one_of("state", State), name="state"),
        CheckConstraint(_one_of("from_tier", Tier), name="from_tier"),
        CheckConstraint(_one_of("to_tier", Tier), name="to_tier"),
        CheckConstraint("visits_used BETWEEN 0 AND visits_allowed", name="visits"),
        CheckConstraint("valid_until >= valid_from", name="period"),
        CheckConstraint("(accepted_by IS NULL) = (accepted_at IS NULL)", name="accepted"),
        CheckConstraint("state NOT IN ('accepted', 'completed') OR accepted_by IS NOT NULL", name="accepted_by"),
        CheckConstraint("(kind = 'back') = (condition IS NOT NULL)", name="condition"),
        CheckConstraint("earlier_id IS NOT NULL OR chain_id = id", name="first_of_chain"),
        CheckConstraint("earlier_id IS NULL OR earlier_id <> id", name="follows_another"),
        Index(None, "client_id", "member_id", "created_at", "id"),
        Index(None, "client_id", "chain_id"),
        Index(None, "client_id", "to_provider_id", "created_at", "id"),
        Index(None, "client_id", "accepted_by", "created_at", "id"),
        Index(None, "client_id", "from_provider_id", "created_at", "id"),
        Index(
            "ix_referral_clock",
            "client_id",
            "valid_until",
            "id",
            postgresql_where=text("state IN ('issued', 'accepted')"),
        ),
        Index(
            "uq_referral_paid_visit",
            "client_id",
            "source_id",
            unique=True,
            postgresql_where=text("origin = 'reimbursed_visit' AND state <> 'cancelled'"),
        ),
    )

    code: Mapped[str]
    member_id: Mapped[UUID]
    kind: Mapped[str]
    origin: Mapped[str]
    state: Mapped[str] = mapped_column(default=State.ISSUED)
    chain_id: Mapped[UUID]
    earlier_id: Mapped[UUID | None]
    from_tier: Mapped[str]
    from_provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    to_tier: Mapped[str]
    to_provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    specialty: Mapped[str]
    diagnosis_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    emergency: Mapped[bool] = mapped_column(default=False)
    source_id: Mapped[UUID | None]
    """The teleconsultation or the claim it was written from."""
    doctor: Mapped[str | None]
    """Who referred, as the paper says."""
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    visits_allowed: Mapped[int] = mapped_column(SmallInteger)
    visits_used: Mapped[int] = mapped_column(SmallInteger, default=0)
    last_visit_on: Mapped[date | None]
    return_until: Mapped[date | None]
    """The last day on which the patient may come back to ``accepted_by`` without a new first-level visit."""
    accepted_by: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    condition: Mapped[str | None]
    """Of a back-referral: the code of the chronic illness."""
    certified_by: Mapped[str | None]
    certified_on: Mapped[date | None]
    review_on: Mapped[date | None]
    reminded_for: Mapped[date | None]
    """The day of the last reminder that was given: each day of the contract's list once."""

    @property
    def link(self) -> Link:
        """The referral as the rules see it."""
        return Link(
            code=self.code,
            kind=Kind(self.kind),
            state=State(self.state),
            to_tier=Tier(self.to_tier),
            specialty=self.specialty,
            valid_until=self.valid_until,
            named=self.to_provider_id,
            facility=self.accepted_by,
            visits_allowed=self.visits_allowed,
            visits_used=self.visits_used,
            last_visit_on=self.last_visit_on,
            return_until=self.return_until,
        )


class ReferralStep(OfClient, Base):
    """One step in the life of a referral; rows are only ever added."""

    __tablename__ = "referral_step"
    __table_args__ = (
        _of_referral(),
        CheckConstraint(_one_of("kind", StepKind), name="kind"),
        Index(None, "client_id", "referral_id", "created_at"),
    )

    referral_id: Mapped[UUID]
    kind: Mapped[str]
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Days and numbers of the step, nothing medical."""


class ReferralVisit(OfClient, Base):
    """A day on which a code was used: once a day, however often a desk presses the button."""

    __tablename__ = "referral_visit"
    __table_args__ = (_of_referral(), UniqueConstraint("client_id", "referral_id", "visited_on"))

    referral_id: Mapped[UUID]
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    visited_on: Mapped[date]


class ChronicSupply(OfClient, Base):
    """Medicine handed out under a back-referral; which medicine stands in the prescription."""

    __tablename__ = "chronic_supply"
    __table_args__ = (
        _of_member(),
        _of_referral(),
        UniqueConstraint("client_id", "referral_id", "dispensed_on"),
        CheckConstraint("days > 0", name="days"),
        Index(None, "client_id", "member_id", "dispensed_on"),
    )

    member_id: Mapped[UUID]
    referral_id: Mapped[UUID]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    dispensed_on: Mapped[date]
    days: Mapped[int] = mapped_column(SmallInteger)


class ReferralRequest(OfClient, Base):
    """What a member asked for and a doctor decides; the reason in the member's words is sealed."""

    __tablename__ = "referral_request"
    __table_args__ = (
        _of_member(),
        _of_referral(),
        _of_referral("earlier_id"),
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        ForeignKeyConstraint(["client_id", "case_id"], ["helpline_case.client_id", "helpline_case.id"]),
        CheckConstraint(_one_of("kind", Kind), name="kind"),
        CheckConstraint(_one_of("state", RequestState), name="state"),
        CheckConstraint("(state = 'issued') = (referral_id IS NOT NULL)", name="issued"),
        Index(None, "client_id", "member_id", "created_at", "id"),
        Index(
            "uq_referral_request_open",
            "client_id",
            "member_id",
            "kind",
            "specialty",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
    )

    member_id: Mapped[UUID]
    kind: Mapped[str]
    specialty: Mapped[str]
    state: Mapped[str] = mapped_column(default=RequestState.OPEN)
    reason_cipher: Mapped[bytes | None] = mapped_column(LargeBinary)
    earlier_id: Mapped[UUID | None]
    claim_id: Mapped[UUID | None]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    """The first-tier clinic that is asked; empty: the doctor on duty."""
    case_id: Mapped[UUID | None]
    referral_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    note: Mapped[str | None]
    """Why it was refused; the member reads it."""
