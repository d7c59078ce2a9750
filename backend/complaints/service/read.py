"""What is answered about complaints."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.complaints import queries
from backend.complaints.models import Complaint
from backend.kit.pages import Cursor
from backend.kit.reference_numbers import Kind, read_number

_OPEN_AT_ONCE = 200


def complaint_answer(scope: Scope, complaint_id: UUID) -> dict[str, Any]:
    """One complaint with its steps; internal notes only for staff. Raises NotFound."""
    complaint = queries.complaint(scope, complaint_id)
    audit.record_look(scope, "complaint", complaint.id, member_id=complaint.member_id)
    is_member = scope.actor.role is Role.MEMBER
    return {
        **_summary(complaint),
        "text": complaint.text,
        "steps": [
            {
                "kind": step.kind,
                "at": step.created_at,
                "note": step.note,
                "by": step.actor_role,
                "internal": step.internal,
                "resolve_by": step.figures.get("resolve_by"),
            }
            for step in queries.steps_of(scope, complaint.id)
            if not (is_member and step.internal)
        ],
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
    audit.record_listing(scope, "complaint", [member_id, *(complaint.member_id for complaint in found[:limit])])
    last = found[limit - 1] if len(found) > limit else None
    following = Cursor(last.created_at, last.id).encode() if last else None
    return {"items": [_summary(complaint) for complaint in found[:limit]], "next_cursor": following}


def list_open(scope: Scope) -> dict[str, Any]:
    """What is still to be answered, the nearest deadline first, at most 200."""
    found = queries.open_by_deadline(scope, _OPEN_AT_ONCE)
    audit.record_listing(scope, "complaint", [complaint.member_id for complaint in found])
    return {"items": [_summary(complaint) for complaint in found], "next_cursor": None}


def _summary(complaint: Complaint) -> dict[str, Any]:
    return {
        "id": complaint.id,
        "number": complaint.number,
        "member_id": complaint.member_id,
        "claim_id": complaint.claim_id,
        "category": complaint.category,
        "status": complaint.status,
        "channel": complaint.channel,
        "spoken": complaint.spoken,
        "rule_set": complaint.rule_set,
        "received_at": complaint.received_at,
        "acknowledge_by": complaint.acknowledge_by,
        "resolve_by": complaint.resolve_by,
        "extended": complaint.extended_at is not None,
        "overdue": complaint.overdue_at is not None,
        "reopened_count": complaint.reopened_count,
    }
