"""Papers and words we wait for: asked, prolonged once, received, or never come (POJK 22/2023: 10 + 10 working days)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from backend.access import Scope
from backend.complaints import queries
from backend.complaints.clocks import clock_for
from backend.complaints.history import add_step, check_status, mark_overdue, tell_member
from backend.complaints.models import NO_INFORMATION, Complaint, ComplaintStatus, StepKind
from backend.complaints.papers import attach
from backend.complaints.rules import timing as rules
from backend.errors import RuleRefused
from backend.kit import clock
from backend.kit.refusal import Refusal


def request_information(scope: Scope, complaint_id: UUID, note: str) -> Complaint:
    """Ask the complainant for what is missing; our clock stands until it comes, and counts as written from then on.

    A complaint made by voice that needs papers goes on in writing. Asking late does not undo a missed deadline.
    Raises NotFound, Conflict.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, queries.RUNNING)
    timing = clock_for(scope, complaint.received_at, complaint.rule_set)
    now = clock.now()
    today = timing.date_of(now)
    late = rules.is_overdue(complaint.resolve_by, today)
    if late:
        mark_overdue(scope, complaint)
    first = complaint.days_left is None and not late
    days_left = rules.days_left_at_pause(
        timing.rules,
        resolve_by=complaint.resolve_by,
        asked_on=today,
        first=first,
        extended=complaint.extended_at is not None,
        between=timing.between,
    )
    pause = rules.paused(timing.rules, today, days_left, timing.after, timing.after_for_them)
    if complaint.spoken:
        complaint.spoken, complaint.converted_at = False, now
    complaint.status = ComplaintStatus.INFORMATION_REQUESTED
    complaint.acknowledged_at = complaint.acknowledged_at or now
    complaint.complete_at = None
    complaint.resolve_by_before, complaint.days_left = complaint.resolve_by, days_left
    _wait(complaint, pause)
    complaint.information_extended = False
    add_step(scope, complaint, StepKind.INFORMATION_REQUESTED, note)
    tell_member(scope, complaint, "complaint_information_wanted", information_by=pause.information_by)
    return complaint


def take_more_time(scope: Scope, complaint_id: UUID, note: str | None = None) -> Complaint:
    """The complainant needs the second period for the papers; once for each question.

    Raises NotFound, Conflict when nothing is waited for, RuleRefused ``complaints.more_time_once``.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, {ComplaintStatus.INFORMATION_REQUESTED})
    assert complaint.information_by is not None
    assert complaint.days_left is not None
    timing = clock_for(scope, complaint.received_at, complaint.rule_set)
    longer = rules.more_time(
        timing.rules,
        rules.Pause(complaint.information_by, complaint.resolve_by),
        timing.date_of(clock.now()),
        already=complaint.information_extended,
        days_left=complaint.days_left,
        after=timing.after,
        theirs=timing.after_for_them,
    )
    if isinstance(longer, Refusal):
        raise RuleRefused.of(longer)
    _wait(complaint, longer)
    complaint.information_extended = True
    add_step(scope, complaint, StepKind.MORE_TIME, note)
    tell_member(scope, complaint, "complaint_information_wanted", information_by=longer.information_by)
    return complaint


def supply_information(scope: Scope, complaint_id: UUID, text: str, document_ids: Sequence[UUID] = ()) -> Complaint:
    """What was asked for has come: our clock runs again, the first time from its beginning.

    Raises NotFound, Conflict when nothing was asked or a document was refused.
    """
    complaint = queries.complaint_to_change(scope, complaint_id)
    check_status(complaint, {ComplaintStatus.INFORMATION_REQUESTED})
    assert complaint.resolve_by_before is not None
    assert complaint.days_left is not None
    timing = clock_for(scope, complaint.received_at, complaint.rule_set)
    now = clock.now()
    complaint.complete_at, complaint.information_by = now, None
    complaint.resolve_by = rules.resumed(
        complaint.resolve_by_before, timing.date_of(now), complaint.days_left, timing.after
    )
    complaint.status = ComplaintStatus.ACKNOWLEDGED
    attach(scope, complaint, document_ids)
    add_step(scope, complaint, StepKind.INFORMATION_RECEIVED, text)
    return complaint


def close_unanswered(scope: Scope, complaint: Complaint) -> None:
    """What was asked for never came: closed with notice after the complainant's last day, and may be reopened."""
    complaint.status = ComplaintStatus.CLOSED
    complaint.closed_at, complaint.closed_reason = clock.now(), NO_INFORMATION
    complaint.information_by = None
    add_step(scope, complaint, StepKind.CLOSED)
    tell_member(scope, complaint, "complaint_unanswered")


def _wait(complaint: Complaint, pause: rules.Pause) -> None:
    complaint.information_by = pause.information_by
    # Waiting never shortens our own time: an extension may reach further than the papers' clock.
    complaint.resolve_by = max(complaint.resolve_by, pause.resolve_by)
