"""Who is signed in, in the words of ``GET /me``."""

from __future__ import annotations

from typing import Any

from backend.access import Role, Scope
from backend.accounts import queries
from backend.clients.registry import client_by_id
from backend.errors import Unauthorized
from backend.kit import clock


def describe(scope: Scope) -> dict[str, Any]:
    """A member with the members they may act for, or a member of staff with their clients."""
    return _member(scope) if scope.actor.role is Role.MEMBER else _staff(scope)


def _member(scope: Scope) -> dict[str, Any]:
    client = client_by_id(scope.client_id)
    today = clock.today(client.timezone)
    rows = queries.members_named(scope, scope.actor.member_ids)
    return {
        "role": Role.MEMBER.value,
        "client": {"slug": client.slug, "name": client.name},
        "member_id": scope.actor.own_member_id,
        "members": [
            {
                "id": row.id,
                "name": row.full_name,
                "relationship": row.relationship,
                "member_number": row.number,
                "status": "active" if row.left_on is None or today <= row.left_on else "left",
            }
            for row in rows
        ],
        "language": rows[0].language if rows else client.default_language,
    }


def _staff(scope: Scope) -> dict[str, Any]:
    client = client_by_id(scope.client_id)
    found = queries.staff_at_client(scope, staff_id=scope.actor.id)
    if found is None:
        raise Unauthorized("access.session_ended")
    staff, _ = found
    posts = queries.clients_of_staff(scope, staff.id)
    clients = [(client_by_id(post.client_id), post.role) for post in posts]
    return {
        "role": scope.actor.role.value,
        "id": staff.id,
        "name": staff.name,
        "client": {"slug": client.slug, "name": client.name},
        "clients": [{"slug": one.slug, "name": one.name, "role": role} for one, role in clients],
        "totp_enrolled": staff.totp_confirmed_at is not None,
    }
