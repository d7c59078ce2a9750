"""Tables of a claim: the claim, its lines, its documents, its history; what providers do unlike their peers."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient


class ClaimStatus(StrEnum):
    """How far a claim is. ``refused`` was too late or not covered; a person may still reinstate it.

    ``in_review`` waits for an analyst, ``confirming`` for a second one; ``approved``, ``partly_approved`` and
    ``rejected`` are decided, ``appealed`` is decided anew by somebody else.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETE = "complete"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    IN_REVIEW = "in_review"
    CONFIRMING = "confirming"
    APPROVED = "approved"
    PARTLY_APPROVED = "partly_approved"
    REJECTED = "rejected"
    APPEALED = "appealed"


class Claim(OfClient, Base):
    """What a member paid and asks back. ``place_region`` is the regency of treatment; amounts are minor units."""

    __tablename__ = "claim"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["provider_id"], ["provider.id"]),
        CheckConstraint("claimed_minor > 0", name="claimed_positive"),
        CheckConstraint("discharge_on >= visit_on", name="discharge_after_visit"),
        CheckConstraint("status = 'draft' OR status = 'withdrawn' OR submitted_at IS NOT NULL", name="submitted_at"),
        Index(None, "client_id", "member_id", "created_at", "id"),
        Index(None, "client_id", "status", "submitted_at", "id"),
        Index(None, "client_id", "created_at", "id"),
        Index(
            "ix_claim_invoice",
            "client_id",
            "visit_on",
            "claimed_minor",
            postgresql_where=sql("invoice_number IS NOT NULL"),
        ),
    )

    number: Mapped[str]
    member_id: Mapped[UUID]
    benefit_group: Mapped[str]
    status: Mapped[str] = mapped_column(default=ClaimStatus.DRAFT)
    visit_on: Mapped[date | None]
    discharge_on: Mapped[date | None]
    provider_id: Mapped[UUID | None]
    provider_name: Mapped[str | None]
    place_region: Mapped[str | None]
    invoice_number: Mapped[str | None]
    claimed_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    chosen_benefit: Mapped[str | None]
    """The plan's benefit that the member chose where the words of the bill leave it open."""
    circumstances: Mapped[list[Any]] = mapped_column(default=list)
    """What the member says about the treatment and that changes the checklist (``pharmacy_purchase``)."""
    channel: Mapped[str]
    missing: Mapped[list[Any]] = mapped_column(default=list)
    """Requirement codes that no document stands for; kept up to date so that a list need not work it out."""
    requested: Mapped[list[Any]] = mapped_column(default=list)
    """Requirement codes that a person asked for when the claim was returned."""
    flags: Mapped[list[Any]] = mapped_column(default=list)
    diagnosis: Mapped[str | None]
    assessment: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What an analyst read from the papers and the rules ask for (``emergency``, ``hours``, ``glasses``)."""
    submit_by: Mapped[date | None]
    resubmit_by: Mapped[date | None]
    settle_by: Mapped[date | None]
    reminded_on: Mapped[date | None]
    """When the member was last told that a returned claim is due back."""
    submitted_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    complete_at: Mapped[datetime | None]
    refusal: Mapped[str | None]


class ClaimLine(OfClient, Base):
    """One position of the bill, as the member entered it or took it over from what was read."""

    __tablename__ = "claim_line"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        UniqueConstraint("client_id", "claim_id", "position"),
        CheckConstraint("amount_minor >= 0", name="amount_not_negative"),
        CheckConstraint("accepted_minor BETWEEN 0 AND amount_minor", name="accepted"),
    )

    claim_id: Mapped[UUID]
    position: Mapped[int]
    description: Mapped[str]
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    quantity: Mapped[int] = mapped_column(default=1)
    proposed_by_document_id: Mapped[UUID | None]
    """The document whose reading the member accepted; empty when typed by hand."""
    benefit_code: Mapped[str | None]
    """The plan's benefit that an analyst put the line under; empty while nobody did."""
    item: Mapped[str] = mapped_column(default="other")
    service_code: Mapped[str | None]
    diagnosis: Mapped[str | None]
    accepted_minor: Mapped[int | None] = mapped_column(BigInteger)
    finding: Mapped[str | None]
    """What of the line a doctor of ours found adequate, and why not more (S2-41)."""


class ClaimDocument(OfClient, Base):
    """A document that stands for a requirement of a claim; one photo may stand for several."""

    __tablename__ = "claim_document"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        # A document that is forgotten after its last day takes its mention with it.
        ForeignKeyConstraint(["client_id", "document_id"], ["document.client_id", "document.id"], ondelete="CASCADE"),
        UniqueConstraint("client_id", "claim_id", "document_id", "requirement"),
        Index(None, "client_id", "document_id"),
    )

    claim_id: Mapped[UUID]
    document_id: Mapped[UUID]
    requirement: Mapped[str]


class ClaimEvent(OfClient, Base):
    """One step in the life of a claim; rows are only ever added."""

    __tablename__ = "claim_event"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        Index(None, "client_id", "claim_id", "created_at"),
    )

    claim_id: Mapped[UUID]
    status: Mapped[str]
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    reason: Mapped[str | None]
    note: Mapped[str | None]
    missing: Mapped[list[Any]] = mapped_column(default=list)


class ClaimDecision(OfClient, Base):
    """Who decided a claim by which judgement; a later decision replaces it and leaves it where it is.

    ``waiting`` is an analyst's decision that a second person has not confirmed yet.
    """

    __tablename__ = "claim_decision"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        ForeignKeyConstraint(["client_id", "judgement_id"], ["judgement.client_id", "judgement.id"]),
        CheckConstraint("kind IN ('automatic', 'analyst', 'appeal')", name="kind"),
        CheckConstraint("state IN ('waiting', 'in_force', 'replaced')", name="state"),
        CheckConstraint("kind = 'automatic' OR decided_by IS NOT NULL", name="somebody"),
        CheckConstraint("confirmed_by <> decided_by", name="second_person"),
        Index(None, "client_id", "claim_id", "created_at"),
        Index(
            "uq_claim_decision_open",
            "client_id",
            "claim_id",
            "state",
            unique=True,
            postgresql_where=sql("state <> 'replaced'"),
        ),
    )

    claim_id: Mapped[UUID]
    judgement_id: Mapped[UUID]
    kind: Mapped[str]
    state: Mapped[str]
    decided_by: Mapped[UUID | None]
    confirmed_by: Mapped[UUID | None]
    confirmed_at: Mapped[datetime | None]
    note: Mapped[str | None]
    payable_id: Mapped[UUID | None]


class ClaimAppeal(OfClient, Base):
    """A member's objection to a decision, answered by somebody who did not make it."""

    __tablename__ = "claim_appeal"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        ForeignKeyConstraint(["client_id", "decision_id"], ["claim_decision.client_id", "claim_decision.id"]),
        Index(
            "uq_claim_appeal_open", "client_id", "claim_id", unique=True, postgresql_where=sql("answered_at IS NULL")
        ),
        Index(None, "client_id", "claim_id"),
    )

    claim_id: Mapped[UUID]
    decision_id: Mapped[UUID]
    text: Mapped[str]
    answer_by: Mapped[date]
    answered_at: Mapped[datetime | None]


class ProviderPattern(Base):
    """A habit of a provider that is far from its peers', as the last night's comparison found it, with its figures."""

    __tablename__ = "provider_pattern"
    __table_args__ = (ForeignKeyConstraint(["client_id"], ["client.id"]),)

    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(primary_key=True)
    figures: Mapped[dict[str, Any]]
    first_seen_on: Mapped[date]
    seen_on: Mapped[date]


class ProviderPatternRest(OfClient, Base):
    """A person's word that a habit has a good reason: no flag for it until that day has passed. Only ever added."""

    __tablename__ = "provider_pattern_rest"
    __table_args__ = (
        ForeignKeyConstraint(["client_id"], ["client.id"]),
        Index(None, "client_id", "provider_id"),
    )

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("provider.id"))
    reason: Mapped[str]
    until: Mapped[date]
    note: Mapped[str]
    set_by: Mapped[UUID]
