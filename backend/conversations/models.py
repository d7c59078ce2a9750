"""Threads, messages, raw events, calls, and who has proved to be whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, func, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from backend.conversations.telephone.models import Callback, QueuedCall, Voicemail
from backend.database import Base, OfClient
from backend.kit import clock

__all__ = [
    "Call",
    "Callback",
    "ContactIdentifier",
    "Conversation",
    "InboundEvent",
    "Message",
    "QueuedCall",
    "Verification",
    "Voicemail",
]


def _of_conversation() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["client_id", "conversation_id"], ["conversation.client_id", "conversation.id"])


class Conversation(OfClient, Base):
    """The one thread of a person with a client.

    ``member_id`` is set by a verified link only; ``merged_into_id`` names the thread that took this one's
    messages over. ``state`` carries what a turn needs to know of the turns before (keys: state.py).
    """

    __tablename__ = "conversation"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "merged_into_id"], ["conversation.client_id", "conversation.id"]),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        Index(
            "uq_conversation_member",
            "client_id",
            "member_id",
            unique=True,
            postgresql_where=text("member_id IS NOT NULL AND merged_into_id IS NULL"),
        ),
    )

    member_id: Mapped[UUID | None]
    merged_into_id: Mapped[UUID | None]
    language: Mapped[str]
    language_chosen: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str]
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    last_inbound_at: Mapped[datetime | None]


class ContactIdentifier(OfClient, Base):
    """An address a person writes or calls from. A WhatsApp number may be hidden, so the kind counts too."""

    __tablename__ = "contact_identifier"
    __table_args__ = (
        UniqueConstraint("client_id", "channel", "kind", "value"),
        _of_conversation(),
        CheckConstraint("kind IN ('phone', 'bsuid', 'wa_id', 'device')", name="kind"),
        Index("ix_contact_identifier_conversation", "client_id", "conversation_id"),
    )

    conversation_id: Mapped[UUID]
    channel: Mapped[str]
    kind: Mapped[str]
    value: Mapped[str]
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)


class Message(OfClient, Base):
    """One message of a thread, in either direction.

    ``reply`` and ``args`` say what the bot answered as an id of the catalogue, ``answers_id`` which message
    it answers; ``vendor_id`` is Twilio's id and unique, so that a repeated webhook cannot store it twice.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("client_id", "vendor_id"),
        _of_conversation(),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        CheckConstraint("author IN ('member', 'bot', 'agent')", name="author"),
        Index("ix_message_thread", "client_id", "conversation_id", "created_at", "id"),
        Index("ix_message_answers", "client_id", "answers_id"),
        Index("ix_message_created", "client_id", "created_at"),
        Index(
            "ix_message_words",
            "client_id",
            func.plain_text(literal_column("text")).label("words"),
            postgresql_using="gin",
            postgresql_ops={"words": "gin_trgm_ops"},
        ),
    )

    conversation_id: Mapped[UUID]
    direction: Mapped[str]
    author: Mapped[str]
    channel: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]
    payload: Mapped[str | None]
    reply: Mapped[str | None]
    args: Mapped[dict[str, Any]] = mapped_column(default=dict)
    buttons: Mapped[list[Any]] = mapped_column(default=list)
    media: Mapped[list[Any]] = mapped_column(default=list)
    location: Mapped[dict[str, Any] | None]
    intent: Mapped[str | None]
    vendor_id: Mapped[str | None]
    answers_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    send_state: Mapped[str | None]


class MessageContent(OfClient, Base):
    """What people can tap, as the vendor keeps it: made once per client, language and wording.

    ``content_sid`` is empty when the vendor refused it at ``tried_at``; the choices then go out as numbers.
    """

    __tablename__ = "message_content"
    __table_args__ = (UniqueConstraint("client_id", "language", "digest"),)

    language: Mapped[str]
    digest: Mapped[str]
    content_sid: Mapped[str | None]
    tried_at: Mapped[datetime]


class InboundEvent(OfClient, Base):
    """A webhook as it came, unique by kind and the vendor's id; ``answer`` is what it was answered with."""

    __tablename__ = "inbound_event"
    __table_args__ = (
        UniqueConstraint("client_id", "kind", "vendor_key"),
        Index("ix_inbound_event_created", "client_id", "created_at"),
    )

    kind: Mapped[str]
    vendor_key: Mapped[str]
    payload: Mapped[dict[str, Any]]
    answer: Mapped[str | None]


class Call(OfClient, Base):
    """A telephone call: ``state`` is the IVR's, ``token`` names it in action addresses (it says nothing)."""

    __tablename__ = "call"
    __table_args__ = (
        UniqueConstraint("client_id", "call_sid"),
        UniqueConstraint("client_id", "token"),
        _of_conversation(),
        Index("ix_call_conversation", "client_id", "conversation_id"),
    )

    conversation_id: Mapped[UUID]
    call_sid: Mapped[str]
    token: Mapped[str]
    status: Mapped[str]
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    last_turn: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]


class Verification(OfClient, Base):
    """One attempt to prove to be a member, by one factor on one identifier (or one call).

    ``member_id`` is who is being proved; ``session_key`` limits it to one call, empty elsewhere.
    """

    __tablename__ = "verification"
    __table_args__ = (
        _of_conversation(),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        CheckConstraint("state IN ('pending', 'verified', 'failed')", name="state"),
        Index("ix_verification_identifier", "client_id", "identifier_id", "created_at"),
        Index("ix_verification_conversation", "client_id", "conversation_id", "created_at"),
    )

    conversation_id: Mapped[UUID]
    identifier_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    channel: Mapped[str]
    session_key: Mapped[str] = mapped_column(default="")
    method: Mapped[str]
    state: Mapped[str] = mapped_column(default="pending")
    tries: Mapped[int] = mapped_column(default=0)
    verified_at: Mapped[datetime | None]
    valid_until: Mapped[datetime | None]
