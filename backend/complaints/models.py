"""Tables of a complaint: what was said, and every step since."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.complaints.dossier.models import Dossier  # noqa: F401 - its table is one of this domain's
from backend.complaints.rules.escalation import FIRST_LEVEL
from backend.complaints.rules.priority import Priority
from backend.database import Base, OfClient


def _one_of(column: str, values: type[StrEnum]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


def _of_complaint() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", "complaint_id"], ["complaint.client_id", "complaint.id"])


class ComplaintStatus(StrEnum):
    """Where a complaint stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INFORMATION_REQUESTED = "information_requested"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What came of a complaint."""

    UPHELD = "upheld"
    PARTLY = "partly"
    REJECTED = "rejected"


class ExternalBody(StrEnum):
    """Who else can take a complaint up: the alternative dispute body of the sector, the regulator, a court."""

    LAPS_SJK = "laps_sjk"
    REGULATOR = "regulator"
    COURT = "court"


NO_INFORMATION = "no_information"
"""Why a complaint was closed without an answer: what was asked for never came."""


class StepKind(StrEnum):
    """What can happen to a complaint."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    INFORMATION_REQUESTED = "information_requested"
    INFORMATION_RECEIVED = "information_received"
    EXTENDED = "extended"
    NOTE = "note"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    OVERDUE = "overdue"
    MORE_TIME = "more_time"
    CONVERTED = "converted"
    ESCALATED = "escalated"
    REFERRED = "referred"
    ASSIGNED = "assigned"
    PRIORITY = "priority"
    SUBJECT = "subject"
    RESPONDENTS = "respondents"


class Complaint(OfClient, Base):
    """A grievance. Its words are personal: they stay in this row and in what the member reads back."""

    __tablename__ = "complaint"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(["client_id", "claim_id"], ["claim.client_id", "claim.id"]),
        ForeignKeyConstraint(["client_id", "claim_line_id"], ["claim_line.client_id", "claim_line.id"]),
        ForeignKeyConstraint(["client_id", "letter_id"], ["guarantee_letter.client_id", "guarantee_letter.id"]),
        ForeignKeyConstraint(["client_id", "call_id"], ["call.client_id", "call.id"]),
        CheckConstraint(_one_of("priority", Priority), name="priority"),
        CheckConstraint(f"outcome IS NULL OR {_one_of('outcome', Outcome)}", name="outcome"),
        CheckConstraint("(amount_minor IS NULL) = (currency IS NULL) AND amount_minor >= 0", name="amount"),
        CheckConstraint("(status = 'information_requested') = (information_by IS NOT NULL)", name="waits_until"),
        CheckConstraint("acknowledge_by <= resolve_by", name="acknowledged_before_resolved"),
        Index(None, "client_id", "member_id", "created_at", "id"),
        Index(None, "client_id", "status", "resolve_by", "id"),
        Index(
            "ix_complaint_clock",
            "client_id",
            "resolve_by",
            "id",
            postgresql_where=text("status IN ('received', 'acknowledged')"),
        ),
        Index(
            "ix_complaint_information",
            "client_id",
            "information_by",
            "id",
            postgresql_where=text("information_by IS NOT NULL"),
        ),
        Index(None, "client_id", "handler_id", "resolve_by"),
    )

    number: Mapped[str]
    member_id: Mapped[UUID]
    claim_id: Mapped[UUID | None]
    claim_line_id: Mapped[UUID | None]
    letter_id: Mapped[UUID | None]
    call_id: Mapped[UUID | None]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    product: Mapped[str | None]
    """The product of the contract that was in force when it came in."""
    amount_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    category: Mapped[str]
    priority: Mapped[str] = mapped_column(default=Priority.NORMAL)
    text: Mapped[str]
    channel: Mapped[str]
    spoken: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[str] = mapped_column(default=ComplaintStatus.RECEIVED)
    rule_set: Mapped[str]
    """Code and version of the rule set whose days count, fixed when the complaint came in."""
    received_at: Mapped[datetime]
    complete_at: Mapped[datetime | None]
    """When the papers of a written complaint were complete; its clock starts here. Empty while we wait."""
    acknowledge_by: Mapped[date]
    resolve_by: Mapped[date]
    information_by: Mapped[date | None]
    """The complainant's last day for what we asked for; set while we wait and nothing else."""
    information_extended: Mapped[bool] = mapped_column(default=False)
    resolve_by_before: Mapped[date | None]
    """Our last day as it stood when we asked."""
    days_left: Mapped[int | None]
    """Working days that go on counting once it came."""
    extended_at: Mapped[datetime | None]
    extension_reason: Mapped[str | None]
    converted_at: Mapped[datetime | None]
    handler_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    level: Mapped[int] = mapped_column(default=FIRST_LEVEL)
    acknowledged_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str | None]
    outcome: Mapped[str | None]
    redress: Mapped[str | None]
    overdue_at: Mapped[datetime | None]
    reopened_count: Mapped[int] = mapped_column(default=0)


class ComplaintStep(OfClient, Base):
    """One step; rows are only ever added. ``internal`` notes are for staff."""

    __tablename__ = "complaint_step"
    __table_args__ = (
        _of_complaint(),
        Index(None, "client_id", "complaint_id", "created_at"),
        Index(None, "client_id", "kind", "created_at"),
    )

    complaint_id: Mapped[UUID]
    kind: Mapped[str]
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    note: Mapped[str | None]
    internal: Mapped[bool] = mapped_column(Boolean, default=False)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Deadlines as this step left them."""


class ComplaintRespondent(OfClient, Base):
    """Somebody of the staff whom a complaint is about: they neither see nor handle it."""

    __tablename__ = "complaint_respondent"
    __table_args__ = (_of_complaint(), UniqueConstraint("client_id", "complaint_id", "staff_id"))

    complaint_id: Mapped[UUID]
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))


class ComplaintDocument(OfClient, Base):
    """A photo or PDF that goes with a complaint."""

    __tablename__ = "complaint_document"
    __table_args__ = (
        _of_complaint(),
        # A document that is forgotten after its last day takes its mention with it.
        ForeignKeyConstraint(["client_id", "document_id"], ["document.client_id", "document.id"], ondelete="CASCADE"),
        UniqueConstraint("client_id", "complaint_id", "document_id"),
        Index(None, "client_id", "document_id"),
    )

    complaint_id: Mapped[UUID]
    document_id: Mapped[UUID]


class ComplaintNotice(OfClient, Base):
    """A warning, breach, escalation or reminder that was given for one deadline: each once, whoever runs the jobs."""

    __tablename__ = "complaint_notice"
    __table_args__ = (
        _of_complaint(),
        UniqueConstraint("client_id", "complaint_id", "kind", "due_on", "step"),
    )

    complaint_id: Mapped[UUID]
    kind: Mapped[str]
    due_on: Mapped[date]
    step: Mapped[int] = mapped_column(default=0)
    told: Mapped[list[Any]] = mapped_column(default=list)
    """Ids of the staff who were told."""


class ComplaintReferral(OfClient, Base):
    """A complaint that went to somebody outside, with the number it has there; rows are only ever added."""

    __tablename__ = "complaint_referral"
    __table_args__ = (
        _of_complaint(),
        UniqueConstraint("client_id", "complaint_id", "body", "number"),
        CheckConstraint(_one_of("body", ExternalBody), name="body"),
        Index(None, "client_id", "referred_on"),
    )

    complaint_id: Mapped[UUID]
    body: Mapped[str]
    number: Mapped[str]
    referred_on: Mapped[date]


class RegulatorReport(OfClient, Base):
    """A quarter's report: when its last day is, when the admin was reminded, and when it went out."""

    __tablename__ = "regulator_report"
    __table_args__ = (UniqueConstraint("client_id", "quarter"),)

    quarter: Mapped[str]
    due_on: Mapped[date]
    reminded_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    reference: Mapped[str | None]
    sent_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
