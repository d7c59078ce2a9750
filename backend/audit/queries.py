"""Every question to the audit record."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select, tuple_

from backend.access import Scope
from backend.audit.models import AuditRecord
from backend.kit.pages import Cursor


def about_member(scope: Scope, member_id: UUID, *, before: Cursor | None, limit: int) -> list[AuditRecord]:
    """Who met this member's data, the latest first, older than the cursor."""
    query = select(AuditRecord).where(AuditRecord.client_id == scope.client_id, AuditRecord.member_id == member_id)
    if before is not None:
        query = query.where(tuple_(AuditRecord.at, AuditRecord.id) < (before.moment, before.id))
    return list(scope.session.scalars(query.order_by(AuditRecord.at.desc(), AuditRecord.id.desc()).limit(limit)))
