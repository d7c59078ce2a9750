"""Who has a complaint, from whom it is kept, and what staff correct about it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts.queries import staff_at_client
from backend.complaints import queries
from backend.complaints.colleagues import Colleagues
from backend.complaints.history import OPEN, add_step, check_status
from backend.complaints.models import Complaint, ComplaintRespondent, StepKind
from backend.complaints.rules import handling
from backend.complaints.rules.priority import Category, Priority
from backend.complaints.subject import Subject
from backend.errors import NotFound, RuleRefused


def assign(scope: Scope, complaint_id: UUID, staff_id: UUID) -> Complaint:
    """Give the complaint to somebody; the same person again changes nothing.

    Raises NotFound for somebody who does not work here, Conflict once it is answered, RuleRefused
    ``complaints.conflict_of_interest``, ``complaints.not_a_handler``, ``complaints.taken_by_another`` or
    ``complaints.take_it_first``.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, OPEN)
    found = staff_at_client(scope, staff_id=staff_id)
    if found is None:
        raise NotFound()
    staff, post = found
    about = queries.respondents_of(scope, complaint.id)
    refusal = handling.may_assign(
        scope.actor.id,
        scope.actor.role.value,
        staff.id,
        post.role,
        handler_id=complaint.handler_id,
        conflicted=handling.has_conflict(staff.id, post.provider_id, about, complaint.provider_id),
    )
    if refusal:
        raise RuleRefused.of(refusal)
    if complaint.handler_id != staff.id:
        complaint.handler_id = staff.id
        add_step(scope, complaint, StepKind.ASSIGNED, internal=True, staff_id=str(staff.id))
        if staff.id != scope.actor.id:
            facts = {"complaint_number": complaint.number, "due_by": complaint.resolve_by}
            Colleagues(scope).tell([staff.id], "complaint_assigned", facts)
    return complaint


def set_priority(scope: Scope, complaint_id: UUID, priority: Priority, reason: str) -> Complaint:
    """Another priority than the rule's, with the reason for it; only staff read it. Raises NotFound, Conflict."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, OPEN)
    before, complaint.priority = complaint.priority, priority.value
    add_step(scope, complaint, StepKind.PRIORITY, reason, internal=True, before=before, after=priority.value)
    return complaint


def correct_subject(scope: Scope, complaint_id: UUID, category: Category, **disputed: Any) -> Complaint:
    """What the complaint is about and what it disputes, as whoever read it understands it; the member's words stay.

    Raises NotFound for things that are not there or not this member's, Conflict once it is answered.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, OPEN)
    for name, value in Subject(**disputed).columns(scope, complaint.member_id).items():
        setattr(complaint, name, value)
    complaint.category = category.value
    add_step(scope, complaint, StepKind.SUBJECT, internal=True, category=category.value)
    return complaint


def name_respondents(scope: Scope, complaint_id: UUID, staff_ids: Collection[UUID]) -> Complaint:
    """Whom of the staff the complaint is about: it disappears for them, and leaves their hands at once.

    Raises NotFound for somebody who does not work here.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    wanted = set(staff_ids)
    if any(staff_at_client(scope, staff_id=each) is None for each in wanted):
        raise NotFound()
    known = queries.respondent_rows(scope, complaint.id)
    for row in known:
        if row.staff_id not in wanted:
            scope.session.delete(row)
    for staff_id in sorted(wanted - {row.staff_id for row in known}):
        scope.session.add(ComplaintRespondent(client_id=scope.client_id, complaint_id=complaint.id, staff_id=staff_id))
    if complaint.handler_id in wanted:
        complaint.handler_id = None
    add_step(scope, complaint, StepKind.RESPONDENTS, internal=True, respondents=len(wanted))
    return complaint
