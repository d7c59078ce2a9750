"""What is answered about complaints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.complaints import queries
from backend.complaints.models import Complaint, ComplaintStep
from backend.complaints.rules.timing import next_deadline
from backend.complaints.service.for_staff import detailed, marked
from backend.kit.pages import Cursor, page_of
from backend.kit.reference_numbers import Kind, read_number

_OPEN_AT_ONCE = 200


def complaint_answer(scope: Scope, complaint_id: UUID) -> dict[str, Any]:
    """One complaint with its steps; what staff keep to themselves only for staff. Raises NotFound."""
    complaint = queries.complaint(scope, complaint_id)
    audit.record_look(scope, "complaint", complaint.id, member_id=complaint.member_id)
    return _detail(scope, complaint)


def lodged_answer(scope: Scope, complaint: Complaint) -> dict[str, Any]:
    """The same to whoever has just lodged it, even when it is about themselves and closed to them from now on."""
    return _detail(scope, complaint)


def _detail(scope: Scope, complaint: Complaint) -> dict[str, Any]:
    is_member = scope.actor.role is Role.MEMBER
    steps = [_step(step) for step in queries.steps_of(scope, complaint.id) if not (is_member and step.internal)]
    referrals = [
        {"body": row.body, "number": row.number, "referred_on": row.referred_on}
        for row in queries.referrals_of(scope, complaint.id)
    ]
    papers = [{"document_id": row.document_id, "at": row.created_at} for row in queries.papers_of(scope, complaint.id)]
    shown = {**_summary(complaint), "text": complaint.text, "steps": steps, "referrals": referrals, "documents": papers}
    return shown if is_member else detailed(scope, complaint, shown)


def _step(step: ComplaintStep) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "at": step.created_at,
        "note": step.note,
        "by": step.actor_role,
        "internal": step.internal,
        "resolve_by": step.figures.get("resolve_by"),
        "reason": step.figures.get("reason"),
    }


def list_complaints(
    scope: Scope,
    *,
    member_id: UUID | None = None,
    number: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> dict[str, Any]:
    """A page of complaints, the newest first; with ``number``, as a person says it, the one complaint or none.

    Raises NotFound for a member the actor does not act for, BadCursor for a cursor that is not ours.
    """
    if number is not None:
        kept = read_number(Kind.COMPLAINT, number)
        found = queries.complaints_of(scope, member_id, number=kept, limit=1) if kept else []
    else:
        found = queries.complaints_of(scope, member_id, after=Cursor.after(cursor), limit=limit + 1)
    # Whoever asks for one member's complaints has looked at that member, also when there is none.
    shown, following = page_of(found, limit)
    audit.record_listing(scope, "complaint", [member_id, *(complaint.member_id for complaint in shown)])
    return {"items": _rows(scope, shown, marks=number is not None), "next_cursor": following}


def list_open(
    scope: Scope, *, mine: bool = False, unassigned: bool = False, level: int | None = None
) -> dict[str, Any]:
    """What is still to be answered, the nearest deadline first, at most 200: all of it, one's own, or nobody's."""
    handler_id = scope.actor.id if mine else None
    found = queries.open_by_deadline(scope, _OPEN_AT_ONCE, handler_id=handler_id, unassigned=unassigned, level=level)
    audit.record_listing(scope, "complaint", [complaint.member_id for complaint in found])
    return {"items": _rows(scope, found, marks=True), "next_cursor": None}


def _rows(scope: Scope, found: Sequence[Complaint], *, marks: bool) -> list[dict[str, Any]]:
    rows = [_summary(complaint) for complaint in found]
    return marked(scope, found, rows) if marks and scope.actor.role is not Role.MEMBER else rows


def _summary(complaint: Complaint) -> dict[str, Any]:
    coming = next_deadline(
        answered=complaint.status in queries.ANSWERED,
        acknowledged=complaint.acknowledged_at is not None,
        acknowledge_by=complaint.acknowledge_by,
        information_by=complaint.information_by,
        resolve_by=complaint.resolve_by,
    )
    return {
        **_subject(complaint),
        "id": complaint.id,
        "number": complaint.number,
        "member_id": complaint.member_id,
        "priority": complaint.priority,
        "status": complaint.status,
        "channel": complaint.channel,
        "spoken": complaint.spoken,
        "rule_set": complaint.rule_set,
        "received_at": complaint.received_at,
        "complete_at": complaint.complete_at,
        "acknowledge_by": complaint.acknowledge_by,
        "resolve_by": complaint.resolve_by,
        "information_by": complaint.information_by,
        "may_ask_for_time": complaint.information_by is not None and not complaint.information_extended,
        "next_deadline": {"kind": coming[0], "on": coming[1]} if coming else None,
        "extended": complaint.extended_at is not None,
        "extension_reason": complaint.extension_reason,
        "overdue": complaint.overdue_at is not None,
        "level": complaint.level,
        "handler_id": complaint.handler_id,
        "outcome": complaint.outcome,
        "redress": complaint.redress,
        "closed_reason": complaint.closed_reason,
        "reopened_count": complaint.reopened_count,
    }


def _subject(complaint: Complaint) -> dict[str, Any]:
    amount = {"amount_minor": complaint.amount_minor, "currency": complaint.currency}
    return {
        "category": complaint.category,
        "claim_id": complaint.claim_id,
        "claim_line_id": complaint.claim_line_id,
        "letter_id": complaint.letter_id,
        "call_id": complaint.call_id,
        "provider_id": complaint.provider_id,
        "product": complaint.product,
        "amount": amount if complaint.currency else None,
    }
