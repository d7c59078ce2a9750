"""Cases: what a person of the helpline has to do for somebody, and everything that happened to it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.kit import clock


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    TAKEN = "taken"
    CLOSED = "closed"


class Priority(StrEnum):
    """How long a case may wait."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


class Desk(StrEnum):
    """Whose queue a case waits in."""

    HELPLINE = "helpline"
    DOCTOR = "doctor"


def _of_case() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", "case_id"], ["helpline_case.client_id", "helpline_case.id"])


class HelplineCase(OfClient, Base):
    """One matter for a person; named with its domain because CASE is a word of SQL.

    ``rank`` is the priority as a number (0 first), so that the queue is read from its index. ``assigned_to`` of an
    open case is whom it is offered to, of a taken one who works on it. ``waiting_since`` is the moment of the
    first word nobody has answered, after our answer the moment of that answer; ``due_at`` is empty while nothing
    waits for us. ``version`` counts the steps of people; ``filled`` is what forms had collected before.
    """

    __tablename__ = "helpline_case"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        ForeignKeyConstraint(["client_id", "conversation_id"], ["conversation.client_id", "conversation.id"]),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        CheckConstraint("state IN ('open', 'taken', 'closed')", name="state"),
        CheckConstraint("priority IN ('urgent', 'high', 'normal')", name="priority"),
        CheckConstraint("desk IN ('helpline', 'doctor')", name="desk"),
        Index("ix_helpline_case_queue", "client_id", "state", "rank", "waiting_since", "id"),
        Index("ix_helpline_case_assigned", "client_id", "assigned_to", "state"),
        Index("ix_helpline_case_conversation", "client_id", "conversation_id"),
        Index("ix_helpline_case_member", "client_id", "member_id"),
        Index("ix_helpline_case_opened", "client_id", "created_at"),
        Index("ix_helpline_case_closed", "client_id", "closed_at"),
    )

    number: Mapped[str]
    conversation_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    reason: Mapped[str]
    priority: Mapped[str]
    rank: Mapped[int]
    state: Mapped[str] = mapped_column(default=CaseState.OPEN)
    summary: Mapped[str]
    language: Mapped[str]
    channel: Mapped[str]
    desk: Mapped[str] = mapped_column(default=Desk.HELPLINE)
    version: Mapped[int] = mapped_column(default=1)
    filled: Mapped[dict[str, Any]] = mapped_column(default=dict)
    waiting_since: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime | None]
    first_reply_at: Mapped[datetime | None]
    assigned_to: Mapped[UUID | None]
    assigned_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class CaseEvent(OfClient, Base):
    """One step in the life of a case: opened, joined, taken, replied, noted, closed.

    ``version`` is the version of the case after the step; steps that are nobody's work keep the version there was.
    """

    __tablename__ = "case_event"
    __table_args__ = (
        _of_case(),
        Index("ix_case_event_case", "client_id", "case_id", "created_at"),
    )

    case_id: Mapped[UUID]
    kind: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    actor_role: Mapped[str]
    actor_id: Mapped[UUID | None]
    text: Mapped[str | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class CaseWatch(OfClient, Base):
    """That somebody has a case open: until when they looked, typed, and what they have read of the thread."""

    __tablename__ = "case_watch"
    __table_args__ = (_of_case(), UniqueConstraint("client_id", "case_id", "staff_id"))

    case_id: Mapped[UUID]
    staff_id: Mapped[UUID]
    since: Mapped[datetime] = mapped_column(default=clock.now)
    looked_at: Mapped[datetime | None]
    typed_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]


class MedicalNote(OfClient, Base):
    """What a doctor wrote down, sealed. Row-level security shows the rows to a doctor's sign-in only."""

    __tablename__ = "medical_note"
    __table_args__ = (
        _of_case(),
        CheckConstraint("outcome IN ('advice', 'teleconsultation', 'referral', 'ambulance')", name="outcome"),
        Index("ix_medical_note_case", "client_id", "case_id", "created_at"),
    )

    case_id: Mapped[UUID]
    doctor_id: Mapped[UUID]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    outcome: Mapped[str | None]


class Satisfaction(OfClient, Base):
    """The one question after a closed case, and its answer: 1 (bad) to 5 (very good)."""

    __tablename__ = "satisfaction"
    __table_args__ = (
        _of_case(),
        ForeignKeyConstraint(["client_id", "follow_up_id"], ["helpline_case.client_id", "helpline_case.id"]),
        UniqueConstraint("client_id", "case_id"),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        Index("ix_satisfaction_asked", "client_id", "asked_at"),
    )

    case_id: Mapped[UUID]
    conversation_id: Mapped[UUID]
    channel: Mapped[str]
    language: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    answered_at: Mapped[datetime | None]
    score: Mapped[int | None]
    follow_up_id: Mapped[UUID | None]
