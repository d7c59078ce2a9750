"""Who is told about money: the client's finance and HR, and for the books also the administrators."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from backend.access import Role, Scope
from backend.accounts.queries import staff_of_client
from backend.funds.models import FundNotice
from backend.kit import clock, ids
from backend.notifications.service import notify_staff

FINANCE_AND_HR = frozenset([Role.FINANCE, Role.HR])
HR = frozenset([Role.HR])
FINANCE = frozenset([Role.FINANCE])
BOOKS = frozenset([Role.FINANCE, Role.ADMIN])


def tell(scope: Scope, roles: Collection[Role], event: str, facts: Mapping[str, Any]) -> list[UUID]:
    """A mail to everybody who holds one of the roles at the client; returns who they are."""
    told = [staff.id for staff, post in staff_of_client(scope) if staff.active and post.role in roles]
    for staff_id in told:
        notify_staff(scope, event, staff_id, facts)
    return told


def tell_once(scope: Scope, roles: Collection[Role], event: str, about: str, facts: Mapping[str, Any]) -> bool:
    """The same, at most once for ``about``, whoever runs the jobs and however often; returns whether it was now."""
    row_id = ids.new_id()
    values = {"client_id": scope.client_id, "id": row_id, "created_at": clock.now(), "kind": event, "about": about}
    noted = insert(FundNotice).values(**values, figures=dict(facts), told=[]).on_conflict_do_nothing()
    if scope.session.execute(noted.returning(FundNotice.id)).first() is None:
        return False
    tell(scope, roles, event, facts)
    return True
