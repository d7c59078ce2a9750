"""Every SELECT of the conversations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, or_, select, tuple_

from backend.access import Scope
from backend.conversations.models import (
    Call,
    ContactIdentifier,
    Conversation,
    InboundEvent,
    Message,
    MessageContent,
    Verification,
)
from backend.errors import NotFound
from backend.kit.pages import Cursor


def conversation(scope: Scope, conversation_id: UUID) -> Conversation:
    """A thread, or the one that took it over; raises NotFound."""
    row = scope.session.get(Conversation, (scope.client_id, conversation_id))
    while row is not None and row.merged_into_id is not None:
        row = scope.session.get(Conversation, (scope.client_id, row.merged_into_id))
    if row is None:
        raise NotFound()
    return row


def conversation_of_member(scope: Scope, member_id: UUID, *, lock: bool = False) -> Conversation | None:
    """The thread of a member, if there is one; ``lock`` holds it until the end of the transaction."""
    statement = select(Conversation).where(
        Conversation.client_id == scope.client_id,
        Conversation.member_id == member_id,
        Conversation.merged_into_id.is_(None),
    )
    if lock:
        statement = statement.with_for_update(key_share=True)  # messages may still point to it
    return scope.session.scalars(statement).one_or_none()


def identifier(scope: Scope, channel: str, kind: str, value: str) -> ContactIdentifier | None:
    """An address we have heard from before."""
    return scope.session.scalars(
        select(ContactIdentifier).where(
            ContactIdentifier.client_id == scope.client_id,
            ContactIdentifier.channel == channel,
            ContactIdentifier.kind == kind,
            ContactIdentifier.value == value,
        )
    ).one_or_none()


def identifiers(scope: Scope, conversation_id: UUID, channel: str) -> list[ContactIdentifier]:
    """Addresses of a thread on a channel, the latest first."""
    return list(
        scope.session.scalars(
            select(ContactIdentifier)
            .where(
                ContactIdentifier.client_id == scope.client_id,
                ContactIdentifier.conversation_id == conversation_id,
                ContactIdentifier.channel == channel,
            )
            .order_by(ContactIdentifier.last_seen_at.desc())
        )
    )


def message(scope: Scope, message_id: UUID, *, lock: bool = False) -> Message:
    """One message; raises NotFound. ``lock`` holds it until the end of the transaction."""
    row = scope.session.get(Message, (scope.client_id, message_id), with_for_update=lock or None)
    if row is None:
        raise NotFound()
    return row


def message_and_thread(scope: Scope, message_id: UUID) -> tuple[Message, Conversation]:
    """One message, held until the end of the transaction, and the thread it was written in; raises NotFound."""
    statement = (
        select(Message, Conversation)
        .join(
            Conversation, and_(Conversation.client_id == Message.client_id, Conversation.id == Message.conversation_id)
        )
        .where(Message.client_id == scope.client_id, Message.id == message_id)
        .with_for_update(of=Message)
    )
    found = scope.session.execute(statement).one_or_none()
    if found is None:
        raise NotFound()
    return found[0], found[1]


def left_unanswered(scope: Scope, since: datetime, until: datetime) -> list[UUID]:
    """Messages of the app from a span of time that nobody has answered, the oldest first."""
    return list(
        scope.session.scalars(
            select(Message.id)
            .where(
                Message.client_id == scope.client_id,
                Message.created_at.between(since, until),
                Message.direction == "in",
                Message.channel == "app",
                Message.answered_at.is_(None),
            )
            .order_by(Message.created_at)
        )
    )


def message_by_vendor_id(scope: Scope, vendor_id: str) -> Message | None:
    """The message that the vendor knows by this id."""
    return scope.session.scalars(
        select(Message).where(Message.client_id == scope.client_id, Message.vendor_id == vendor_id)
    ).one_or_none()


def asked_at(scope: Scope, row: Message) -> datetime:
    """When a message reached us: with its webhook where there was one, which a job reads later."""
    if row.channel == "app" or not row.vendor_id:
        return row.created_at
    by_webhook = select(func.min(InboundEvent.created_at)).where(
        InboundEvent.client_id == scope.client_id, InboundEvent.vendor_key == row.vendor_id
    )
    return scope.session.scalar(by_webhook) or row.created_at


def answers_to(scope: Scope, message_id: UUID) -> list[Message]:
    """What was answered to a message, in order."""
    return list(
        scope.session.scalars(
            select(Message)
            .where(Message.client_id == scope.client_id, Message.answers_id == message_id)
            .order_by(Message.created_at, Message.id)
        )
    )


def with_answers(scope: Scope, message_id: UUID) -> list[Message]:
    """A message and what was answered to it, in order."""
    return list(
        scope.session.scalars(
            select(Message)
            .where(
                Message.client_id == scope.client_id, or_(Message.id == message_id, Message.answers_id == message_id)
            )
            .order_by(Message.created_at, Message.id)
        )
    )


def last_heard(scope: Scope, conversation_id: UUID) -> str:
    """What the person wrote or said last; empty before the first word."""
    query = (
        select(Message.text)
        .where(
            Message.client_id == scope.client_id,
            Message.conversation_id == conversation_id,
            Message.direction == "in",
        )
        .order_by(Message.created_at.desc(), Message.id.desc())
    )
    return scope.session.scalar(query.limit(1)) or ""


def is_first(scope: Scope, conversation_id: UUID, message_id: UUID) -> bool:
    """Whether nothing came in before this message."""
    earlier = select(Message.id).where(
        Message.client_id == scope.client_id,
        Message.conversation_id == conversation_id,
        Message.direction == "in",
        Message.id != message_id,
    )
    return scope.session.execute(earlier.limit(1)).first() is None


def messages(scope: Scope, conversation_id: UUID, after: Cursor | None, limit: int) -> list[Message]:
    """A page of a thread, oldest first."""
    statement = select(Message).where(Message.client_id == scope.client_id, Message.conversation_id == conversation_id)
    if after is not None:
        statement = statement.where(tuple_(Message.created_at, Message.id) > (after.moment, after.id))
    return list(scope.session.scalars(statement.order_by(Message.created_at, Message.id).limit(limit)))


def latest_messages(scope: Scope, conversation_id: UUID, limit: int) -> list[Message]:
    """The end of a thread, oldest first."""
    statement = (
        select(Message)
        .where(Message.client_id == scope.client_id, Message.conversation_id == conversation_id)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(limit)
    )
    return list(reversed(scope.session.scalars(statement).all()))


def content(scope: Scope, language: str, digest: str) -> MessageContent | None:
    """The vendor's content for choices that were made before."""
    return scope.session.scalars(
        select(MessageContent).where(
            MessageContent.client_id == scope.client_id,
            MessageContent.language == language,
            MessageContent.digest == digest,
        )
    ).one_or_none()


def event(scope: Scope, kind: str, vendor_key: str) -> InboundEvent | None:
    """A webhook that came before."""
    return scope.session.scalars(
        select(InboundEvent).where(
            InboundEvent.client_id == scope.client_id,
            InboundEvent.kind == kind,
            InboundEvent.vendor_key == vendor_key,
        )
    ).one_or_none()


def call_by_sid(scope: Scope, call_sid: str, *, lock: bool = False) -> Call | None:
    """A telephone call by Twilio's id; ``lock`` holds it until the end of the transaction."""
    statement = select(Call).where(Call.client_id == scope.client_id, Call.call_sid == call_sid)
    return scope.session.scalars(statement.with_for_update() if lock else statement).one_or_none()


def proof(scope: Scope, conversation_id: UUID, channel: str, session_key: str, now: datetime) -> Verification | None:
    """The latest proof that still holds on a channel of a thread (and in this call, on the telephone)."""
    same = (
        ContactIdentifier.client_id == Verification.client_id,
        ContactIdentifier.id == Verification.identifier_id,
        ContactIdentifier.conversation_id == conversation_id,
        ContactIdentifier.channel == channel,
    )
    return scope.session.scalars(
        select(Verification)
        .join(ContactIdentifier, and_(*same))
        .where(
            Verification.client_id == scope.client_id,
            Verification.session_key == session_key,
            Verification.state == "verified",
            Verification.valid_until > now,
        )
        .order_by(Verification.verified_at.desc())
        .limit(1)
    ).one_or_none()


def pending_proof(scope: Scope, conversation_id: UUID, session_key: str) -> Verification | None:
    """The attempt that waits for its factor."""
    return scope.session.scalars(
        select(Verification)
        .where(
            Verification.client_id == scope.client_id,
            Verification.conversation_id == conversation_id,
            Verification.session_key == session_key,
            Verification.state == "pending",
        )
        .order_by(Verification.created_at.desc())
        .limit(1)
    ).one_or_none()


def failures_since(scope: Scope, identifier_ids: Sequence[UUID], since: datetime) -> int:
    """Wrong tries on these addresses since a moment."""
    counted = scope.session.scalar(
        select(func.coalesce(func.sum(Verification.tries), 0)).where(
            Verification.client_id == scope.client_id,
            Verification.identifier_id.in_(identifier_ids),
            Verification.created_at >= since,
        )
    )
    return int(counted or 0)
