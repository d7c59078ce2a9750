"""A matter for a person begins: opened by the bot, by the degraded mode or by a call, joined by what comes after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.helpline import queries, thread
from backend.helpline.models import Desk, HelplineCase, Priority
from backend.helpline.rules import cases as rules
from backend.helpline.service.steps import write_step
from backend.helpline.service.waiting import due, waits
from backend.jobs import enqueue, jobs
from backend.kit import clock
from backend.kit.reference_numbers import Kind, new_number

ASSIGN = "helpline.assign"
"""The job that offers waiting cases to people on duty."""

_JUST_NOW = timedelta(minutes=10)
"""A word of this age or younger is what the case is about."""


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
    desk: str = Desk.HELPLINE,
    filled: Mapping[str, Any] | None = None,
) -> HelplineCase:
    """The case of a thread for one reason: opened, or joined while an earlier one is not closed.

    A joined case takes over the higher priority and what was filled in, and keeps the new summary as an event, so
    that a person who asks five times has one place in the queue. ``filled`` is what a form had collected.
    """
    asker = caller or Caller(language=scope.language, channel=scope.channel)
    known = queries.open_case_of(scope, conversation_id, reason)
    if known is not None:
        known.filled = {**known.filled, **(filled or {})}
        return _join(scope, known, asker, priority, summary)
    now = clock.now()
    waiting_since = thread.last_word(scope, conversation_id, now - _JUST_NOW) or now
    case = HelplineCase(
        client_id=scope.client_id,
        number=new_number(Kind.CASE, now.year),
        conversation_id=conversation_id,
        member_id=asker.member_id,
        reason=reason,
        priority=priority,
        rank=rules.RANK[priority],
        summary=summary,
        language=asker.language,
        channel=asker.channel,
        desk=rules.desk_for(reason, desk),
        filled=dict(filled or {}),
        waiting_since=waiting_since,
        due_at=due(scope, rules.desk_for(reason, desk), priority, waiting_since),
    )
    scope.session.add(case)
    scope.session.flush()
    write_step(scope, case, "opened", facts={"reason": reason, "priority": str(priority)}, is_work=False)
    call_for_people(scope)
    return case


def call_for_people(scope: Scope) -> None:
    """Have the waiting cases of the client offered, once this transaction is through."""
    enqueue(scope, jobs.tasks[ASSIGN], lock=f"assignment:{scope.client_id}", client_id=str(scope.client_id))


def _join(scope: Scope, known: HelplineCase, asker: Caller, priority: str, summary: str) -> HelplineCase:
    known.priority = rules.more_urgent(priority, known.priority)
    known.rank = rules.RANK[known.priority]
    known.member_id = known.member_id or asker.member_id
    waits(scope, known)
    write_step(scope, known, "joined", summary or None, {"channel": asker.channel}, is_work=False)
    return known


def join(scope: Scope, case_id: UUID, text: str) -> None:
    """What the member writes while a person has the thread: from now on somebody waits again."""
    case = queries.case(scope, case_id)
    waits(scope, case)
    write_step(scope, case, "member_wrote", text, is_work=False)


def move_cases(scope: Scope, source_id: UUID, target_id: UUID) -> None:
    """Cases follow the thread into the one it was merged with."""
    for row in queries.cases_of(scope, source_id):
        row.conversation_id = target_id


def recognise(scope: Scope, conversation_id: UUID, member_id: UUID) -> None:
    """Who writes in this thread has just been proved: cases that were still nobody's become theirs."""
    for row in queries.cases_of(scope, conversation_id):
        if row.member_id is None and row.state != "closed":
            row.member_id = member_id
