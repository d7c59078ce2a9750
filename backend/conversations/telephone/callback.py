"""Calling people back: promised by the queue or a closed desk, attempted by a person, three times at most."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.conversations import queries as conversations
from backend.conversations.ivr.states import CallState
from backend.conversations.models import Call
from backend.conversations.telephone import capacity, queries, rules
from backend.conversations.telephone.models import Callback, CallbackState, QueuedCall
from backend.conversations.telephone.staff_phones import phone_for
from backend.errors import RuleRefused
from backend.helpline import queries as cases
from backend.helpline import service as helpline
from backend.helpline.models import CaseState
from backend.helpline.service import Caller
from backend.jobs import enqueue, jobs
from backend.kit import clock, phone
from backend.notifications import service as notifications

RING_FOR_CALLBACK = "conversations.ring_for_callback"
_FAILED = "call_back_failed"
_REASON = "call_back"
_NOT_REACHED = "Called back three times; nobody answered. The member was told."


def number_of(scope: Scope, call: Call) -> str | None:
    """Where a caller can be called back: the number they call from, else that of a member who proved to be one."""
    known = queries.phone_of(scope, call.conversation_id)
    if known:
        return known
    proof = conversations.proof(scope, call.conversation_id, "voice", call.call_sid, clock.now())
    return queries.phone_of_member(scope, proof.member_id) if proof and proof.member_id else None


def promise(
    scope: Scope, call: Call, state: CallState, place: QueuedCall | None, case_id: UUID | None
) -> Callback | None:
    """Write a call-back down, once a call: due now for who gave up a place, else when the desk opens.

    None when no number is known.
    """
    number = number_of(scope, call)
    known = queries.callback_of_call(scope, call.id)
    if known is not None or number is None:
        return known
    now, desk = clock.now(), state.desk or "helpline"
    row = Callback(
        client_id=scope.client_id,
        call_id=call.id,
        queued_call_id=place.id if place else None,
        conversation_id=call.conversation_id,
        case_id=case_id,
        desk=desk,
        language=state.language,
        phone=number,
        due_from=now if place else capacity.next_opening(scope, now, desk) or now,
    )
    scope.session.add(row)
    scope.session.flush()
    return row


def ask(scope: Scope, conversation_id: UUID, case_id: UUID, number: str, language: str) -> Callback:
    """A call to a member that follows no call of theirs: a doctor in a teleconsultation speaks with them, due now."""
    row = queries.callback_of_case(scope, case_id)
    if row is None:
        row = Callback(
            client_id=scope.client_id,
            conversation_id=conversation_id,
            case_id=case_id,
            desk="doctor",
            language=language,
            phone=number,
            due_from=clock.now(),
        )
        scope.session.add(row)
        scope.session.flush()
    return row


def page(scope: Scope) -> dict[str, Any]:
    """Every call-back that is still to be made; the look is recorded."""
    rows = queries.shown_callbacks(scope)
    audit.record_listing(scope, "callback", [row.member_id for row in rows])
    return {"items": [_shown(row) for row in rows]}


def attempt(scope: Scope, callback_id: UUID, number: str | None) -> dict[str, Any]:
    """Ring the actor's telephone; picked up, it is joined with the member's. Raises NotFound, RuleRefused."""
    row = queries.callback(scope, callback_id, lock=True)
    standing = rules.Promise(row.state, row.desk, row.attempted_by, row.attempted_at)
    refusal = rules.may_call_back(standing, scope.actor.id, scope.actor.role, clock.now())
    if refusal is not None:
        raise RuleRefused.of(refusal)
    row.agent_phone = phone_for(scope, number)
    row.state, row.attempted_by, row.attempted_at = CallbackState.CALLING, scope.actor.id, clock.now()
    row.agent_sid = row.reached_at = None
    scope.session.flush()
    enqueue(scope, jobs.tasks[RING_FOR_CALLBACK], client_id=str(scope.client_id), callback_id=str(row.id))
    return _done(scope, row)


def finish(scope: Scope, callback_id: UUID) -> dict[str, Any]:
    """The member was spoken to, in whatever way; said again it changes nothing. Raises NotFound, RuleRefused."""
    row = queries.callback(scope, callback_id, lock=True)
    if row.state == CallbackState.FAILED:
        raise RuleRefused(rules.CALLBACK_OVER)
    if row.state != CallbackState.DONE:
        row.state, row.done_at = CallbackState.DONE, clock.now()
    return _done(scope, row)


def unanswered_by_agent(scope: Scope, row: Callback) -> None:
    """The person did not pick up their own telephone: that is no attempt to reach the member."""
    if row.state == CallbackState.CALLING and row.reached_at is None:
        row.state = CallbackState.DUE


def dialled(scope: Scope, row: Callback, status: str) -> None:
    """What came of ringing the member; the same report again changes nothing."""
    if row.state != CallbackState.CALLING:
        return
    reached = status in {"completed", "answered"}
    row.attempts += 1
    row.state = CallbackState(rules.after_attempt(row.attempts, reached=reached))
    row.reached_at = clock.now() if reached else None
    if reached:
        helpline.answered_by_phone(scope, row.case_id, row.attempted_by)
    if row.state == CallbackState.DONE:
        row.done_at = clock.now()
    if row.state == CallbackState.FAILED:
        _tell_member(scope, row)


def _tell_member(scope: Scope, row: Callback) -> None:
    """Nobody answered three times: the member is told, and the case stays open for a person."""
    thread = conversations.conversation(scope, row.conversation_id)
    case = cases.case(scope, row.case_id) if row.case_id else None
    member_id = queries.person_of(scope, row.case_id, thread.id)
    if member_id is not None:
        notifications.notify(scope, _FAILED, member_id, {})
    reason = case.reason if case is not None and case.state != CaseState.CLOSED else _REASON
    caller = Caller(member_id, row.language, "voice")
    helpline.open_case(scope, thread.id, reason, summary=_NOT_REACHED, caller=caller, desk=row.desk)


def _done(scope: Scope, row: Callback) -> dict[str, Any]:
    scope.session.flush()
    shown = queries.shown_callback(scope, row.id)
    audit.record(scope, "update", "callback", row.id, member_id=shown.member_id)
    return _shown(shown)


def _shown(found: Any) -> dict[str, Any]:
    row, number, member_id, name, member_number = tuple(found)
    return {
        "id": row.id,
        "state": row.state,
        "due_from": row.due_from,
        "attempts": row.attempts,
        "desk": row.desk,
        "language": row.language,
        "phone_masked": phone.masked(row.phone),
        "member": {"id": member_id, "name": name, "member_number": member_number} if member_id else None,
        "conversation_id": row.conversation_id,
        "case_id": row.case_id,
        "case_number": number,
        "attempted_by": row.attempted_by if row.state == CallbackState.CALLING else None,
    }
