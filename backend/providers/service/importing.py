"""Files of facilities and prices: taken in, looked at line by line, applied once (S0-85, S2-39, S2-40)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import IO, Any
from uuid import UUID

from backend import languages
from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.jobs import enqueue
from backend.kit import clock, ids
from backend.providers import import_file, import_queries, tasks
from backend.providers.models import ImportKind, ImportState, ProviderImport, ProviderImportRow


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a file is for: ``common`` prices serve every client, ``network`` is joined from ``valid_from`` on."""

    kind: ImportKind
    common: bool = True
    network: str | None = None
    valid_from: date | None = None


def receive_import(scope: Scope, stream: IO[bytes], filename: str, meaning: Meaning) -> ProviderImport:
    """Keep a CSV or XLSX file and have it checked; the same file that still waits is not taken twice.

    Raises TooLarge, RuleRefused ``providers.import.format``.
    """
    row = ProviderImport(
        client_id=scope.client_id,
        id=ids.new_id(),
        kind=meaning.kind.value,
        filename=filename[:200],
        file_format="",
        digest=b"",
        common=meaning.common,
        network=meaning.network,
        valid_from=meaning.valid_from or clock.today(client_by_id(scope.client_id).timezone),
        uploaded_by=scope.actor.id,
    )
    scope.session.add(row)
    scope.session.flush()
    row.file_format, digest = import_file.keep(scope, row.id, stream)
    waiting = import_queries.waiting_import(scope, digest, row.kind)
    if waiting is not None:
        import_file.forget(scope, row.id)
        scope.session.delete(row)
        return waiting
    row.digest = digest
    audit.record(scope, "create", "provider_import", row.id)
    _work(scope, tasks.check_provider_import, row.id)
    return row


def apply_import(scope: Scope, import_id: UUID) -> ProviderImport:
    """Write what a checked file says; a second time changes nothing.

    Raises NotFound, RuleRefused ``providers.import.not_checked`` while it is being read or when it was refused.
    """
    row = import_queries.locked(scope, import_id)
    if row.state in {ImportState.UPLOADED.value, ImportState.REFUSED.value}:
        raise RuleRefused("providers.import.not_checked")
    if row.state == ImportState.CHECKED.value:
        row.state = ImportState.APPLYING.value
        scope.session.flush()
        audit.record(scope, "update", "provider_import", row.id, fields=["state"])
        _work(scope, tasks.apply_provider_import, row.id)
    return row


def _work(scope: Scope, task: Any, import_id: UUID) -> None:
    enqueue(
        scope,
        task,
        lock=f"provider-import:{import_id}",
        client_id=str(scope.client_id),
        import_id=str(import_id),
    )


def shown_import(scope: Scope, row: ProviderImport) -> dict[str, Any]:
    """How far an import is, as the API answers it."""
    return {
        "id": row.id,
        "kind": row.kind,
        "filename": row.filename,
        "state": row.state,
        "common": row.common,
        "network": row.network,
        "valid_from": row.valid_from,
        "total_rows": row.total_rows,
        "done_rows": row.done_rows,
        "counts": row.counts or {},
        "columns": row.columns or {},
        "refusal": row.refusal and _worded(scope, row.refusal),
        "uploaded_at": row.created_at,
        "applied_at": row.applied_at,
        "lines_purged_at": row.lines_purged_at,
    }


def shown_rows(
    scope: Scope, import_id: UUID, *, outcome: str | None, problems: bool, after: int, limit: int
) -> dict[str, Any]:
    """What becomes of each line, with reasons in the reader's language; raises NotFound."""
    rows = import_queries.rows_of(scope, import_id, outcome=outcome, problems=problems, after=after, limit=limit + 1)
    items = [_shown_row(scope, row) for row in rows[:limit]]
    return {"items": items, "next_after": items[-1]["line"] if len(rows) > limit else None}


def _shown_row(scope: Scope, row: ProviderImportRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "outcome": row.outcome,
        "code": row.code,
        "service_code": row.service_code or None,
        "room_class": row.room_class or None,
        "problems": [_worded(scope, problem) for problem in row.problems or []],
    }


def _worded(scope: Scope, problem: dict[str, Any]) -> dict[str, Any]:
    return {
        "reason": problem["reason"],
        "message": languages.message(problem["reason"], scope.language, problem["figures"]),
    }
