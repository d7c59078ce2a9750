"""Twilio's webhooks about messages: kept, enqueued, answered at once."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.access import Scope
from backend.api import dump_json
from backend.conversations import inbound, outgoing, queries, rules, tasks
from backend.errors import NotFound
from backend.integrations.twilio.status_codes import meaning
from backend.jobs import enqueue
from backend.notifications import service as notifications

_RECEIVE = "SELECT is_new FROM api_receive_message(%s, %s, %s, %s)"


def receive_message(scope: Scope, form: Mapping[str, str]) -> bool:
    """Keep one WhatsApp message and leave the job that answers it, in one round trip; False when it came before."""
    event = inbound.event_of(scope, "message", form["MessageSid"], form)
    lock = inbound.sender_lock(scope.client_id, form)
    arguments = (scope.client_id, dump_json(event).decode(), tasks.answer.name, lock)
    (is_new,) = scope.unit.call(_RECEIVE, arguments) or (False,)
    return bool(is_new)


def receive_status(scope: Scope, reference: str, form: Mapping[str, str]) -> None:
    """Take in what became of an outgoing message; late, early and repeated reports are all fine."""
    kind, _, row_id = reference.partition(":")
    status = form.get("MessageStatus", "")
    try:
        known = UUID(row_id)
    except ValueError:
        return
    if kind == "attempt":
        address = form.get("To", "").removeprefix("whatsapp:") or None
        notifications.record_delivery(scope, known, status, code=form.get("ErrorCode"), address=address)
    elif kind == "message":
        _advance(scope, known, status, form)


def _advance(scope: Scope, message_id: UUID, status: str, form: Mapping[str, str]) -> None:
    try:
        row = queries.message(scope, message_id, lock=True)
    except NotFound:
        return
    cause = meaning(form.get("ErrorCode")).cause
    if cause == "outside_session" and row.author == "agent":
        outgoing.announce(scope, row)
        return
    if cause == "template_refused":
        # The buttons were the trouble, and words never are: what is said about them later changes nothing.
        if outgoing.once_more_as_text(scope, row):
            enqueue(scope, tasks.send_again, client_id=str(scope.client_id), message_id=str(row.id))
        return
    vendor_id = form.get("MessageSid")
    row.send_state = rules.later_state(row.send_state, status)
    row.vendor_id = row.vendor_id or vendor_id
