"""A call's place in the queue: entered, kept, settled by what Twilio says became of it, once."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.conversations.ivr.states import CallState, Prompt
from backend.conversations.models import Call
from backend.conversations.telephone import capacity, queries, rules
from backend.conversations.telephone.models import Outcome, QueuedCall
from backend.jobs import enqueue, jobs
from backend.kit import clock, ids

FORGET_QUEUE = "conversations.forget_queue"
"""The job that deletes Twilio's queue of a call that has left it."""


def enter(scope: Scope, call: Call, state: CallState, case_id: UUID | None) -> QueuedCall:
    """A place for a call; one that has a place already keeps it and its time."""
    known = queries.open_place(scope, call.id)
    if known is not None:
        return keep(scope, call, state, case_id) or known
    row_id = ids.new_id()
    row = QueuedCall(
        client_id=scope.client_id,
        id=row_id,
        call_id=call.id,
        conversation_id=call.conversation_id,
        case_id=case_id,
        desk=state.desk,
        rank=rules.rank_of(urgent=state.urgent, doctor=state.desk == "doctor"),
        language=state.language,
        queue=f"careline-{row_id.hex}",
    )
    scope.session.add(row)
    scope.session.flush()
    return row


def keep(scope: Scope, call: Call, state: CallState, case_id: UUID | None) -> QueuedCall | None:
    """Bring a place up to date with what the caller has just said: another desk, an emergency, another language."""
    row = queries.open_place(scope, call.id)
    if row is None:
        return None
    rank = rules.rank_of(urgent=state.urgent, doctor=state.desk == "doctor")
    if (row.desk, row.rank) != (state.desk, min(row.rank, rank)):
        row.desk, row.rank = state.desk, min(row.rank, rank)
        row.case_id = case_id or row.case_id
    row.language = state.language
    return row


def give_up(scope: Scope, call: Call, outcome: Outcome) -> QueuedCall | None:
    """The caller chose something else than to wait; None when the call waits nowhere, or somebody has answered."""
    row = queries.open_place(scope, call.id)
    if row is None or row.answered_at is not None:
        return None
    settle(scope, row, outcome)
    return row


def settle(scope: Scope, row: QueuedCall, outcome: str) -> None:
    """Close a place, the first time only."""
    if row.left_at is not None:
        return
    row.left_at, row.outcome = clock.now(), outcome
    if outcome == Outcome.ANSWERED:
        row.answered_at = row.answered_at or row.left_at
        row.answered_by = row.answered_by or row.claimed_by
    else:
        row.answered_at = row.answered_by = None
    scope.session.flush()
    if row.queue_sid:
        enqueue(scope, jobs.tasks[FORGET_QUEUE], client_id=str(scope.client_id), queued_id=str(row.id))


def heard(scope: Scope, row: QueuedCall, queue_sid: str | None) -> None:
    """A sign of life of a waiting call, with the id of Twilio's queue."""
    row.heard_at = clock.now()
    row.queue_sid = row.queue_sid or queue_sid or None


def standing(scope: Scope, row: QueuedCall) -> tuple[Prompt, ...]:
    """What a waiting caller is told: place, estimate, and what else they can do."""
    now = clock.now()
    if row.rank == 0:
        return (Prompt("voice_wait_urgent"),)
    place = queries.position(scope, row)
    people = capacity.people_at(scope, now, row.desk) or 0
    estimate = rules.estimated_wait(place, people, queries.recent_talks(scope, row.desk, now - rules.RECENT))
    next_one = Prompt("voice_wait_next") if place == 1 else Prompt("voice_wait_position", {"position": place})
    return (next_one, *_estimate(estimate))


def _estimate(known: rules.Estimate | None) -> tuple[Prompt, ...]:
    if known is None:
        return ()
    if known.longer:
        return (Prompt("voice_wait_longer", {"minutes": known.minutes}),)
    if known.minutes == 1:
        return (Prompt("voice_wait_minute"),)
    return (Prompt("voice_wait_minutes", {"minutes": known.minutes}),)


def close_silent(scope: Scope) -> int:
    """Settle places whose end never reached us; returns how many."""
    now = clock.now()
    rows = queries.silent_places(scope, now - rules.SILENT_AFTER, now - rules.LONGEST_TALK)
    for row in rows:
        settle(scope, row, Outcome.ANSWERED if row.answered_at else Outcome.ABANDONED)
    return len(rows)
