"""An import at work: its lines go by COPY into PostgreSQL and are judged and written there, in whole transactions.

A worker that dies leaves nothing half done: reading starts anew, and what is written is written at once or not at all.
How far it is stands in transactions of its own, so that somebody who waits can see it move.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection

from backend.access import Scope, working_for
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.kit import clock
from backend.providers import import_file, import_queries, import_staging
from backend.providers import import_market_statements as market
from backend.providers import import_registry_statements as registry
from backend.providers import import_statements as sql
from backend.providers.import_staging import Staged
from backend.providers.models import ImportKind, ImportState, ProviderImport
from backend.providers.rules.file_columns import Columns

BATCH = 50_000


def check(client_id: UUID, import_id: UUID) -> None:
    """Read and judge every line without writing anything; the import is then ``checked``, or ``refused`` as a file."""
    with working_for(client_id) as scope:
        row = import_queries.provider_import(scope, import_id)
        if row.state != ImportState.UPLOADED.value:
            return
        scope.unit.raw().execute(sql.CLEAR, {"import_id": import_id})
    try:
        with tempfile.TemporaryDirectory(prefix="careline-import-") as folder:
            path = Path(folder) / "file"
            with working_for(client_id) as scope:
                import_file.unpack(scope, import_id, path)
            columns, total = _stage(client_id, row, import_file.lines(path, row.file_format))
    except RuleRefused as error:
        with working_for(client_id) as scope:
            row = import_queries.locked(scope, import_id)
            row.state, row.refusal = ImportState.REFUSED.value, {"reason": error.reason, "figures": error.figures}
            import_file.forget(scope, import_id)
        return
    with working_for(client_id) as scope:
        row = import_queries.locked(scope, import_id)
        _judge(scope, row)
        row.columns = {"recognised": dict(columns.headers), "ignored": list(columns.unknown)}
        row.counts, row.total_rows, row.done_rows = import_queries.counts(scope, import_id), total, 0
        row.state = ImportState.CHECKED.value


def _stage(client_id: UUID, row: ProviderImport, rows: Iterator[tuple[int, list[Any]]]) -> tuple[Columns, int]:
    """COPY every line, a batch in a transaction; answers the columns and how many lines there were."""
    facts = client_by_id(client_id)
    columns = import_staging.header(row.kind, rows)
    staged = import_staging.staged(row, rows, columns, facts)
    total = 0
    while True:
        with working_for(client_id) as scope:
            copied = _copy(scope.unit.raw(), islice(staged, BATCH))
            total += copied
            import_queries.progress(scope, row.id, total)
        if copied < BATCH:
            break
    if not total:
        raise RuleRefused("providers.import.empty")
    return columns, total


def _copy(connection: Connection[Any], rows: Iterator[Staged]) -> int:
    copied = 0
    connection.execute(sql.WITHOUT_HURRY)
    with connection.cursor().copy(sql.COPY) as copy:
        for staged in rows:
            copy.write_row(staged)
            copied += 1
    return copied


def _facts(scope: Scope, row: ProviderImport) -> dict[str, Any]:
    return {
        "import_id": row.id,
        "client_id": scope.client_id,
        "owner": None if row.common else scope.client_id,
        "network": row.network,
        "valid_from": row.valid_from,
        "now": clock.now(),
    }


def _judge(scope: Scope, row: ProviderImport) -> None:
    connection, facts = scope.unit.raw(), _facts(scope, row)
    connection.execute(sql.WITHOUT_HURRY)
    connection.execute(sql.JOIN_ONCE)
    for statement in (sql.REFUSE_REPEATED, *_JUDGING[row.kind]):
        connection.execute(statement, facts)


def apply(client_id: UUID, import_id: UUID) -> None:
    """Write what was checked in one transaction: all of it, or after a death nothing. A second time changes nothing."""
    with working_for(client_id) as scope:
        scope.unit.raw().execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(import_id)])
        row = import_queries.provider_import(scope, import_id)
        if row.state != ImportState.APPLYING.value:
            return
        _judge(scope, row)
        _WRITING[row.kind](scope, row)
        row.counts = import_queries.counts(scope, import_id)
        row.state, row.applied_at, row.done_rows = ImportState.APPLIED.value, clock.now(), row.total_rows
        import_file.forget(scope, import_id)


def _write_facilities(scope: Scope, row: ProviderImport) -> None:
    connection, facts = scope.unit.raw(), _facts(scope, row)
    _in_batches(scope, row, sql.WRITE_FACILITIES)
    connection.execute(sql.WRITE_CONTRACTS, facts)
    if row.network:
        connection.execute(sql.WRITE_MEMBERSHIPS, facts)


def _write_prices(scope: Scope, row: ProviderImport) -> None:
    connection, facts = scope.unit.raw(), _facts(scope, row)
    connection.execute(sql.NUMBER_VERSIONS, facts)
    connection.execute(sql.WRITE_VERSIONS, facts)
    _in_batches(scope, row, sql.WRITE_PRICES)


def _write_doctors(scope: Scope, row: ProviderImport) -> None:
    connection, facts = scope.unit.raw(), _facts(scope, row)
    _in_batches(scope, row, registry.WRITE_DOCTORS)
    connection.execute(registry.END_PRACTICES, facts)
    connection.execute(registry.WRITE_PRACTICES, facts)


def _write_rooms(scope: Scope, row: ProviderImport) -> None:
    _in_batches(scope, row, registry.WRITE_ROOMS)


def _write_market(scope: Scope, row: ProviderImport) -> None:
    _in_batches(scope, row, market.WRITE_MARKET)


def _in_batches(scope: Scope, row: ProviderImport, statement: str) -> None:
    """Batches of one transaction; beside it, how far it is."""
    last = import_queries.last_line(scope, row.id)
    for first in range(0, last + 1, BATCH):
        scope.unit.raw().execute(statement, _facts(scope, row) | {"first": first, "last": first + BATCH})
        with working_for(scope.client_id) as beside:
            import_queries.progress(beside, row.id, min(first + BATCH, row.total_rows))


_JUDGING: dict[str, tuple[str, ...]] = {
    ImportKind.FACILITIES: (sql.COMPARE_FACILITIES, sql.REFUSE_SECOND_CONTRACT),
    ImportKind.TARIFFS: (sql.JUDGE_PRICE_LISTS, sql.REFUSE_PRICE_LISTS, sql.HOLD_PRICE_LISTS),
    ImportKind.DOCTORS: (registry.REFUSE_UNKNOWN_FACILITIES, registry.COMPARE_DOCTORS),
    ImportKind.ROOMS: (registry.REFUSE_UNKNOWN_FACILITIES, registry.COMPARE_ROOMS, registry.REFUSE_SECOND_RATES),
    ImportKind.MARKET: (market.COMPARE_MARKET, market.REFUSE_SECOND_PRICES),
}
_WRITING: dict[str, Callable[[Scope, ProviderImport], None]] = {
    ImportKind.FACILITIES: _write_facilities,
    ImportKind.TARIFFS: _write_prices,
    ImportKind.DOCTORS: _write_doctors,
    ImportKind.ROOMS: _write_rooms,
    ImportKind.MARKET: _write_market,
}
