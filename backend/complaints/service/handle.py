"""The staff's side: every verb leaves a step the member can read, except a note."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.complaints import queries, rules
from backend.complaints.clocks import clock_for
from backend.complaints.history import OPEN, add_step, check_status
from backend.complaints.models import Complaint, ComplaintStatus, StepKind
from backend.errors import RuleRefused
from backend.kit import clock
from backend.kit.refusal import Refusal
from backend.notifications.service import notify

_AT_ONCE = 200


def acknowledge(scope: Scope, complaint_id: UUID, note: str | None = None) -> Complaint:
    """A person has read it; a second time changes nothing. Raises NotFound, Conflict."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    if complaint.status == ComplaintStatus.ACKNOWLEDGED:
        return complaint
    check_status(complaint, {ComplaintStatus.RECEIVED})
    complaint.status = ComplaintStatus.ACKNOWLEDGED
    complaint.acknowledged_at = clock.now()
    add_step(scope, complaint, StepKind.ACKNOWLEDGED, note)
    _tell(scope, complaint)
    return complaint


def request_information(scope: Scope, complaint_id: UUID, note: str) -> Complaint:
    """Ask the member for what is missing; the clock stands until it comes, and counts as written from then on.

    A complaint made by voice that needs papers goes on in writing. Raises NotFound, Conflict.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, {ComplaintStatus.RECEIVED, ComplaintStatus.ACKNOWLEDGED})
    timing = clock_for(scope, complaint.received_at, complaint.rule_set)
    now = clock.now()
    complaint.status = ComplaintStatus.INFORMATION_REQUESTED
    complaint.acknowledged_at = complaint.acknowledged_at or now
    complaint.spoken = False
    complaint.complete_at = None
    complaint.resolve_by = rules.while_waiting(timing.rules, timing.date_of(now), timing.after)[1]
    add_step(scope, complaint, StepKind.INFORMATION_REQUESTED, note)
    _tell(scope, complaint)
    return complaint


def extend(scope: Scope, complaint_id: UUID, note: str) -> Complaint:
    """Take the longer time, once, and tell the member in writing why (POJK 22/2023).

    Raises NotFound, Conflict, RuleRefused ``complaints.already_extended`` or ``complaints.past_deadline``.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, OPEN)
    timing = clock_for(scope, complaint.received_at, complaint.rule_set)
    now = clock.now()
    new_day = rules.extended(
        timing.rules, complaint.resolve_by, complaint.extended_at is not None, timing.date_of(now), timing.after
    )
    if isinstance(new_day, Refusal):
        raise RuleRefused.of(new_day)
    complaint.resolve_by = new_day
    complaint.extended_at = now
    add_step(scope, complaint, StepKind.EXTENDED, note)
    _tell(scope, complaint)
    return complaint


def resolve(scope: Scope, complaint_id: UUID, note: str) -> Complaint:
    """Give the answer; ``note`` is what the member reads. Raises NotFound, Conflict."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, OPEN)
    now = clock.now()
    complaint.status = ComplaintStatus.RESOLVED
    complaint.acknowledged_at = complaint.acknowledged_at or now
    complaint.resolved_at = now
    add_step(scope, complaint, StepKind.RESOLVED, note)
    notify(scope, "complaint_resolved", complaint.member_id, {"complaint_number": complaint.number})
    return complaint


def close(scope: Scope, complaint_id: UUID, note: str | None = None) -> Complaint:
    """Put an answered complaint away; a second time changes nothing. Raises NotFound, Conflict."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    if complaint.status == ComplaintStatus.CLOSED:
        return complaint
    check_status(complaint, {ComplaintStatus.RESOLVED})
    complaint.status = ComplaintStatus.CLOSED
    add_step(scope, complaint, StepKind.CLOSED, note)
    return complaint


def add_note(scope: Scope, complaint_id: UUID, note: str, *, internal: bool) -> Complaint:
    """Write something down; ``internal`` notes never reach the member. Raises NotFound."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    add_step(scope, complaint, StepKind.NOTE, note, internal=internal)
    return complaint


def mark_overdue(scope: Scope) -> int:
    """Mark what should have been answered by yesterday, at most 200; returns how many."""
    timing = clock_for(scope, clock.now())
    late = queries.newly_overdue(scope, timing.date_of(clock.now()), _AT_ONCE)
    for complaint in late:
        complaint.overdue_at = clock.now()
        add_step(scope, complaint, StepKind.OVERDUE)
    return len(late)


def _tell(scope: Scope, complaint: Complaint) -> None:
    notify(scope, "complaint_step", complaint.member_id, {"complaint_number": complaint.number})
