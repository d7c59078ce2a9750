"""Whose words a dossier tells, and from when on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.access import Role, Scope
from backend.accounts import queries as accounts
from backend.claims.queries import claim
from backend.complaints import queries as complaints
from backend.complaints.dossier import queries, rules
from backend.complaints.models import Complaint, StepKind
from backend.conversations.queries import conversation_of_member
from backend.errors import NotFound
from backend.guarantees.queries import letter
from backend.members import queries as members


@dataclass(frozen=True, slots=True)
class Story:
    """A complaint, the thread of whoever complains (None: they never wrote), and the first contact in the matter."""

    complaint: Complaint
    told_by_id: UUID
    conversation_id: UUID | None
    begins: datetime


def complainant(scope: Scope, complaint: Complaint) -> UUID:
    """Who complains: the member who lodged it, else the member it is about; for a dependant without a thread the
    employee."""
    person = members.member(scope, complaint.member_id)
    candidates = [_lodger(scope, complaint), person.id, person.employee_id]
    known = [one for one in candidates if one is not None]
    return next((one for one in known if conversation_of_member(scope, one) is not None), known[0])


def _lodger(scope: Scope, complaint: Complaint) -> UUID | None:
    first = next((step for step in complaints.steps_of(scope, complaint.id) if step.kind == StepKind.RECEIVED), None)
    if first is None or first.actor_role != Role.MEMBER or first.actor_id is None:
        return None
    try:
        phone = accounts.identity(scope, first.actor_id).phone
    except NotFound:
        return None
    return next((member.id for member in members.by_phone(scope, phone)), None)


def story_of(scope: Scope, complaint: Complaint, told_by_id: UUID) -> Story:
    """The story of a complaint as ``told_by_id`` lived it."""
    thread = conversation_of_member(scope, told_by_id)
    linked = _disputed(scope, complaint)
    begins = min([*linked, complaint.received_at])
    before = queries.words_before(scope, thread.id, begins) if thread else []
    return Story(
        complaint,
        told_by_id,
        thread.id if thread else None,
        rules.story_begins(linked, before, complaint.received_at),
    )


def _disputed(scope: Scope, complaint: Complaint) -> list[datetime]:
    """When what the complaint disputes began."""
    moments = []
    if complaint.claim_id is not None:
        moments.append(claim(scope, complaint.claim_id).created_at)
    if complaint.letter_id is not None:
        moments.append(letter(scope, complaint.letter_id).requested_at)
    if complaint.call_id is not None:
        call = queries.call(scope, complaint.call_id)
        moments += [call.created_at] if call else []
    return moments
