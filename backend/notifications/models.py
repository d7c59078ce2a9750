"""Notifications, their delivery attempts, and how a member wants to be reached."""

from __future__ import annotations

from datetime import datetime, time
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
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.database import Base, OfClient
from backend.kit import clock, ids
from backend.notifications.rules import AttemptState, Channel


def _one_of(column: str, values: type[StrEnum]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


class Notification(OfClient, Base):
    """One event told to one person; the member's inbox shows it whatever becomes of the channels.

    A sign-in code has no member and no inbox text, nor has what is told to staff. ``facts`` fill the templates and
    hold figures and numbers of cases only.
    """

    __tablename__ = "notification"
    __table_args__ = (Index("ix_notification_client_id_member_id_created_at", "client_id", "member_id", "created_at"),)

    member_id: Mapped[UUID | None]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    event: Mapped[str]
    facts: Mapped[dict[str, Any]]
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    read_at: Mapped[datetime | None]


class NotificationAttempt(OfClient, Base):
    """One channel of a notification, tried until it works or cannot; ``position`` is its place in the plan."""

    __tablename__ = "notification_attempt"
    __table_args__ = (
        ForeignKeyConstraint(["client_id", "notification_id"], ["notification.client_id", "notification.id"]),
        UniqueConstraint("client_id", "notification_id", "position"),
        Index("ix_notification_attempt_client_id_vendor_id", "client_id", "vendor_id"),
        CheckConstraint(_one_of("channel", Channel), name="channel"),
        CheckConstraint(_one_of("state", AttemptState), name="state"),
    )

    notification_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(SmallInteger)
    channel: Mapped[str]
    state: Mapped[str]
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    vendor_id: Mapped[str | None]
    vendor_code: Mapped[str | None]
    cause: Mapped[str | None]
    due_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class NotificationPreference(OfClient, Base):
    """How a member wants to be reached: channels in order, quiet hours on their own clock."""

    __tablename__ = "notification_preference"
    __table_args__ = (
        UniqueConstraint("client_id", "member_id"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
    )

    member_id: Mapped[UUID]
    channels: Mapped[list[Any]]
    muted: Mapped[list[Any]]
    unwanted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """By topic the channels that stay silent for it."""
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]


class DeviceRegistration(OfClient, Base):
    """A phone or browser that takes push; ``kind`` says which of FCM's two names for it we hold.

    It rings while the sign-in ``session_id`` it was registered in lives; one without rings until it is forgotten.
    """

    __tablename__ = "device_registration"
    __table_args__ = (
        UniqueConstraint("client_id", "value"),
        ForeignKeyConstraint(["client_id", "member_id"], ["member.client_id", "member.id"]),
        ForeignKeyConstraint(
            ["client_id", "session_id"], ["sign_in_session.client_id", "sign_in_session.id"], ondelete="CASCADE"
        ),
        Index("ix_device_registration_client_id_member_id", "client_id", "member_id"),
        Index("ix_device_registration_client_id_session_id", "client_id", "session_id"),
        CheckConstraint("kind IN ('token', 'fid')", name="kind"),
        CheckConstraint("platform IN ('android', 'ios', 'web')", name="platform"),
    )

    member_id: Mapped[UUID]
    kind: Mapped[str]
    value: Mapped[str]
    platform: Mapped[str]
    seen_at: Mapped[datetime]
    session_id: Mapped[UUID | None]


class OptOut(OfClient, Base):
    """An address that must not be written to over a channel any more, whoever it belongs to."""

    __tablename__ = "opt_out"
    __table_args__ = (UniqueConstraint("client_id", "channel", "address"),)

    channel: Mapped[str]
    address: Mapped[str]
    cause: Mapped[str]


class MessageTemplate(OfClient, Base):
    """The vendor's approved WhatsApp text for an event: what may be said outside the 24 hours.

    ``variables`` names the facts of ``{{1}}``, ``{{2}}`` … in order.
    """

    __tablename__ = "message_template"
    __table_args__ = (UniqueConstraint("client_id", "event", "language"),)

    event: Mapped[str]
    language: Mapped[str]
    content_sid: Mapped[str]
    variables: Mapped[list[Any]]


class RehearsalMessage(Base):
    """What the recorder kept instead of sending; exists for the demo and the tests only.

    ``client`` is a slug, not a key: the recorder stands outside like a vendor and knows no tenant.
    """

    __tablename__ = "rehearsal_message"
    __table_args__ = (Index("ix_rehearsal_message_created_at", "created_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    channel: Mapped[str]
    address: Mapped[str]
    client: Mapped[str]
    template: Mapped[str | None]
    text: Mapped[str]
    media: Mapped[list[Any]]
    choices: Mapped[dict[str, Any] | None]
