"""What other domains ask of notifications: tell somebody, send a code, keep preferences and devices."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.clients.registry import client_by_id
from backend.errors import NotFound, RuleRefused, VendorUnavailable
from backend.integrations import registry
from backend.integrations.messaging import VendorError
from backend.integrations.push import BrowserSubscription
from backend.integrations.twilio.status_codes import STATES, meaning
from backend.jobs import enqueue
from backend.kit import clock
from backend.notifications import addressing, delivery, queries, tasks
from backend.notifications.events import CANNOT_BE_MUTED, EVENTS, TOPICS
from backend.notifications.models import (
    DeviceRegistration,
    MessageTemplate,
    Notification,
    NotificationPreference,
    OptOut,
)
from backend.notifications.rules import AttemptState, Channel

_STOP = "opted_out"


def notify(scope: Scope, event: str, member_id: UUID, facts: Mapping[str, Any]) -> UUID:
    """Tell a member that ``event`` happened; the message leaves when the scope's transaction commits.

    ``facts`` are exactly the names the event lists (dates as ``date`` or ISO text). Raises KeyError for an
    unknown event, ValueError for missing or surplus facts: both are mistakes of the caller.
    """
    return _tell(scope, event, facts, member_id=member_id)


def notify_staff(scope: Scope, event: str, staff_id: UUID, facts: Mapping[str, Any]) -> UUID:
    """Tell somebody of the staff, by mail and at any hour; facts name numbers and days, never a member.

    Raises KeyError for an unknown event, ValueError for missing or surplus facts.
    """
    return _tell(scope, event, facts, staff_id=staff_id)


def _tell(scope: Scope, event: str, facts: Mapping[str, Any], **to: UUID) -> UUID:
    kind = EVENTS[event]
    if set(facts) != set(kind.facts):
        raise ValueError(f"{event} needs {sorted(kind.facts)}, not {sorted(facts)}")
    row = Notification(
        client_id=scope.client_id, event=event, facts=json.loads(json.dumps(dict(facts), default=str)), **to
    )
    scope.session.add(row)
    scope.session.flush()
    enqueue(scope, tasks.tell, client_id=str(scope.client_id), notification_id=str(row.id))
    return row.id


def send_code(scope: Scope, phone: str, code: str, channel_preference: str = "sms", *, minutes: int = 5) -> UUID:
    """Send a one-time code to a number (E.164) that need not belong to anybody we know.

    Phone and code lie encrypted until the vendor has taken them; logs and job arguments never see them.
    """
    facts = {"code": code, "minutes": str(minutes)}
    return _to_address(scope, "sign_in_code", {"phone": phone, "facts": facts, "preferred": channel_preference})


def tell_address(
    scope: Scope,
    event: str,
    name: str,
    *,
    phone: str | None = None,
    mail: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> UUID:
    """Tell whoever reads a number or a mail address that is no longer anybody's on file; for security events.

    Address, name and facts lie encrypted like a code until the vendor has taken them, for half an hour at most.
    """
    preferred = Channel.SMS if phone else Channel.MAIL
    secret = {"phone": phone, "mail": mail, "name": name, "facts": dict(facts or {}), "preferred": preferred}
    return _to_address(scope, event, secret)


def _to_address(scope: Scope, event: str, secret: Mapping[str, Any]) -> UUID:
    row = Notification(client_id=scope.client_id, member_id=None, event=event, facts={})
    scope.session.add(row)
    scope.session.flush()
    secret = {**secret, "language": scope.language}
    ring = registry.current().settings.keys
    row.sealed = ring.seal(json.dumps(secret).encode(), addressing.seal_context(row.id))
    scope.session.flush()
    enqueue(scope, tasks.tell, client_id=str(scope.client_id), notification_id=str(row.id))
    return row.id


def record_delivery(
    scope: Scope, attempt_id: UUID, status: str, *, code: str | None = None, address: str | None = None
) -> None:
    """Take in a vendor's status callback (Twilio's ``MessageStatus``); late and repeated ones change nothing.

    ``code`` is the vendor's error code. An opted-out ``address`` is not written to again; after a loss the
    next channel is tried. Unknown attempts are ignored: a callback cannot be refused usefully.
    """
    try:
        row = queries.attempt(scope, attempt_id, lock=True)
    except NotFound:
        return
    state = STATES.get(status)
    if state is None:
        return
    cause = meaning(code).cause if code else None
    if cause == _STOP and address:
        refuse_address(scope, Channel(row.channel), address, cause)
    delivery.advance(scope, row, AttemptState(state), code=code, cause=cause)


def refuse_address(scope: Scope, channel: Channel, address: str, cause: str) -> None:
    """Never write to ``address`` over ``channel`` again, until ``accept_address``."""
    values = {"client_id": scope.client_id, "channel": channel.value, "address": address, "cause": cause}
    scope.session.execute(insert(OptOut).values(**values).on_conflict_do_nothing())


def accept_address(scope: Scope, channel: Channel, address: str) -> None:
    """The person wrote START: the opt-out no longer counts."""
    scope.session.execute(
        delete(OptOut).where(
            OptOut.client_id == scope.client_id, OptOut.channel == channel.value, OptOut.address == address
        )
    )


def mark_read(scope: Scope, member_id: UUID, notification_id: UUID) -> None:
    """The member opened it; a second time changes nothing."""
    scope.check_member(member_id)
    row = queries.own_notification(scope, member_id, notification_id)
    row.read_at = row.read_at or clock.now()


def mark_all_read(scope: Scope, member_id: UUID) -> None:
    """The member has seen the whole inbox."""
    scope.check_member(member_id)
    scope.session.execute(
        update(Notification)
        .where(
            Notification.client_id == scope.client_id,
            Notification.member_id == member_id,
            Notification.read_at.is_(None),
        )
        .values(read_at=clock.now())
    )


def keep_preference(
    scope: Scope,
    member_id: UUID,
    *,
    channels: Sequence[str],
    muted: Sequence[str],
    quiet_from: time | None,
    quiet_until: time | None,
    unwanted: Mapping[str, Sequence[str]] | None = None,
) -> NotificationPreference:
    """Store how the member wants to be reached; raises RuleRefused ``notifications.cannot_be_muted``."""
    scope.check_member(member_id)
    silent = unwanted or {}
    locked = sorted(CANNOT_BE_MUTED.intersection([*muted, *(topic for topic, without in silent.items() if without)]))
    if locked:
        raise RuleRefused("notifications.cannot_be_muted", {"topic": ", ".join(locked)})
    row = queries.preference(scope, member_id)
    if row is None:
        row = NotificationPreference(client_id=scope.client_id, member_id=member_id)
        scope.session.add(row)
    row.channels = list(dict.fromkeys(channels))
    row.muted = [topic for topic in TOPICS if topic in muted]
    row.unwanted = {topic: list(dict.fromkeys(silent[topic])) for topic in TOPICS if silent.get(topic)}
    row.quiet_from, row.quiet_until = quiet_from, quiet_until
    scope.session.flush()
    return row


def register_device(scope: Scope, member_id: UUID, *, kind: str, value: str, platform: str) -> DeviceRegistration:
    """A device that takes push while its sign-in lives; one that changed hands belongs to its new owner only."""
    scope.check_member(member_id)
    row = queries.device_by_value(scope, value)
    if row is None:
        row = DeviceRegistration(client_id=scope.client_id, value=value)
        scope.session.add(row)
    row.member_id, row.kind, row.platform, row.seen_at = member_id, kind, platform, clock.now()
    row.session_id = scope.actor.session_id
    scope.session.flush()
    return row


def register_browser(scope: Scope, member_id: UUID, **subscription: str) -> DeviceRegistration:
    """A browser that takes push while its sign-in lives; raises VendorUnavailable when it cannot be taken on now."""
    scope.check_member(member_id)
    slug = client_by_id(scope.client_id).slug
    try:
        token = registry.current().web_push.register(slug, BrowserSubscription(**subscription))
    except VendorError as error:
        raise VendorUnavailable() from error
    return register_device(scope, member_id, kind="token", value=token, platform="web")


def web_push_key(scope: Scope) -> str | None:
    """The key that the client's app subscribes with in a browser; None where browsers get no push."""
    return registry.current().web_push.public_key(client_by_id(scope.client_id).slug)


def forget_device(scope: Scope, member_id: UUID, device_id: UUID) -> None:
    """No push to this device any more; raises NotFound when it is not this member's."""
    scope.check_member(member_id)
    row = scope.session.get(DeviceRegistration, (scope.client_id, device_id))
    if row is None or row.member_id != member_id:
        raise NotFound()
    scope.session.delete(row)


def keep_template(scope: Scope, event: str, language: str, content_sid: str, variables: Sequence[str]) -> None:
    """Name the vendor's approved WhatsApp text for an event; ``variables`` are the facts in its order."""
    kind = EVENTS[event]
    surplus = set(variables) - set(kind.facts) - {"brand", "name", "link"}
    if surplus:
        raise ValueError(f"{event} has no {sorted(surplus)}")
    values = {"content_sid": content_sid, "variables": list(variables)}
    scope.session.execute(
        insert(MessageTemplate)
        .values(client_id=scope.client_id, event=event, language=language, **values)
        .on_conflict_do_update(index_elements=["client_id", "event", "language"], set_=values)
    )
