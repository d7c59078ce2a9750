"""Sends what waits in a thread, in order, each message once; what may have been sent is never sent again."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope, working_for
from backend.branding.loader import brand_for
from backend.clients import registry as clients
from backend.conversations import card_links, choices, queries, rules
from backend.conversations.models import Conversation, Message
from backend.integrations import registry
from backend.integrations.messaging import Choice, OutgoingMessage, SendResult, SendUncertain, VendorError
from backend.kit import clock
from backend.notifications import service as notifications
from backend.observability import SENT, log

_ANNOUNCED = "announced"
_TOO_LATE = "outside_session"
"""The vendor's word for a message after the 24 hours (63016)."""


def send_waiting(client_id: UUID, message_ids: list[UUID]) -> None:
    """Hand every waiting message to the vendor; raises VendorError when a later try may work."""
    for message_id in message_ids:
        outgoing = _claim(client_id, message_id)
        if outgoing is None:
            continue
        try:
            result = _sent(client_id, outgoing)
        except SendUncertain:
            _settle(client_id, message_id, "uncertain")
        except VendorError as error:
            log.warning("session_message_failed", cause=error.cause, message_id=str(message_id))
            _settle(client_id, message_id, _after(error))
            if not error.permanent:
                raise
        else:
            _settle(client_id, message_id, result.status, result.vendor_id)


def _sent(client_id: UUID, message: OutgoingMessage) -> SendResult:
    """With buttons or a list where the vendor has them; what it refuses of them goes as text."""
    vendor = registry.current().messaging
    ready = choices.with_content(client_id, vendor, message)
    try:
        return vendor.send(ready)
    except VendorError as error:
        if isinstance(error, SendUncertain) or not choices.refused(client_id, ready, error):
            raise
        return vendor.send(choices.as_text(message))


def once_more_as_text(scope: Scope, row: Message) -> bool:
    """A message whose buttons were refused after it was taken goes again, with numbers; False when it had none."""
    if not row.buttons:
        return False
    choices.distrust(scope, brand_for(clients.client_by_id(scope.client_id)), row)
    row.text, row.buttons = _numbered(row), []
    row.send_state = "waiting"
    row.vendor_id = None
    return True


def _numbered(row: Message) -> str:
    return choices.numbered(row.text, tuple(Choice(each["payload"], each["label"]) for each in row.buttons))


def _claim(client_id: UUID, message_id: UUID) -> OutgoingMessage | None:
    """Mark one message as being sent; one that was being sent when a worker died stays uncertain."""
    with working_for(client_id, channel="helpline") as scope:
        row = queries.message(scope, message_id, lock=True)
        if row.send_state == "sending":
            row.send_state = "uncertain"
        if row.send_state != "waiting":
            return None
        thread = queries.conversation(scope, row.conversation_id)
        address = next((i.value for i in queries.identifiers(scope, thread.id, row.channel) if i.kind == "phone"), None)
        address = address or next((i.value for i in queries.identifiers(scope, thread.id, row.channel)), None)
        if address is None or not rules.session_open(thread.last_inbound_at, clock.now()):
            row.send_state = _too_late(scope, thread, row)
            return None
        row.send_state = "sending"
        client = clients.client_by_id(client_id)
        brand = brand_for(client)
        tapped, filled = choices.tappable(brand, row) or (None, {})
        return OutgoingMessage(
            channel=row.channel,
            client=client.slug,
            sender=brand.hotline.whatsapp,
            to=address,
            text=row.text if tapped else _numbered(row),
            reference=f"message:{row.id}",
            variables=filled,
            choices=tapped,
            media_urls=card_links.links(client_id, row.media, row.language),
        )


def _too_late(scope: Scope, thread: Conversation, row: Message) -> str:
    """After 24 hours WhatsApp takes approved texts only: one of them says that an answer waits in the app (S0-95)."""
    if row.author != "agent" or thread.member_id is None:
        return "failed"
    notifications.notify(scope, "case_reply", thread.member_id, {})
    return _ANNOUNCED


def announce(scope: Scope, row: Message) -> None:
    """The vendor reports that the 24 hours were over, whatever we believed: once, a template says that words wait."""
    if row.send_state != _ANNOUNCED:
        row.send_state = _window_closed(scope, row)


def _window_closed(scope: Scope, row: Message) -> str:
    thread = queries.conversation(scope, row.conversation_id)
    thread.last_inbound_at = clock.now() - rules.WINDOW
    scope.session.flush()
    return _too_late(scope, thread, row)


def _after(error: VendorError) -> str:
    if not error.permanent:
        return "waiting"
    return _TOO_LATE if error.cause == _TOO_LATE else "failed"


def _settle(client_id: UUID, message_id: UUID, state: str, vendor_id: str | None = None) -> None:
    SENT.labels("whatsapp", state).inc()
    with working_for(client_id, channel="helpline") as scope:
        row = queries.message(scope, message_id, lock=True)
        if state == _TOO_LATE:
            row.send_state = _window_closed(scope, row)
            return
        row.send_state = "waiting" if state == "waiting" else rules.later_state(row.send_state, state)
        row.vendor_id = row.vendor_id or vendor_id
