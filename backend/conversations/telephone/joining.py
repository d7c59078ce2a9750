"""A person takes a call: their telephone rings, a key says that it is them, the two are joined.

The caller's place is claimed while the telephone rings, so that a second person is told who was first. Nothing is
final before the key: a telephone that rings out, or a voicemail box that answers, leaves the caller where they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access import Scope, working_for
from backend.accounts import queries as accounts
from backend.audit import service as audit
from backend.branding.loader import brand_for
from backend.clients import registry as clients
from backend.conversations.telephone import addresses, callback, queries, rules
from backend.conversations.telephone.models import Callback, CallbackState, QueuedCall
from backend.conversations.telephone.staff_phones import phone_for
from backend.errors import NotFound, RuleRefused
from backend.helpline import service as helpline
from backend.integrations import registry
from backend.integrations.messaging import VendorError
from backend.integrations.telephony import OutgoingCall
from backend.jobs import enqueue, jobs
from backend.kit import clock
from backend.observability import log

RING_AGENT = "conversations.ring_agent"
CALL, CALLBACK = "call", "callback"
_PLACING = "placing"


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call to a person of the helpline that is to be placed."""

    client_id: UUID
    kind: str
    row_id: UUID


def page(scope: Scope) -> dict[str, Any]:
    """Every call that waits, in the order of the queue; the look is recorded."""
    rows = queries.shown_calls(scope)
    places: dict[str, int] = {}
    items = []
    for row in rows:
        places[row[0].desk] = places.get(row[0].desk, 0) + 1
        items.append(_shown(row, places[row[0].desk]))
    audit.record_listing(scope, "queued_call", [row.member_id for row in rows])
    return {"items": items}


def answer(scope: Scope, queued_id: UUID, number: str | None) -> dict[str, Any]:
    """Ring the actor's telephone for one caller. Raises NotFound, RuleRefused when another was first."""
    row = queries.queued_call(scope, queued_id, lock=True)
    over = row.left_at is not None or row.answered_at is not None
    waiting = rules.Waiting(row.desk, row.rank, over, row.claimed_by, row.claimed_at)
    refusal = rules.may_answer(waiting, scope.actor.id, scope.actor.role, clock.now())
    if refusal is not None:
        holder = row.answered_by or row.claimed_by
        names = accounts.display_names(scope, [holder]) if holder and refusal.reason == rules.TAKEN_BY_OTHER else {}
        raise RuleRefused(refusal.reason, {"name": names[holder]} if holder in names else {})
    shown = {"id": row.id, "state": "ringing", "conversation_id": row.conversation_id, "case_id": row.case_id}
    if _rings_for(row, scope.actor.id):
        return shown
    row.agent_phone = phone_for(scope, number)
    row.claimed_by, row.claimed_at, row.agent_sid = scope.actor.id, clock.now(), None
    scope.session.flush()
    audit.record(scope, "update", "queued_call", row.id, fields=["claimed_by"])
    enqueue(scope, jobs.tasks[RING_AGENT], client_id=str(scope.client_id), queued_id=str(row.id))
    return shown


def _rings_for(row: QueuedCall, staff_id: UUID | None) -> bool:
    return row.claimed_by == staff_id and row.claimed_at is not None and clock.now() - row.claimed_at < rules.RINGS_FOR


def ring(ringing: Ringing) -> None:
    """Place the call to the person, once: a claim that was rung for already, or has passed, is left alone.

    A telephone that cannot be rung gives the caller, or the call-back, back to everybody.
    """
    client = clients.client_by_id(ringing.client_id)
    with working_for(client.id, channel="voice") as scope:
        row = _row(scope, ringing)
        number = row.agent_phone
        if number is None or row.agent_sid is not None or not _is_claimed(row):
            return
        row.agent_sid = _PLACING
    call = OutgoingCall(
        client=client.slug,
        sender=brand_for(client).hotline.voice,
        to=number,
        url=addresses.agent(client, ringing.kind, ringing.row_id),
        status_url=addresses.agent_status(client, ringing.kind, ringing.row_id),
        ring_seconds=int(rules.RINGS_FOR.total_seconds()) - 15,
    )
    try:
        placed = registry.current().telephony.call(call).vendor_id
    except VendorError as trouble:
        log.warning("agent_not_rung", cause=trouble.cause, kind=ringing.kind, row=str(ringing.row_id))
        placed = None
    with working_for(client.id, channel="voice") as scope:
        row = _row(scope, ringing)
        if placed is None:
            release(scope, row)
        elif row.agent_sid == _PLACING:
            row.agent_sid = placed


def release(scope: Scope, row: QueuedCall | Callback) -> None:
    """The person did not come to the telephone: the claim is gone."""
    if isinstance(row, Callback):
        callback.unanswered_by_agent(scope, row)
    elif row.answered_at is None and row.left_at is None:
        row.claimed_by = row.claimed_at = row.agent_sid = None


def accept(scope: Scope, row: QueuedCall) -> bool:
    """The person pressed the key: the caller is theirs. False when the caller is gone or somebody else's."""
    if row.left_at is not None or row.claimed_by is None:
        return False
    if row.answered_at is None:
        row.answered_at, row.answered_by = clock.now(), row.claimed_by
        helpline.answered_by_phone(scope, row.case_id, row.answered_by)
    return True


def empty_handed(scope: Scope, row: QueuedCall) -> None:
    """Twilio found nobody in the queue: the caller hung up in this moment; the end of their call settles the place."""
    if row.left_at is None:
        helpline.caller_was_gone(scope, row.case_id, row.answered_by)
        row.answered_at = row.answered_by = row.claimed_by = row.claimed_at = None


def claimed(scope: Scope, kind: str, row_id: UUID) -> QueuedCall | Callback:
    """What a person's telephone was rung for, locked; raises NotFound."""
    if kind == CALL:
        return queries.queued_call(scope, row_id, lock=True)
    if kind == CALLBACK:
        return queries.callback(scope, row_id, lock=True)
    raise NotFound()


def is_rung_by(row: QueuedCall | Callback, call_sid: str) -> bool:
    """Whether a webhook belongs to the call that was placed last; it may be faster than the answer to placing it."""
    if row.agent_sid == _PLACING:
        row.agent_sid = call_sid
    return bool(call_sid) and row.agent_sid == call_sid


def _row(scope: Scope, ringing: Ringing) -> QueuedCall | Callback:
    return claimed(scope, ringing.kind, ringing.row_id)


def _is_claimed(row: QueuedCall | Callback) -> bool:
    if isinstance(row, Callback):
        return row.state == CallbackState.CALLING
    return row.claimed_by is not None and row.answered_at is None and row.left_at is None


def _shown(found: Any, position: int) -> dict[str, Any]:
    row, number, member_id, name, member_number = tuple(found)
    now = clock.now()
    ringing = row.claimed_at is not None and now - row.claimed_at < rules.RINGS_FOR
    return {
        "id": row.id,
        "position": position,
        "desk": row.desk,
        "language": row.language,
        "entered_at": row.entered_at,
        "wait_seconds": max(0, int((now - row.entered_at).total_seconds())),
        "member": {"id": member_id, "name": name, "member_number": member_number} if member_id else None,
        "conversation_id": row.conversation_id,
        "case_id": row.case_id,
        "case_number": number,
        "emergency": row.rank == 0,
        "ringing": ringing,
    }
