"""What was said and done in the complainant's thread: messages of all channels, calls, cases of the helpline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.complaints.dossier import queries
from backend.complaints.dossier.entries import Entry, Hand
from backend.complaints.dossier.rules import View
from backend.complaints.dossier.story import Story
from backend.conversations.models import Message
from backend.helpline import service as helpline
from backend.helpline.models import CaseEvent, Desk, HelplineCase

_SAID_IN_THE_THREAD = frozenset({"replied", "member_wrote"})
_NOTES = frozenset({"noted"})
_SEEN_BY_ALL = frozenset({"joined", "taken", "released", "transferred", "closed"})
"""Steps that the member reads too; that somebody looked a number up or wrote a note is for staff."""


def messages(scope: Scope, rows: Sequence[Message], papers: Mapping[UUID, str]) -> Iterator[Entry]:
    """The transcript; ``papers`` are the names of documents in the ZIP."""
    roles = queries.roles_of_staff(scope, {row.staff_id for row in rows if row.staff_id})
    for row in rows:
        by = _speaker(row, roles)
        yield Entry(
            "message",
            row.id,
            row.created_at,
            facts={
                "direction": row.direction,
                "channel": row.channel,
                "language": row.language,
                "attachments": [_attachment(item, papers) for item in row.media],
                "location_shared": row.location is not None,
                "state": row.send_state,
            },
            words={"text": row.text},
            by=by,
            illness=by.role == Role.DOCTOR,
        )


def _speaker(row: Message, roles: Mapping[UUID, str]) -> Hand:
    if row.author != "agent":
        return Hand(row.author)
    return Hand(roles.get(row.staff_id, Role.AGENT) if row.staff_id else Role.AGENT, row.staff_id)


def _attachment(item: Mapping[str, Any], papers: Mapping[UUID, str]) -> str:
    if "document_id" in item:
        return papers.get(UUID(item["document_id"]), "document")
    return "member_card" if "card_member_id" in item else "unreadable"


def calls(scope: Scope, story: Story) -> Iterator[Entry]:
    """When a call began and ended; what was said stands among the messages."""
    if story.conversation_id is None:
        return
    for row in queries.calls_since(scope, story.conversation_id, story.begins):
        yield Entry("call_began", row.id, row.created_at, by=Hand("member"))
        if row.ended_at is not None:
            seconds = int((row.ended_at - row.created_at).total_seconds())
            yield Entry("call_ended", row.id, row.ended_at, facts={"status": row.status, "seconds": seconds})


def cases(scope: Scope, story: Story, view: View) -> Iterator[Entry]:
    """What the helpline did; notes and summaries are internal, everything of the doctor's desk is a doctor's note.

    What the doctor wrote down is read only for a view with the member's consent; else the steps say that there is some.
    """
    if story.conversation_id is None:
        return
    whose = {story.complaint.member_id, story.told_by_id}
    rows = queries.cases_since(scope, story.conversation_id, story.begins, whose)
    by_id = {row.id: row for row in rows}
    medical = {row.id for row in rows if row.desk == Desk.DOCTOR}
    for row in rows:
        facts = {"number": row.number, "reason": row.reason, "priority": row.priority, "channel": row.channel}
        yield Entry("case", row.id, row.created_at, facts=facts)
        if row.summary:
            yield Entry(
                "case_summary",
                row.id,
                row.created_at,
                facts={"number": row.number},
                words={"summary": row.summary},
                internal=True,
                doctors_note=row.id in medical,
            )
    if view.doctors_notes and rows:
        yield from _doctors_notes(scope, story.complaint.member_id, by_id)
    for step in queries.steps_of_cases(scope, list(by_id)):
        yield from _case_step(step, by_id[step.case_id].number, medical=step.case_id in medical)


def _doctors_notes(scope: Scope, member_id: UUID, by_id: Mapping[UUID, HelplineCase]) -> Iterator[Entry]:
    for row, text in helpline.disclosed_notes(scope, member_id, list(by_id)):
        yield Entry(
            "medical_note",
            row.id,
            row.created_at,
            facts={"number": by_id[row.case_id].number, "outcome": row.outcome},
            words={"text": text},
            by=Hand(Role.DOCTOR, row.doctor_id),
            internal=True,
            doctors_note=True,
        )


def _case_step(step: CaseEvent, number: str, *, medical: bool) -> Iterator[Entry]:
    by = Hand(step.actor_role, None if step.actor_role in {"member", "system"} else step.actor_id)
    facts = {"number": number, "kind": step.kind}
    if step.kind not in _SAID_IN_THE_THREAD | _NOTES | {"opened"}:
        internal = step.kind not in _SEEN_BY_ALL
        yield Entry("case_step", step.id, step.created_at, facts=facts, by=by, internal=internal)
    if step.text and step.kind not in _SAID_IN_THE_THREAD:
        yield Entry(
            "case_note",
            step.id,
            step.created_at,
            facts=facts,
            words={"text": step.text},
            by=by,
            internal=True,
            doctors_note=medical or step.actor_role == Role.DOCTOR,
        )
