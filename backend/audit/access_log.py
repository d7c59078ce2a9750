"""What a member reads about who met their data: by role and display name, what, when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.accounts import queries as accounts
from backend.audit import queries, service
from backend.kit.pages import Cursor, page_of
from backend.members import queries as members

_PURPOSES = {
    Role.AGENT: "helpline",
    Role.DOCTOR: "care",
    Role.PROVIDER: "care",
    Role.CLAIMS: "claims",
    Role.FINANCE: "payment",
    Role.HR: "enrolment",
    Role.ADMIN: "supervision",
    Role.SYSTEM: "automatic",
    Role.MEMBER: "own_matter",
}
"""What each role is let near a member's data for; nobody may look for another reason."""


def access_log(scope: Scope, member_id: UUID, *, cursor: str | None, limit: int) -> dict[str, Any]:
    """One page, the latest first; raises NotFound for somebody else's member, BadCursor for a strange cursor.

    Staff appear with name, role and the house they work in when it is not ours. Members appear as a role only,
    oneself included: an employee who acted for a child reads "member". A look at this log by staff is itself a row.
    """
    member = members.member(scope, member_id)
    rows = queries.about_member(scope, member.id, before=Cursor.after(cursor), limit=limit + 1)
    page, following = page_of(rows, limit, lambda row: Cursor(row.at, row.id))
    names = accounts.display_names(
        scope, {row.actor_id for row in page if row.actor_id and row.actor_role != Role.MEMBER}
    )
    houses = queries.organisations(scope, set(names))
    service.record_look(scope, "access_log", member.id, member_id=member.id)
    return {
        "items": [
            {
                "at": row.at,
                "role": row.actor_role,
                "name": names.get(row.actor_id) if row.actor_id else None,
                "organisation": houses.get(row.actor_id) if row.actor_id else None,
                "purpose": _PURPOSES[Role(row.actor_role)],
                "action": row.action,
                "object_type": row.object_type,
                "object_id": row.object_id,
                "fields": row.fields,
                "channel": row.channel,
            }
            for row in page
        ],
        "next_cursor": following,
    }
