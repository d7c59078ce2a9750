"""Every question to the tables of notifications."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select, tuple_

from backend.access import Scope
from backend.accounts.models import SignInSession
from backend.clients import queries as client_queries
from backend.clients.registry import client_by_id
from backend.conversations.models import ContactIdentifier, Conversation
from backend.errors import NotFound
from backend.kit import clock
from backend.kit.pages import Cursor
from backend.members.models import Consent, Member
from backend.members.rules.consents import Purpose
from backend.members.rules.cover import has_own_access
from backend.notifications.models import (
    DeviceRegistration,
    MessageTemplate,
    Notification,
    NotificationAttempt,
    NotificationPreference,
    OptOut,
    RehearsalMessage,
)


def notification(scope: Scope, notification_id: UUID) -> Notification:
    """One notification; raises NotFound."""
    found = scope.session.get(Notification, (scope.client_id, notification_id))
    if found is None:
        raise NotFound()
    return found


def own_notification(scope: Scope, member_id: UUID, notification_id: UUID) -> Notification:
    """One of this member's notifications; raises NotFound for anybody else's."""
    found = notification(scope, notification_id)
    if found.member_id != member_id:
        raise NotFound()
    return found


def inbox(scope: Scope, member_id: UUID, after: Cursor | None, limit: int) -> list[Notification]:
    """The newest first, at most ``limit``."""
    query = select(Notification).where(Notification.client_id == scope.client_id, Notification.member_id == member_id)
    if after is not None:
        query = query.where(tuple_(Notification.created_at, Notification.id) < (after.moment, after.id))
    ordered = query.order_by(Notification.created_at.desc(), Notification.id.desc()).limit(limit)
    return list(scope.session.scalars(ordered))


def unread_by_member(scope: Scope, member_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many messages of each inbox nobody has opened yet; who has none is not named."""
    query = select(Notification.member_id, func.count()).where(
        Notification.client_id == scope.client_id,
        Notification.member_id.in_(member_ids),
        Notification.read_at.is_(None),
    )
    rows = scope.session.execute(query.group_by(Notification.member_id))
    return {member_id: count for member_id, count in rows if member_id is not None}


def attempt(scope: Scope, attempt_id: UUID, *, lock: bool = False) -> NotificationAttempt:
    """One attempt, locked until the transaction ends when ``lock``; raises NotFound."""
    query = select(NotificationAttempt).where(
        NotificationAttempt.client_id == scope.client_id, NotificationAttempt.id == attempt_id
    )
    found = scope.session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise NotFound()
    return found


def attempts_of(scope: Scope, notification_id: UUID) -> list[NotificationAttempt]:
    """What was tried for a notification, in order."""
    query = select(NotificationAttempt).where(
        NotificationAttempt.client_id == scope.client_id, NotificationAttempt.notification_id == notification_id
    )
    return list(scope.session.scalars(query.order_by(NotificationAttempt.position)))


def recipient_of(scope: Scope, member_id: UUID) -> Member:
    """Who is written to about a member: the member when they can be reached, else the employee who acts for them.

    From the age of the contract on a person's matters are told to nobody else without their consent: then nothing goes
    out, and the message waits in their own inbox.
    """
    member = scope.session.get_one(Member, (scope.client_id, member_id))
    if not member.employee_id or member.phone or member.email:
        return member
    today = clock.today(client_by_id(scope.client_id).timezone)
    grown_up = has_own_access(member.birth_date, today, client_queries.terms_on(scope, today).own_access_age)
    if grown_up and not _stands(scope, member_id, Purpose.FAMILY_ACCESS):
        return member
    return scope.session.get_one(Member, (scope.client_id, member.employee_id))


def _stands(scope: Scope, member_id: UUID, purpose: Purpose) -> bool:
    given = exists().where(
        Consent.client_id == scope.client_id,
        Consent.member_id == member_id,
        Consent.purpose == purpose.value,
        Consent.withdrawn_at.is_(None),
    )
    return bool(scope.session.scalar(select(given)))


def preference(scope: Scope, member_id: UUID) -> NotificationPreference | None:
    """How the member wants to be reached; None while they have not said."""
    return scope.session.scalar(
        select(NotificationPreference).where(
            NotificationPreference.client_id == scope.client_id, NotificationPreference.member_id == member_id
        )
    )


def devices_of(scope: Scope, member_id: UUID) -> list[DeviceRegistration]:
    """The member's phones and browsers that take push: those that are still signed in."""
    lives = exists().where(
        SignInSession.client_id == DeviceRegistration.client_id,
        SignInSession.id == DeviceRegistration.session_id,
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > clock.now(),
    )
    query = select(DeviceRegistration).where(
        DeviceRegistration.client_id == scope.client_id,
        DeviceRegistration.member_id == member_id,
        DeviceRegistration.session_id.is_(None) | lives,
    )
    return list(scope.session.scalars(query.order_by(DeviceRegistration.seen_at.desc())))


def device_by_value(scope: Scope, value: str) -> DeviceRegistration | None:
    """The registration with this FCM name, whoever it belongs to."""
    return scope.session.scalar(
        select(DeviceRegistration).where(
            DeviceRegistration.client_id == scope.client_id, DeviceRegistration.value == value
        )
    )


def opted_out(scope: Scope, addresses: list[str]) -> set[tuple[str, str]]:
    """The (channel, address) pairs among ``addresses`` that must not be written to."""
    query = select(OptOut.channel, OptOut.address).where(
        OptOut.client_id == scope.client_id, OptOut.address.in_(addresses)
    )
    return {(channel, address) for channel, address in scope.session.execute(query)}


def whatsapp_template(scope: Scope, event: str, language: str) -> MessageTemplate | None:
    """The approved text for an event, if the client has one in this language."""
    return scope.session.scalar(
        select(MessageTemplate).where(
            MessageTemplate.client_id == scope.client_id,
            MessageTemplate.event == event,
            MessageTemplate.language == language,
        )
    )


def last_whatsapp_from(scope: Scope, phone: str) -> datetime | None:
    """When this number last wrote on WhatsApp: it opens the 24 hours in which free text may be sent."""
    query = (
        select(func.max(Conversation.last_inbound_at))
        .join(
            ContactIdentifier,
            (ContactIdentifier.client_id == Conversation.client_id)
            & (ContactIdentifier.conversation_id == Conversation.id),
        )
        .where(
            ContactIdentifier.client_id == scope.client_id,
            ContactIdentifier.channel == "whatsapp",
            ContactIdentifier.value == phone,
        )
    )
    return scope.session.scalar(query)


def agreed_to_whatsapp(scope: Scope, member_id: UUID) -> bool | None:
    """What the member said last about WhatsApp messages: agreed, withdrew, or (None) never said."""
    query = select(Consent.withdrawn_at.is_(None)).where(
        Consent.client_id == scope.client_id,
        Consent.member_id == member_id,
        Consent.purpose == Purpose.WHATSAPP.value,
    )
    return scope.session.scalar(query.order_by(Consent.given_at.desc()).limit(1))


def rehearsal_messages(scope: Scope, limit: int) -> list[RehearsalMessage]:
    """What the recorder kept of every client, the newest first; exists in rehearsals only."""
    query = select(RehearsalMessage).order_by(RehearsalMessage.created_at.desc(), RehearsalMessage.id.desc())
    return list(scope.session.scalars(query.limit(limit)))
