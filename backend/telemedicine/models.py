"""Tables of telemedicine. What is medical lies sealed: answers, diagnoses, advice, what is prescribed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
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
from backend.telemedicine.rules.repeats import Approval, Sheet
from backend.telemedicine.rules.states import OPEN, Standing, State


def _one_of(column: str, values: type[StrEnum]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


_IS_OPEN = "state IN ({})".format(", ".join(f"'{state}'" for state in sorted(OPEN)))


def _of_consultation() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", "consultation_id"], ["teleconsultation.client_id", "teleconsultation.id"])


def _of_member() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"])


class Teleconsultation(OfClient, Base):
    """One consultation: asked for now or for a time, taken by a doctor, ended with what came of it.

    ``member_id`` is the patient, the thread belongs to whoever asked. ``queued_at`` is since when it waits and stays
    when a doctor gives it back; ``rank`` 0 goes before 1. ``room`` is a secret part of a video link.
    """

    __tablename__ = "teleconsultation"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        _of_member(),
        ForeignKeyConstraint(["client_id", "conversation_id"], ["conversation.client_id", "conversation.id"]),
        ForeignKeyConstraint(["client_id", "case_id"], ["helpline_case.client_id", "helpline_case.id"]),
        ForeignKeyConstraint(["doctor_id"], ["staff.id"]),
        CheckConstraint(_one_of("state", State), name="state"),
        CheckConstraint(
            "state <> 'scheduled' OR (starts_at IS NOT NULL AND doctor_id IS NOT NULL)", name="appointment"
        ),
        CheckConstraint("state NOT IN ('called', 'in_progress', 'ended') OR doctor_id IS NOT NULL", name="its_doctor"),
        CheckConstraint("fee_minor >= 0", name="fee"),
        Index(None, "client_id", "member_id", "created_at", "id"),
        Index("uq_teleconsultation_open", "client_id", "member_id", unique=True, postgresql_where=text(_IS_OPEN)),
        Index(
            "uq_teleconsultation_slot",
            "client_id",
            "doctor_id",
            "starts_at",
            unique=True,
            postgresql_where=text("state = 'scheduled'"),
        ),
        Index("ix_teleconsultation_queue", "client_id", "state", "rank", "queued_at", "id"),
        Index("ix_teleconsultation_doctor", "client_id", "doctor_id", "state"),
        Index("ix_teleconsultation_ended", "client_id", "ended_at"),
    )

    number: Mapped[str]
    member_id: Mapped[UUID]
    asked_by: Mapped[UUID]
    """The member who asked: the patient, or who acts for them."""
    conversation_id: Mapped[UUID]
    case_id: Mapped[UUID | None]
    complaint: Mapped[str]
    answers: Mapped[bytes | None] = mapped_column(LargeBinary)
    danger: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[str]
    rank: Mapped[int] = mapped_column(default=1)
    language: Mapped[str]
    channel: Mapped[str]
    starts_at: Mapped[datetime | None]
    queued_at: Mapped[datetime | None]
    doctor_id: Mapped[UUID | None]
    called_at: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    room: Mapped[str]
    benefit_code: Mapped[str | None]
    fee_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    currency: Mapped[str] = mapped_column(String(3))
    diagnoses: Mapped[bytes | None] = mapped_column(LargeBinary)
    advice: Mapped[bytes | None] = mapped_column(LargeBinary)
    follow_up_on: Mapped[date | None]
    follow_up_told_at: Mapped[datetime | None]
    referral_code: Mapped[str | None]

    @property
    def standing(self) -> Standing:
        """The consultation as the rules see it."""
        return Standing(State(self.state), self.doctor_id, self.starts_at, self.called_at, self.diagnoses is not None)


class TeleconsultationStep(OfClient, Base):
    """One move of a consultation: from which state to which, by whom."""

    __tablename__ = "teleconsultation_step"
    __table_args__ = (
        _of_consultation(),
        Index("ix_teleconsultation_step_consultation", "client_id", "consultation_id", "created_at"),
    )

    consultation_id: Mapped[UUID]
    move: Mapped[str]
    state: Mapped[str]
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    why: Mapped[str | None]


class Prescription(OfClient, Base):
    """What a pharmacy dispenses; ``repeats`` are those written for each item, ``items`` lie sealed.

    ``approved_*`` is the medical team's written word for more than the contract allows.
    """

    __tablename__ = "prescription"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        _of_consultation(),
        _of_member(),
        ForeignKeyConstraint(["doctor_id"], ["staff.id"]),
        CheckConstraint("(approved_repeats IS NULL) = (approved_until IS NULL)", name="approval"),
        CheckConstraint("approved_repeats IS NULL OR approval_text IS NOT NULL", name="approved_in_writing"),
        CheckConstraint("approved_repeats BETWEEN 1 AND 12", name="approved_repeats"),
        Index("ix_prescription_consultation", "client_id", "consultation_id"),
        Index("ix_prescription_member", "client_id", "member_id", "created_at"),
    )

    number: Mapped[str]
    consultation_id: Mapped[UUID]
    member_id: Mapped[UUID]
    doctor_id: Mapped[UUID]
    written_on: Mapped[date]
    items: Mapped[bytes] = mapped_column(LargeBinary)
    repeats: Mapped[list[Any]]
    withdrawn_at: Mapped[datetime | None]
    approved_repeats: Mapped[int | None]
    approved_until: Mapped[date | None]
    approved_by: Mapped[UUID | None]
    approval_text: Mapped[str | None]

    @property
    def sheet(self) -> Sheet:
        """The prescription as the rules see it."""
        return Sheet(self.written_on, tuple(self.repeats), self.withdrawn_at is not None)

    @property
    def approval(self) -> Approval | None:
        """The medical team's word, when there is one."""
        if self.approved_repeats is None or self.approved_until is None:
            return None
        return Approval(self.approved_repeats, self.approved_until)


class Dispensing(OfClient, Base):
    """One time that a pharmacy dispensed a prescription; the first is ``ordinal`` 1."""

    __tablename__ = "dispensing"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "prescription_id"], ["prescription.client_id", "prescription.id"]),
        UniqueConstraint("client_id", "prescription_id", "ordinal"),
        CheckConstraint("ordinal BETWEEN 1 AND 13", name="ordinal"),
    )

    prescription_id: Mapped[UUID]
    ordinal: Mapped[int]
    dispensed_on: Mapped[date]
    provider_id: Mapped[UUID | None] = mapped_column(ForeignKey("provider.id"))
    dispensed_by: Mapped[UUID | None]


class RestCertificate(OfClient, Base):
    """That somebody needs rest, for the employer: days and no reason."""

    __tablename__ = "rest_certificate"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        _of_consultation(),
        _of_member(),
        ForeignKeyConstraint(["doctor_id"], ["staff.id"]),
        CheckConstraint("until_on >= from_on", name="days"),
        Index(
            "uq_rest_certificate_consultation",
            "client_id",
            "consultation_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_rest_certificate_member", "client_id", "member_id"),
    )

    number: Mapped[str]
    consultation_id: Mapped[UUID]
    member_id: Mapped[UUID]
    doctor_id: Mapped[UUID]
    from_on: Mapped[date]
    until_on: Mapped[date]
    issued_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
