"""Every question to the census imports and their lines."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from backend.access import Scope
from backend.errors import NotFound
from backend.members.models import CensusImport, CensusRow, ImportState


def census_import(scope: Scope, import_id: UUID) -> CensusImport:
    """One import; raises NotFound."""
    found = scope.session.get(CensusImport, (scope.client_id, import_id))
    if found is None:
        raise NotFound()
    return found


def census_imports(scope: Scope, limit: int = 50) -> Sequence[CensusImport]:
    """The client's imports, the newest first."""
    query = select(CensusImport).options(defer(CensusImport.content)).where(CensusImport.client_id == scope.client_id)
    return scope.session.scalars(query.order_by(CensusImport.created_at.desc()).limit(limit)).all()


def waiting_import(scope: Scope, digest: bytes) -> CensusImport | None:
    """An import of the same file that was not applied or refused yet."""
    waiting = (ImportState.UPLOADED.value, ImportState.CHECKED.value, ImportState.APPLYING.value)
    return scope.session.scalars(
        select(CensusImport).where(
            CensusImport.client_id == scope.client_id, CensusImport.digest == digest, CensusImport.state.in_(waiting)
        )
    ).first()


def census_rows(
    scope: Scope, import_id: UUID, *, outcome: str | None, problems: bool, after: int, limit: int
) -> Sequence[CensusRow]:
    """Lines of an import after a line: all, those of one outcome, or those with a problem."""
    query = select(CensusRow).where(
        CensusRow.client_id == scope.client_id, CensusRow.import_id == import_id, CensusRow.line > after
    )
    if outcome is not None:
        query = query.where(CensusRow.outcome == outcome)
    if problems:
        query = query.where(func.jsonb_array_length(CensusRow.problems) > 0)
    return scope.session.scalars(query.order_by(CensusRow.line).limit(limit)).all()
