"""The employer's file of members: taken in, looked at line by line, applied once."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

from backend import languages
from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused, TooLarge
from backend.jobs import enqueue
from backend.kit import ids
from backend.members import census_file, census_load, census_queries, census_work, identity, tasks
from backend.members.models import CensusImport, CensusRow, ImportState


def receive_census(scope: Scope, data: bytes, filename: str, effective_on: date | None = None) -> CensusImport:
    """Keep a CSV or XLSX file sealed and have it checked; the same file that still waits is not taken twice.

    Raises TooLarge, RuleRefused ``census.format``.
    """
    if len(data) > census_file.MOST_BYTES:
        raise TooLarge()
    digest = hashlib.sha256(data).digest()
    waiting = census_queries.waiting_import(scope, digest)
    if waiting is not None:
        return waiting
    client = client_by_id(scope.client_id)
    row_id = ids.new_id()
    row = CensusImport(
        client_id=scope.client_id,
        id=row_id,
        filename=filename[:200],
        file_format=census_file.format_of(data),
        digest=digest,
        content=identity.ring().seal(data, census_work.content_context(row_id)),
        uploaded_by=scope.actor.id,
        effective_on=effective_on or census_work.default_effective_day(client),
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "census_import", row.id)
    enqueue(scope, tasks.check_census, client_id=str(scope.client_id), import_id=str(row.id))
    return row


def apply_census(scope: Scope, import_id: UUID) -> CensusImport:
    """Write the members of a checked file; a second time changes nothing.

    Raises NotFound, RuleRefused ``census.not_checked`` while it is being read or when it was refused.
    """
    row = census_load.locked(scope, import_id)
    if row.state in {ImportState.UPLOADED.value, ImportState.REFUSED.value}:
        raise RuleRefused("census.not_checked")
    if row.state == ImportState.CHECKED.value:
        row.state = ImportState.APPLYING.value
        scope.session.flush()
        audit.record(scope, "update", "census_import", row.id, fields=["state"])
        enqueue(
            scope, tasks.apply_census, lock=f"census:{row.id}", client_id=str(scope.client_id), import_id=str(row.id)
        )
    return row


def shown_import(scope: Scope, row: CensusImport) -> dict[str, Any]:
    """How far an import is, as the API answers it."""
    refusal = row.refusal and {
        "reason": row.refusal["reason"],
        "message": languages.message(row.refusal["reason"], scope.language, row.refusal["figures"]),
    }
    return {
        "id": row.id,
        "filename": row.filename,
        "state": row.state,
        "effective_on": row.effective_on,
        "total_rows": row.total_rows,
        "done_rows": row.done_rows,
        "counts": row.counts or {},
        "columns": row.columns or {},
        "refusal": refusal,
        "uploaded_at": row.created_at,
        "applied_at": row.applied_at,
    }


def shown_rows(
    scope: Scope, import_id: UUID, *, outcome: str | None, problems: bool, after: int, limit: int
) -> dict[str, Any]:
    """What becomes of each line, with reasons in the reader's language; raises NotFound."""
    census_queries.census_import(scope, import_id)
    rows = census_queries.census_rows(
        scope, import_id, outcome=outcome, problems=problems, after=after, limit=limit + 1
    )
    audit.record_listing(scope, "census_row", [row.member_id for row in rows[:limit]])
    items = [_shown_row(scope, row) for row in rows[:limit]]
    return {"items": items, "next_after": items[-1]["line"] if len(rows) > limit else None}


def _shown_row(scope: Scope, row: CensusRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "outcome": row.outcome,
        "employee_number": row.employee_number,
        "member_id": row.member_id,
        "problems": [
            {
                "reason": problem["reason"],
                "message": languages.message(problem["reason"], scope.language, problem["figures"]),
                "warning": problem["warning"],
            }
            for problem in row.problems
        ],
    }
