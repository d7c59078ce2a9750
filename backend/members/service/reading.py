"""What people see of members: lists for staff, one's own family for a member. No health data anywhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.kit import clock, phone
from backend.kit.pages import MAX_LIMIT, Cursor
from backend.members import queries
from backend.members.models import EnrolmentRequest, Member
from backend.members.rules import cover

_SEE_CONTACT = frozenset([Role.MEMBER, Role.HR, Role.ADMIN])
_SEE_MASKED = frozenset([Role.AGENT, Role.DOCTOR])
"""They are shown the whole number in a case, for a reason (helpline: reveal)."""


def list_members(
    scope: Scope, *, q: str = "", cursor: str | None = None, limit: int = 50, current: bool = False
) -> dict[str, Any]:
    """Members by name or number, the newest first; ``current`` leaves out whoever has left."""
    after = Cursor.after(cursor)
    today = clock.today(client_by_id(scope.client_id).timezone)
    page = queries.search(scope, q, cursor=after, limit=min(limit, MAX_LIMIT), current_on=today if current else None)
    audit.record_listing(scope, "member", [member.id for member in page.items])
    return {"items": [_shown(scope, member) for member in page.items], "next_cursor": page.next_cursor}


def read_member(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """One member with cover and family; a look by staff is kept in the audit record. Raises NotFound."""
    member = queries.member(scope, member_id)
    if scope.actor.role is not Role.MEMBER:
        audit.record(scope, "read", "member", member.id, member_id=member.id)
    today = clock.today(client_by_id(scope.client_id).timezone)
    state = cover.cover_state(queries.periods_of(scope, member_id), member.left_on, today)
    plan = queries.plan_facts(scope, state.plan_id, scope.language) if state.plan_id else None
    family = [
        {"id": one.id, "name": one.full_name, "relationship": one.relationship, "left_on": one.left_on}
        for one in queries.family_of(scope, member_id)
        if scope.actor.role is not Role.MEMBER or one.id in scope.actor.member_ids
    ]
    return _shown(scope, member) | {
        "cover": {
            "state": state.state,
            "plan": {"code": plan["code"], "name": plan["name"]} if plan else None,
            "valid_from": state.valid_from,
            "valid_until": state.valid_until,
        },
        "family": family,
    }


def list_requests(scope: Scope, status: str | None = None) -> dict[str, Any]:
    """Requests for dependants: a member's own, or for staff everybody's; the oldest first."""
    own = scope.actor.own_member_id if scope.actor.role is Role.MEMBER else None
    rows = queries.enrolment_requests(scope, own, status)
    audit.record_listing(scope, "enrolment_request", [row.employee_id for row in rows])
    return {"items": [shown_request(scope, row) for row in rows]}


def shown_request(scope: Scope, row: EnrolmentRequest) -> dict[str, Any]:
    """A request as the API answers it."""
    return {
        "id": row.id,
        "employee_id": row.employee_id,
        "relationship": row.relationship,
        "full_name": row.full_name,
        "birth_date": row.birth_date,
        "sex": row.sex,
        "status": row.status,
        "note": row.note,
        "member_id": row.created_member_id,
        "requested_at": row.created_at,
        "decided_at": row.decided_at,
    }


def lost_cards(scope: Scope) -> dict[str, Any]:
    """Lost cards that wait for HR to request a new one (S1-60)."""
    waiting = queries.cards_waiting_for_replacement(scope)
    audit.record_listing(scope, "card", [card.member_id for card, _ in waiting])
    return {
        "items": [
            {
                "member_id": card.member_id,
                "name": name,
                "card_number": card.number,
                "reason": card.loss_reason,
                "reported_at": card.reported_at,
            }
            for card, name in waiting
        ]
    }


def _shown(scope: Scope, member: Member) -> dict[str, Any]:
    contact = scope.actor.role in _SEE_CONTACT
    masked = phone.masked(member.phone) if member.phone and scope.actor.role in _SEE_MASKED else None
    return {
        "id": member.id,
        "member_number": member.number,
        "employee_id": member.employee_id,
        "employee_number": member.employee_number,
        "relationship": member.relationship,
        "name": member.full_name,
        "birth_date": member.birth_date,
        "sex": member.sex,
        "phone": member.phone if contact else masked,
        "email": member.email if contact else None,
        "language": member.language,
        "has_national_id": member.national_id_cipher is not None,
        "left_on": member.left_on,
    }
