"""The benefit table of a member as JSON text, built by PostgreSQL in one round trip (a hot read)."""

from __future__ import annotations

from uuid import UUID

from backend import database
from backend.access import Role, Scope
from backend.audit import service as audit
from backend.clients import registry as clients
from backend.errors import NotFound, Unauthorized
from backend.kit import clock

_READ = "SELECT alive, body FROM api_member_benefits(%s, %s, %s, %s, %s, %s)"


def benefit_table(scope: Scope, member_id: UUID) -> str:
    """Plan, limits, use and what is left today, in the reader's language; a look by staff is recorded.

    An employer sees limits and the totals of shared pools, but not what was spent on which benefit: that
    would say who is pregnant. Raises NotFound for somebody else's member, Unauthorized when signed out.
    """
    scope.check_member(member_id)
    today = clock.today(clients.client_by_id(scope.client_id).timezone)
    by_benefit = scope.actor.role is not Role.HR
    row = database.current().read(
        _READ, (scope.client_id, scope.actor.session_id, member_id, today, scope.language, by_benefit)
    )
    if row is None or not row[0]:
        raise Unauthorized("access.session_ended")
    if row[1] is None:
        raise NotFound()
    if scope.actor.role is not Role.MEMBER:
        audit.record(scope, "read", "benefits", None, member_id=member_id)
    return str(row[1])
