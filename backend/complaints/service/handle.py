"""The staff's answer: acknowledged, extended, converted, resolved, closed; each leaves a step the member can read."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.complaints import queries
from backend.complaints.clocks import Clock, clock_for
from backend.complaints.history import OPEN, add_step, check_status, tell_member
from backend.complaints.models import Complaint, ComplaintStatus, Outcome, StepKind
from backend.complaints.rules import timing as rules
from backend.complaints.rules.handling import WRONG_STATUS
from backend.errors import Conflict, RuleRefused
from backend.kit import clock
from backend.kit.refusal import Refusal


def acknowledge(scope: Scope, complaint_id: UUID, note: str | None = None) -> Complaint:
    """A person has read it; a second time changes nothing. Raises NotFound, Conflict."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    if complaint.status == ComplaintStatus.ACKNOWLEDGED:
        return complaint
    check_status(complaint, {ComplaintStatus.RECEIVED})
    complaint.status = ComplaintStatus.ACKNOWLEDGED
    complaint.acknowledged_at = clock.now()
    add_step(scope, complaint, StepKind.ACKNOWLEDGED, note)
    tell_member(scope, complaint, "complaint_step")
    return complaint


def extend(scope: Scope, complaint_id: UUID, reason: str, note: str | None = None) -> Complaint:
    """Take the longer time, once, for a reason of the list, and tell the member the new day and why (POJK 22/2023).

    Raises NotFound, Conflict, RuleRefused ``complaints.reason_not_listed``, ``complaints.already_extended``,
    ``complaints.past_deadline`` or ``complaints.oral_is_converted``.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, queries.RUNNING)
    timing = clock_for(scope, complaint.received_at, complaint.rule_set)
    now = clock.now()
    new_day = rules.extended(
        timing.rules,
        complaint.resolve_by,
        timing.date_of(now),
        timing.after,
        spoken=complaint.spoken,
        already=complaint.extended_at is not None,
        reason=reason,
    )
    if isinstance(new_day, Refusal):
        raise RuleRefused.of(new_day)
    complaint.resolve_by = new_day
    complaint.extended_at, complaint.extension_reason = now, reason
    add_step(scope, complaint, StepKind.EXTENDED, note, reason=reason)
    tell_member(
        scope, complaint, "complaint_extended", resolve_by=new_day, extension_reason=f"complaints.extension.{reason}"
    )
    return complaint


def convert(scope: Scope, complaint_id: UUID, note: str | None = None) -> Complaint:
    """What was said goes on in writing, because it cannot be settled in the shorter time. Raises NotFound, Conflict."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, queries.RUNNING)
    if not complaint.spoken:
        raise Conflict(WRONG_STATUS, {"status": complaint.status})
    go_on_in_writing(scope, complaint, clock_for(scope, complaint.received_at, complaint.rule_set), note)
    return complaint


def go_on_in_writing(scope: Scope, complaint: Complaint, timing: Clock, note: str | None = None) -> None:
    """The written clock of a complaint that was only said, with its step and the news to the member."""
    complete_on = timing.date_of(complaint.complete_at or complaint.received_at)
    complaint.resolve_by = rules.converted(timing.rules, complaint.resolve_by, complete_on, timing.after)
    complaint.spoken, complaint.converted_at = False, clock.now()
    add_step(scope, complaint, StepKind.CONVERTED, note)
    tell_member(scope, complaint, "complaint_converted", resolve_by=complaint.resolve_by)


def resolve(scope: Scope, complaint_id: UUID, note: str, outcome: Outcome, redress: str | None = None) -> Complaint:
    """Give the answer: ``note`` is what the member reads, ``redress`` what they get. Raises NotFound, Conflict."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, OPEN)
    now = clock.now()
    complaint.status = ComplaintStatus.RESOLVED
    complaint.acknowledged_at = complaint.acknowledged_at or now
    complaint.resolved_at = now
    complaint.outcome, complaint.redress = outcome.value, redress
    complaint.information_by = None
    add_step(scope, complaint, StepKind.RESOLVED, note, outcome=outcome.value)
    tell_member(scope, complaint, "complaint_resolved")
    return complaint


def close(scope: Scope, complaint_id: UUID, note: str | None = None) -> Complaint:
    """Put an answered complaint away; a second time changes nothing. Raises NotFound, Conflict."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    if complaint.status == ComplaintStatus.CLOSED:
        return complaint
    check_status(complaint, {ComplaintStatus.RESOLVED})
    complaint.status, complaint.closed_at = ComplaintStatus.CLOSED, clock.now()
    add_step(scope, complaint, StepKind.CLOSED, note)
    return complaint


def add_note(scope: Scope, complaint_id: UUID, note: str, *, internal: bool) -> Complaint:
    """Write something down; ``internal`` notes never reach the member. Raises NotFound, Conflict once it is closed."""
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, {*OPEN, ComplaintStatus.RESOLVED})
    add_step(scope, complaint, StepKind.NOTE, note, internal=internal)
    return complaint
