"""Every SELECT of calls between the bot and a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, or_, select, tuple_

from backend.access import Scope
from backend.conversations.models import Call, ContactIdentifier, Conversation
from backend.conversations.telephone.models import (
    Callback,
    CallbackState,
    CallRecording,
    Outcome,
    QueuedCall,
    RecordingConsent,
    RecordingState,
    StaffPhone,
    Voicemail,
)
from backend.errors import NotFound
from backend.helpline.models import HelplineCase
from backend.members.models import Member

_MOST_TALKS = 50


def waiting_calls(scope: Scope, desk: str | None = None) -> list[QueuedCall]:
    """Calls nobody has answered yet, in the order they are taken: emergencies first, then who waits longest."""
    query = select(QueuedCall).where(*_waiting(scope))
    if desk is not None:
        query = query.where(QueuedCall.desk == desk)
    return list(scope.session.scalars(query.order_by(QueuedCall.rank, QueuedCall.entered_at, QueuedCall.id)))


def _waiting(scope: Scope) -> tuple[Any, ...]:
    return QueuedCall.client_id == scope.client_id, QueuedCall.left_at.is_(None), QueuedCall.answered_at.is_(None)


def call_by_token(scope: Scope, token: str, call_sid: str) -> Call:
    """The call that an address names, when Twilio says the same call; raises NotFound."""
    query = select(Call).where(Call.client_id == scope.client_id, Call.token == token, Call.call_sid == call_sid)
    found = scope.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise NotFound()
    return found


def call(scope: Scope, call_id: UUID) -> Call:
    """A call; raises NotFound."""
    found = scope.session.get(Call, (scope.client_id, call_id))
    if found is None:
        raise NotFound()
    return found


def queued_call(scope: Scope, queued_id: UUID, *, lock: bool = False) -> QueuedCall:
    """A place in the queue; raises NotFound. ``lock`` holds it until the end of the transaction."""
    found = scope.session.get(
        QueuedCall, (scope.client_id, queued_id), with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise NotFound()
    return found


def open_place(scope: Scope, call_id: UUID) -> QueuedCall | None:
    """Where a call waits or is being talked to, locked; None when it is in no queue."""
    query = select(QueuedCall).where(
        QueuedCall.client_id == scope.client_id, QueuedCall.call_id == call_id, QueuedCall.left_at.is_(None)
    )
    return scope.session.scalars(query.with_for_update()).one_or_none()


def position(scope: Scope, row: QueuedCall) -> int:
    """The place of a waiting call at its desk; 1 is next."""
    before = tuple_(QueuedCall.rank, QueuedCall.entered_at, QueuedCall.id) < (row.rank, row.entered_at, row.id)
    counted = select(func.count()).select_from(QueuedCall).where(*_waiting(scope), QueuedCall.desk == row.desk, before)
    return (scope.session.scalar(counted) or 0) + 1


def recent_talks(scope: Scope, desk: str, since: datetime) -> list[timedelta]:
    """How long the latest answered calls of a desk took."""
    query = (
        select(QueuedCall.left_at - QueuedCall.answered_at)
        .where(
            QueuedCall.client_id == scope.client_id,
            QueuedCall.desk == desk,
            QueuedCall.left_at >= since,
            QueuedCall.outcome == Outcome.ANSWERED,
            QueuedCall.answered_at.is_not(None),
        )
        .order_by(QueuedCall.left_at.desc())
    )
    return list(scope.session.scalars(query.limit(_MOST_TALKS)))


def silent_places(scope: Scope, waiting_before: datetime, talking_before: datetime) -> list[QueuedCall]:
    """Places whose call has not been heard of for too long: its end never reached us. Locked, at most 200."""
    silent = or_(
        and_(QueuedCall.answered_at.is_(None), QueuedCall.heard_at < waiting_before),
        QueuedCall.answered_at < talking_before,
    )
    query = select(QueuedCall).where(QueuedCall.client_id == scope.client_id, QueuedCall.left_at.is_(None), silent)
    return list(scope.session.scalars(query.limit(200).with_for_update(skip_locked=True)))


def shown_calls(scope: Scope) -> Sequence[Row[Any]]:
    """Waiting calls with their case and member, in the order of the queue."""
    query = _with_people(QueuedCall).where(*_waiting(scope))
    return scope.session.execute(query.order_by(QueuedCall.rank, QueuedCall.entered_at, QueuedCall.id)).all()


def shown_callbacks(scope: Scope) -> Sequence[Row[Any]]:
    """Call-backs that are still to be made, the earliest due first."""
    query = _with_people(Callback).where(
        Callback.client_id == scope.client_id,
        Callback.state.in_([CallbackState.DUE, CallbackState.CALLING]),
    )
    return scope.session.execute(query.order_by(Callback.due_from, Callback.id)).all()


def shown_callback(scope: Scope, callback_id: UUID) -> Row[Any]:
    """One call-back with its case and member; raises NotFound."""
    query = _with_people(Callback).where(Callback.client_id == scope.client_id, Callback.id == callback_id)
    found = scope.session.execute(query, execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        raise NotFound()
    return found


def _with_people(table: type[QueuedCall] | type[Callback]) -> Select[Any]:
    same_case = and_(HelplineCase.client_id == table.client_id, HelplineCase.id == table.case_id)
    same_thread = and_(Conversation.client_id == table.client_id, Conversation.id == table.conversation_id)
    person = and_(
        Member.client_id == table.client_id, Member.id == func.coalesce(HelplineCase.member_id, Conversation.member_id)
    )
    named: Any = (
        select(
            table, HelplineCase.number, Member.id.label("member_id"), Member.full_name, Member.number.label("of_member")
        )
        .join(Conversation, same_thread)
        .outerjoin(HelplineCase, same_case)
        .outerjoin(Member, person)
    )
    return named  # type: ignore[no-any-return]


def callback(scope: Scope, callback_id: UUID, *, lock: bool = False) -> Callback:
    """A call-back; raises NotFound. ``lock`` holds it until the end of the transaction."""
    found = scope.session.get(
        Callback, (scope.client_id, callback_id), with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise NotFound()
    return found


def callback_of_case(scope: Scope, case_id: UUID) -> Callback | None:
    """The call-back of a case that is still to be made."""
    query = select(Callback).where(
        Callback.client_id == scope.client_id,
        Callback.case_id == case_id,
        Callback.state.in_([CallbackState.DUE, CallbackState.CALLING]),
    )
    return scope.session.scalars(query.order_by(Callback.created_at.desc()).limit(1)).one_or_none()


def callback_of_call(scope: Scope, call_id: UUID) -> Callback | None:
    """What a call was promised."""
    query = select(Callback).where(Callback.client_id == scope.client_id, Callback.call_id == call_id)
    return scope.session.scalars(query).one_or_none()


def phone_of(scope: Scope, conversation_id: UUID) -> str | None:
    """The number a thread calls from, the latest first."""
    query = (
        select(ContactIdentifier.value)
        .where(
            ContactIdentifier.client_id == scope.client_id,
            ContactIdentifier.conversation_id == conversation_id,
            ContactIdentifier.channel == "voice",
            ContactIdentifier.kind == "phone",
        )
        .order_by(ContactIdentifier.last_seen_at.desc())
    )
    return scope.session.scalar(query.limit(1))


def phone_of_member(scope: Scope, member_id: UUID) -> str | None:
    """The number a member is enrolled with."""
    return scope.session.scalar(select(Member.phone).where(Member.client_id == scope.client_id, Member.id == member_id))


def person_of(scope: Scope, case_id: UUID | None, conversation_id: UUID) -> UUID | None:
    """Whose call it was: the member of its case, else the one its thread was linked with."""
    of_case = select(HelplineCase.member_id).where(
        HelplineCase.client_id == scope.client_id, HelplineCase.id == case_id
    )
    of_thread = select(Conversation.member_id).where(
        Conversation.client_id == scope.client_id, Conversation.id == conversation_id
    )
    return (scope.session.scalar(of_case) if case_id else None) or scope.session.scalar(of_thread)


def staff_phone(scope: Scope, staff_id: UUID) -> StaffPhone | None:
    """Where somebody takes calls."""
    query = select(StaffPhone).where(StaffPhone.client_id == scope.client_id, StaffPhone.staff_id == staff_id)
    return scope.session.scalars(query).one_or_none()


def consent(scope: Scope, call_id: UUID, purpose: str) -> RecordingConsent | None:
    """What a caller answered about being recorded."""
    query = select(RecordingConsent).where(
        RecordingConsent.client_id == scope.client_id,
        RecordingConsent.call_id == call_id,
        RecordingConsent.purpose == purpose,
    )
    return scope.session.scalars(query).one_or_none()


def recording(scope: Scope, recording_id: UUID, *, lock: bool = False) -> CallRecording:
    """A recording; raises NotFound."""
    found = scope.session.get(CallRecording, (scope.client_id, recording_id), with_for_update=lock or None)
    if found is None:
        raise NotFound()
    return found


def recording_of(scope: Scope, call_id: UUID, purpose: str) -> CallRecording:
    """The latest recording of a call; raises NotFound."""
    query = select(CallRecording).where(
        CallRecording.client_id == scope.client_id, CallRecording.call_id == call_id, CallRecording.purpose == purpose
    )
    found = scope.session.scalars(query.order_by(CallRecording.created_at.desc()).limit(1)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def expired_recordings(scope: Scope, today: date, limit: int) -> list[CallRecording]:
    """Recordings whose last day is over."""
    query = select(CallRecording).where(
        CallRecording.client_id == scope.client_id,
        CallRecording.keep_until < today,
        CallRecording.state == RecordingState.OURS,
    )
    return list(scope.session.scalars(query.limit(limit)))


def next_recordings(scope: Scope, after: UUID | None, limit: int) -> list[CallRecording]:
    """Recordings that lie with us, by id."""
    query = select(CallRecording).where(
        CallRecording.client_id == scope.client_id,
        CallRecording.state.in_([RecordingState.STORED, RecordingState.OURS]),
    )
    if after is not None:
        query = query.where(CallRecording.id > after)
    return list(scope.session.scalars(query.order_by(CallRecording.id).limit(limit)))


def voicemail(scope: Scope, voicemail_id: UUID) -> Voicemail:
    """A message somebody left; raises NotFound."""
    found = scope.session.get(Voicemail, (scope.client_id, voicemail_id))
    if found is None:
        raise NotFound()
    return found


def voicemail_of(scope: Scope, recording_id: UUID) -> Voicemail | None:
    """The message of a recording, when there is one already."""
    query = select(Voicemail).where(Voicemail.client_id == scope.client_id, Voicemail.recording_id == recording_id)
    return scope.session.scalars(query).one_or_none()
