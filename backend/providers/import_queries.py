"""Every question to the imports of facilities and prices, and to their lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from backend.access import Scope
from backend.errors import NotFound
from backend.providers.models import ImportState, ProviderImport, ProviderImportRow

OUTCOMES = ("new", "changed", "unchanged", "refused", "held")


def provider_import(scope: Scope, import_id: UUID) -> ProviderImport:
    """One import; raises NotFound."""
    found = scope.session.get(ProviderImport, (scope.client_id, import_id))
    if found is None:
        raise NotFound()
    return found


def locked(scope: Scope, import_id: UUID) -> ProviderImport:
    """The same, held until the transaction ends."""
    found = scope.session.get(
        ProviderImport, (scope.client_id, import_id), with_for_update=True, populate_existing=True
    )
    if found is None:
        raise NotFound()
    return found


def provider_imports(scope: Scope, limit: int = 50) -> Sequence[ProviderImport]:
    """The client's imports, the newest first."""
    wanted = select(ProviderImport).where(ProviderImport.client_id == scope.client_id)
    return scope.session.scalars(wanted.order_by(ProviderImport.created_at.desc()).limit(limit)).all()


def waiting_import(scope: Scope, digest: bytes, kind: str) -> ProviderImport | None:
    """An import of the same file that was not applied or refused yet."""
    waiting = (ImportState.UPLOADED.value, ImportState.CHECKED.value, ImportState.APPLYING.value)
    return scope.session.scalars(
        select(ProviderImport).where(
            ProviderImport.client_id == scope.client_id,
            ProviderImport.digest == digest,
            ProviderImport.kind == kind,
            ProviderImport.state.in_(waiting),
        )
    ).first()


def outlived(scope: Scope, before: datetime) -> Sequence[UUID]:
    """Imports that were finished, or sent and never used, before a moment and still have their lines."""
    wanted = select(ProviderImport.id).where(
        ProviderImport.client_id == scope.client_id,
        ProviderImport.lines_purged_at.is_(None),
        ProviderImport.state != ImportState.APPLYING.value,
        func.coalesce(ProviderImport.applied_at, ProviderImport.created_at) < before,
    )
    return scope.session.scalars(wanted.order_by(ProviderImport.created_at)).all()


def rows_of(
    scope: Scope, import_id: UUID, *, outcome: str | None, problems: bool, after: int, limit: int
) -> Sequence[ProviderImportRow]:
    """Lines of an import after a line: all, those of one outcome, or those with a problem; raises NotFound."""
    provider_import(scope, import_id)
    wanted = select(ProviderImportRow).where(ProviderImportRow.import_id == import_id, ProviderImportRow.line > after)
    if outcome is not None:
        wanted = wanted.where(ProviderImportRow.outcome == outcome)
    if problems:
        wanted = wanted.where(ProviderImportRow.problems.isnot(None))
    return scope.session.scalars(wanted.order_by(ProviderImportRow.line).limit(limit)).all()


def counts(scope: Scope, import_id: UUID) -> dict[str, int]:
    """How many lines ended how."""
    rows = scope.session.execute(
        select(ProviderImportRow.outcome, func.count())
        .where(ProviderImportRow.import_id == import_id)
        .group_by(ProviderImportRow.outcome)
    )
    found = {row[0]: row[1] for row in rows}
    return {outcome: found.get(outcome, 0) for outcome in OUTCOMES}


def last_line(scope: Scope, import_id: UUID) -> int:
    """The number of the last line."""
    return (
        scope.session.scalar(select(func.max(ProviderImportRow.line)).where(ProviderImportRow.import_id == import_id))
        or 0
    )


def progress(scope: Scope, import_id: UUID, done: int) -> None:
    """Note how many lines are done."""
    scope.session.execute(
        update(ProviderImport)
        .where(ProviderImport.client_id == scope.client_id, ProviderImport.id == import_id)
        .values(done_rows=done)
    )
