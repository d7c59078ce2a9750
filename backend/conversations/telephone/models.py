"""What became of a call that asked for a person. Twilio's queue is transport; these rows are the record."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.kit import clock


class Outcome(StrEnum):
    """How a call left the queue."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    CALLBACK = "callback"
    VOICEMAIL = "voicemail"


class CallbackState(StrEnum):
    """Where a call-back stands. ``failed`` means that the member was told we could not reach them."""

    DUE = "due"
    CALLING = "calling"
    DONE = "done"
    FAILED = "failed"


class RecordingState(StrEnum):
    """Where the sound is: at Twilio only, with us and still at Twilio, with us only, nowhere any more."""

    THERE = "there"
    STORED = "stored"
    OURS = "ours"
    FORGOTTEN = "forgotten"


def _of_call() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", "call_id"], ["call.client_id", "call.id"])


def _of_conversation() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", "conversation_id"], ["conversation.client_id", "conversation.id"])


def _of_case() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", "case_id"], ["helpline_case.client_id", "helpline_case.id"])


class QueuedCall(OfClient, Base):
    """A call that waits, or waited, for a person.

    ``rank`` orders the queue (0 is an emergency, then helpline/rules/cases.py: RANK). ``queue`` is the name of the
    Twilio queue that holds this call and no other; ``heard_at`` the last sign of life while it waits. ``claimed_by``
    is the agent whose telephone is ringing for it, ``answered_by`` who was joined with the caller.
    """

    __tablename__ = "queued_call"
    __table_args__ = (
        _of_call(),
        _of_conversation(),
        _of_case(),
        CheckConstraint("desk IN ('helpline', 'doctor')", name="desk"),
        CheckConstraint("outcome IN ('answered', 'abandoned', 'callback', 'voicemail')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (left_at IS NULL)", name="left_with_an_outcome"),
        Index("uq_queued_call_waiting", "client_id", "call_id", unique=True, postgresql_where=text("left_at IS NULL")),
        Index(
            "ix_queued_call_waiting",
            "client_id",
            "desk",
            "rank",
            "entered_at",
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("ix_queued_call_entered", "client_id", "entered_at"),
        Index("ix_queued_call_left", "client_id", "desk", "left_at"),
        Index("ix_queued_call_conversation", "client_id", "conversation_id"),
    )

    call_id: Mapped[UUID]
    conversation_id: Mapped[UUID]
    case_id: Mapped[UUID | None]
    desk: Mapped[str]
    rank: Mapped[int]
    language: Mapped[str]
    queue: Mapped[str]
    queue_sid: Mapped[str | None]
    entered_at: Mapped[datetime] = mapped_column(default=clock.now)
    heard_at: Mapped[datetime] = mapped_column(default=clock.now)
    claimed_by: Mapped[UUID | None]
    claimed_at: Mapped[datetime | None]
    agent_phone: Mapped[str | None]
    agent_sid: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None]
    left_at: Mapped[datetime | None]
    outcome: Mapped[str | None]


class Callback(OfClient, Base):
    """A promise to call somebody back: from ``due_from`` on, at most three times.

    ``queued_call_id`` is the place in the queue that was given up for it; empty when the desk was closed. One that
    a doctor asks for in a teleconsultation follows no call.
    """

    __tablename__ = "callback"
    __table_args__ = (
        _of_call(),
        _of_conversation(),
        _of_case(),
        ForeignKeyConstraint(["client_id", "queued_call_id"], ["queued_call.client_id", "queued_call.id"]),
        UniqueConstraint("client_id", "call_id"),
        CheckConstraint("desk IN ('helpline', 'doctor')", name="desk"),
        CheckConstraint("state IN ('due', 'calling', 'done', 'failed')", name="state"),
        Index("ix_callback_due", "client_id", "state", "due_from"),
        Index("ix_callback_conversation", "client_id", "conversation_id"),
    )

    call_id: Mapped[UUID | None]
    queued_call_id: Mapped[UUID | None]
    conversation_id: Mapped[UUID]
    case_id: Mapped[UUID | None]
    desk: Mapped[str]
    language: Mapped[str]
    phone: Mapped[str]
    due_from: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=CallbackState.DUE)
    attempts: Mapped[int] = mapped_column(default=0)
    attempted_at: Mapped[datetime | None]
    attempted_by: Mapped[UUID | None]
    agent_phone: Mapped[str | None]
    agent_sid: Mapped[str | None]
    reached_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class RecordingConsent(OfClient, Base):
    """What a caller answered when asked whether we may record, in which language and to which words (a digest)."""

    __tablename__ = "recording_consent"
    __table_args__ = (
        _of_call(),
        UniqueConstraint("client_id", "call_id", "purpose"),
        CheckConstraint("purpose IN ('conversation', 'voicemail')", name="purpose"),
    )

    call_id: Mapped[UUID]
    purpose: Mapped[str]
    given: Mapped[bool]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    language: Mapped[str]
    wording: Mapped[str]


class CallRecording(OfClient, Base):
    """The sound of a call, made with consent only. It lies sealed in our store and is deleted at Twilio."""

    __tablename__ = "call_recording"
    __table_args__ = (
        _of_call(),
        UniqueConstraint("client_id", "recording_sid"),
        CheckConstraint("purpose IN ('conversation', 'voicemail')", name="purpose"),
        CheckConstraint("state IN ('there', 'stored', 'ours', 'forgotten')", name="state"),
        Index("ix_call_recording_call", "client_id", "call_id"),
        Index("ix_call_recording_keep_until", "client_id", "keep_until"),
    )

    call_id: Mapped[UUID]
    purpose: Mapped[str]
    recording_sid: Mapped[str]
    seconds: Mapped[int]
    state: Mapped[str] = mapped_column(default=RecordingState.THERE)
    keep_until: Mapped[date]


class Voicemail(OfClient, Base):
    """A message that was left instead of speaking to a person, and who listened to it first."""

    __tablename__ = "voicemail"
    __table_args__ = (
        _of_call(),
        _of_conversation(),
        _of_case(),
        ForeignKeyConstraint(["client_id", "recording_id"], ["call_recording.client_id", "call_recording.id"]),
        UniqueConstraint("client_id", "recording_id"),
        Index("ix_voicemail_conversation", "client_id", "conversation_id"),
    )

    call_id: Mapped[UUID]
    conversation_id: Mapped[UUID]
    case_id: Mapped[UUID | None]
    recording_id: Mapped[UUID]
    heard_at: Mapped[datetime | None]
    heard_by: Mapped[UUID | None]


class StaffPhone(OfClient, Base):
    """Where somebody of the helpline takes calls: the number they gave last."""

    __tablename__ = "staff_phone"
    __table_args__ = (UniqueConstraint("client_id", "staff_id"),)

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    phone: Mapped[str]
