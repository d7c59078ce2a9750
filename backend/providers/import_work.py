"""An import at work: its lines go by COPY into PostgreSQL and are judged and written there, in whole transactions.

A worker that dies leaves nothing half done: reading starts anew, and what is written is written at once or not at all.
How far it is stands in transactions of its own, so that somebody who waits can see it move.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.types.json import Jsonb

from backend.access import Scope, working_for
from backend.clients.registry import ClientFacts, client_by_id
from backend.errors import RuleRefused
from backend.kit import clock
from backend.providers import import_file, import_queries, specialties
from backend.providers import import_statements as sql
from backend.providers.models import ImportKind, ImportState, ProviderImport
from backend.providers.rules.facility_line import read_contract, read_facility
from backend.providers.rules.file_columns import (
    FACILITY_COLUMNS,
    FACILITY_REQUIRED,
    TARIFF_COLUMNS,
    TARIFF_REQUIRED,
    Columns,
    Problem,
    cells_by_column,
    columns_of,
)
from backend.providers.rules.tariff_line import UNREADABLE, read_price

BATCH = 50_000
_HEADER_WITHIN = 10

Staged = tuple[Any, ...]


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
    facilities = row.kind == ImportKind.FACILITIES.value
    columns = _header(rows, facilities=facilities)
    staged = _facilities(row, rows, columns) if facilities else _prices(row, rows, columns, facts)
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


def _header(rows: Iterator[tuple[int, list[Any]]], *, facilities: bool) -> Columns:
    """The header may stand below a title: the fullest of the first lines."""
    known, required = (FACILITY_COLUMNS, FACILITY_REQUIRED) if facilities else (TARIFF_COLUMNS, TARIFF_REQUIRED)
    best: Columns | None = None
    for _, cells in islice(rows, _HEADER_WITHIN):
        columns = columns_of(cells, known, required)
        if best is None or len(columns.at) > len(best.at):
            best = columns
        if not best.missing:
            return best
    if best is None:
        raise RuleRefused("providers.import.empty")
    raise RuleRefused("providers.import.missing_columns", {"columns": ", ".join(best.missing)})


def _facilities(row: ProviderImport, rows: Iterator[tuple[int, list[Any]]], columns: Columns) -> Iterator[Staged]:
    listed = frozenset(specialties.codes())
    for number, cells in rows:
        given = cells_by_column(cells, columns)
        values, wrong = read_facility(given, listed)
        contract, wrong_too = read_contract(given, row.valid_from)
        problems = [Problem(UNREADABLE, {"column": columns.headers.get(name, name)}) for name in (*wrong, *wrong_too)]
        details = {name: value for name, value in values.items() if name not in {"code", "name", "country"}}
        details["open_minutes"] = "{" + ",".join(f"[{begin},{end})" for begin, end in values["open_minutes"]) + "}"
        if contract:
            details["contract"] = contract
        yield (
            row.id,
            number,
            "refused" if problems else "new",
            values["country"] or "",
            values["code"] or "",
            "",
            "",
            values["name"] or "",
            None,
            None,
            json.dumps(details, default=str),
            _stored(problems),
        )


def _prices(
    row: ProviderImport, rows: Iterator[tuple[int, list[Any]]], columns: Columns, facts: ClientFacts
) -> Iterator[Staged]:
    for number, cells in rows:
        line = read_price(cells_by_column(cells, columns), facts.country, facts.currency)
        yield (
            row.id,
            number,
            "refused" if line.problems else "new",
            line.country,
            line.code,
            line.service_code,
            line.room_class,
            line.name,
            line.amount_minor,
            line.currency,
            json.dumps({"contents": dict(line.contents)}) if line.contents else None,
            _stored(line.problems),
        )


def _stored(problems: list[Problem] | tuple[Problem, ...]) -> Jsonb | None:
    return Jsonb([one.as_json() for one in problems]) if problems else None


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
    if row.kind == ImportKind.FACILITIES.value:
        statements = [sql.REFUSE_REPEATED, sql.COMPARE_FACILITIES, sql.REFUSE_SECOND_CONTRACT]
    else:
        statements = [sql.REFUSE_REPEATED, sql.JUDGE_PRICE_LISTS, sql.REFUSE_PRICE_LISTS, sql.HOLD_PRICE_LISTS]
    for statement in statements:
        connection.execute(statement, facts)


def apply(client_id: UUID, import_id: UUID) -> None:
    """Write what was checked in one transaction: all of it, or after a death nothing. A second time changes nothing."""
    with working_for(client_id) as scope:
        scope.unit.raw().execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(import_id)])
        row = import_queries.provider_import(scope, import_id)
        if row.state != ImportState.APPLYING.value:
            return
        _judge(scope, row)
        if row.kind == ImportKind.FACILITIES.value:
            _write_facilities(scope, row)
        else:
            _write_prices(scope, row)
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


def _in_batches(scope: Scope, row: ProviderImport, statement: str) -> None:
    """Batches of one transaction; beside it, how far it is."""
    last = import_queries.last_line(scope, row.id)
    for first in range(0, last + 1, BATCH):
        scope.unit.raw().execute(statement, _facts(scope, row) | {"first": first, "last": first + BATCH})
        with working_for(scope.client_id) as beside:
            import_queries.progress(beside, row.id, min(first + BATCH, row.total_rows))
