"""Every question to the audit record."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import case, select, tuple_

from backend.access import Role, Scope
from backend.accounts.models import StaffClient
from backend.audit.models import AuditRecord
from backend.clients.models import Client
from backend.kit.pages import Cursor
from backend.providers.models import Provider


def about_member(scope: Scope, member_id: UUID, *, before: Cursor | None, limit: int) -> list[AuditRecord]:
    """Who met this member's data, the latest first, older than the cursor."""
    query = select(AuditRecord).where(AuditRecord.client_id == scope.client_id, AuditRecord.member_id == member_id)
    if before is not None:
        query = query.where(tuple_(AuditRecord.at, AuditRecord.id) < (before.moment, before.id))
    return list(scope.session.scalars(query.order_by(AuditRecord.at.desc(), AuditRecord.id.desc()).limit(limit)))


def organisations(scope: Scope, staff_ids: Collection[UUID]) -> dict[UUID, str]:
    """The hospital of a front desk and the employer of HR; whoever is not named works for us."""
    house = case((StaffClient.role == Role.HR.value, Client.name), else_=Provider.name)
    query = (
        select(StaffClient.staff_id, house.label("house"))
        .join(Client, Client.id == StaffClient.client_id)
        .outerjoin(Provider, Provider.id == StaffClient.provider_id)
        .where(StaffClient.client_id == scope.client_id, StaffClient.staff_id.in_(staff_ids))
    )
    return {row.staff_id: row.house for row in scope.session.execute(query) if row.house}
