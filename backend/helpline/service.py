"""Cases: opened by the bot, by the degraded mode or by a call; taken, answered and closed by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import RuleRefused
from backend.helpline import queries, rules
from backend.helpline.models import CaseEvent, CaseState, HelplineCase, Priority
from backend.jobs import enqueue, jobs
from backend.kit import clock
from backend.kit.pages import BadCursor
from backend.kit.reference_numbers import Kind, new_number
from backend.kit.refusal import Refusal

RELAY = "conversations.relay_reply"
"""The job that carries a person's reply into the thread; the conversations pick it up, we only name it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a case is for, as the thread knows them; ``member_id`` only after verification."""

    member_id: UUID | None = None
    language: str = "en"
    channel: str = "app"


def open_case(
    scope: Scope,
    conversation_id: UUID,
    reason: str,
    priority: str = Priority.NORMAL,
    summary: str = "",
    *,
    caller: Caller | None = None,
) -> HelplineCase:
    """The case of a thread for one reason: opened, or joined while an earlier one is not closed.

    A joined case takes over the higher priority and keeps the new summary as an event, so that a person who
    asks five times has one place in the queue.
    """
    asker = caller or Caller(language=scope.language, channel=scope.channel)
    known = queries.open_case_of(scope, conversation_id, reason)
    if known is not None:
        known.priority = rules.more_urgent(priority, known.priority)
        known.rank = rules.RANK[known.priority]
        known.member_id = known.member_id or asker.member_id
        _note(scope, known.id, "joined", summary or None, {"channel": asker.channel})
        return known
    case = HelplineCase(
        client_id=scope.client_id,
        number=new_number(Kind.CASE, clock.now().year),
        conversation_id=conversation_id,
        member_id=asker.member_id,
        reason=reason,
        priority=priority,
        rank=rules.RANK[priority],
        summary=summary,
        language=asker.language,
        channel=asker.channel,
    )
    scope.session.add(case)
    scope.session.flush()
    _note(scope, case.id, "opened", None, {"reason": reason, "priority": str(priority)})
    return case


def move_cases(scope: Scope, source_id: UUID, target_id: UUID) -> None:
    """Cases follow the thread into the one it was merged with."""
    for row in queries.cases_of(scope, source_id):
        row.conversation_id = target_id


def join(scope: Scope, case_id: UUID, text: str) -> None:
    """What the member writes while a person has the thread."""
    _note(scope, case_id, "member_wrote", text)


def page(scope: Scope, state: str | None, cursor: str | None, limit: int) -> dict[str, Any]:
    """A page of the queue as the agents see it."""
    rows = queries.queue(scope, state, _position(scope, cursor), limit)
    following = str(rows[-1].id) if len(rows) == limit else None
    audit.record_listing(scope, "helpline_case", [row.member_id for row in rows])
    return {"items": [_shown(row) for row in rows], "next_cursor": following}


def look(scope: Scope, case_id: UUID) -> dict[str, Any]:
    """A case with everything that happened to it; the look is recorded."""
    row = queries.case(scope, case_id)
    audit.record(scope, "read", "helpline_case", row.id, member_id=row.member_id)
    return _detail(scope, row)


def take(scope: Scope, case_id: UUID) -> dict[str, Any]:
    """The agent takes the case; raises RuleRefused when somebody else has it."""
    row = queries.case(scope, case_id, lock=True)
    _refuse(rules.may_take(row.state, row.assigned_to, scope.actor.id))
    if row.state == CaseState.OPEN:
        row.state, row.assigned_to, row.taken_at = CaseState.TAKEN, scope.actor.id, clock.now()
        _note(scope, row.id, "taken")
    audit.record(scope, "update", "helpline_case", row.id, member_id=row.member_id)
    return _detail(scope, row)


def reply(scope: Scope, case_id: UUID, text: str) -> dict[str, Any]:
    """Answer the member on the channel they wrote from; raises RuleRefused on a closed case."""
    row = queries.case(scope, case_id, lock=True)
    _refuse(rules.may_write(row.state))
    step = _note(scope, row.id, "replied", text)
    enqueue(
        scope,
        jobs.tasks[RELAY],
        lock=f"conversation:{row.conversation_id}",
        client_id=str(scope.client_id),
        event_id=str(step.id),
    )
    audit.record(scope, "update", "helpline_case", row.id, member_id=row.member_id)
    return _event(step)


def note(scope: Scope, case_id: UUID, text: str) -> dict[str, Any]:
    """A note for the colleagues; the member never sees it."""
    row = queries.case(scope, case_id)
    audit.record(scope, "update", "helpline_case", row.id, member_id=row.member_id)
    return _event(_note(scope, row.id, "noted", text))


def close(scope: Scope, case_id: UUID, outcome: str) -> dict[str, Any]:
    """End the case with what came of it; closing it again changes nothing."""
    row = queries.case(scope, case_id, lock=True)
    if row.state != CaseState.CLOSED:
        row.state, row.closed_at, row.outcome = CaseState.CLOSED, clock.now(), outcome
        _note(scope, row.id, "closed", outcome)
        audit.record(scope, "update", "helpline_case", row.id, member_id=row.member_id)
    return _detail(scope, row)


def _note(
    scope: Scope, case_id: UUID, kind: str, text: str | None = None, facts: Mapping[str, Any] | None = None
) -> CaseEvent:
    step = CaseEvent(
        client_id=scope.client_id,
        case_id=case_id,
        kind=kind,
        actor_role=scope.actor.role,
        actor_id=scope.actor.id,
        text=text,
        facts=dict(facts or {}),
    )
    scope.session.add(step)
    scope.session.flush()
    return step


def _position(scope: Scope, cursor: str | None) -> tuple[int, Any, UUID] | None:
    if cursor is None:
        return None
    try:
        row = queries.case(scope, UUID(cursor))
    except ValueError as error:
        raise BadCursor(cursor) from error
    return row.rank, row.created_at, row.id


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RuleRefused.of(refusal)


def _shown(row: HelplineCase) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "reason": row.reason,
        "priority": row.priority,
        "state": row.state,
        "language": row.language,
        "channel": row.channel,
        "member_id": row.member_id,
        "conversation_id": row.conversation_id,
        "assigned_to": row.assigned_to,
        "opened_at": row.created_at,
        "taken_at": row.taken_at,
        "closed_at": row.closed_at,
    }


def _event(step: CaseEvent) -> dict[str, Any]:
    return {"id": step.id, "kind": step.kind, "text": step.text, "by": step.actor_role, "at": step.created_at}


def _detail(scope: Scope, row: HelplineCase) -> dict[str, Any]:
    history = [_event(step) for step in queries.events(scope, row.id)]
    return _shown(row) | {"summary": row.summary, "outcome": row.outcome, "events": history}
