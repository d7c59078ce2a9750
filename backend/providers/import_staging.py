"""The lines of a file as they are staged: each kind of file has its columns and its reading."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from psycopg.types.json import Jsonb

from backend.clients.registry import ClientFacts
from backend.errors import RuleRefused
from backend.providers import specialties
from backend.providers.models import ImportKind, ProviderImport
from backend.providers.rules import file_columns as known
from backend.providers.rules.facility_line import read_contract, read_facility
from backend.providers.rules.file_columns import Columns, Problem, cells_by_column, columns_of
from backend.providers.rules.market_line import read_market_price
from backend.providers.rules.registry_line import RegistryLine, read_doctor, read_room
from backend.providers.rules.tariff_line import UNREADABLE, read_price

_HEADER_WITHIN = 10

Staged = tuple[Any, ...]
Rows = Iterator[tuple[int, list[Any]]]


@dataclass(frozen=True, slots=True)
class _Form:
    """How a kind of file is read."""

    columns: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    stage: Callable[[ProviderImport, Rows, Columns, ClientFacts], Iterator[Staged]]


def header(kind: str, rows: Rows) -> Columns:
    """The header may stand below a title: the fullest of the first lines.

    Raises RuleRefused ``providers.import.empty`` or ``providers.import.missing_columns``.
    """
    form = _FORMS[kind]
    best: Columns | None = None
    for _, cells in islice(rows, _HEADER_WITHIN):
        columns = columns_of(cells, form.columns, form.required)
        if best is None or len(columns.at) > len(best.at):
            best = columns
        if not best.missing:
            return best
    if best is None:
        raise RuleRefused("providers.import.empty")
    raise RuleRefused("providers.import.missing_columns", {"columns": ", ".join(best.missing)})


def staged(row: ProviderImport, rows: Rows, columns: Columns, facts: ClientFacts) -> Iterator[Staged]:
    """Every line below the header as COPY takes it, judged by itself."""
    return _FORMS[row.kind].stage(row, rows, columns, facts)


def _facilities(row: ProviderImport, rows: Rows, columns: Columns, facts: ClientFacts) -> Iterator[Staged]:
    listed = frozenset(specialties.codes())
    for number, cells in rows:
        given = cells_by_column(cells, columns)
        values, wrong = read_facility(given, listed)
        contract, wrong_too = read_contract(given, row.valid_from)
        problems = _unread((*wrong, *wrong_too), columns)
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
            _kept(problems),
        )


def _prices(row: ProviderImport, rows: Rows, columns: Columns, facts: ClientFacts) -> Iterator[Staged]:
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
            _kept(line.problems),
        )


def _doctors(row: ProviderImport, rows: Rows, columns: Columns, facts: ClientFacts) -> Iterator[Staged]:
    listed = frozenset(specialties.codes())
    for number, cells in rows:
        line = read_doctor(cells_by_column(cells, columns), facts.country, row.valid_from, listed)
        yield _of_registry(row, number, line, columns, (line.code, ""))


def _rooms(row: ProviderImport, rows: Rows, columns: Columns, facts: ClientFacts) -> Iterator[Staged]:
    for number, cells in rows:
        line = read_room(cells_by_column(cells, columns), facts.country, facts.currency, row.valid_from)
        yield _of_registry(row, number, line, columns, ("", line.code))


def _market(row: ProviderImport, rows: Rows, columns: Columns, facts: ClientFacts) -> Iterator[Staged]:
    for number, cells in rows:
        line = read_market_price(cells_by_column(cells, columns), facts.country, facts.currency, row.valid_from)
        problems = _unread(line.wrong, columns)
        yield (
            row.id,
            number,
            "refused" if problems else "new",
            line.country,
            line.region_code,
            line.service_code,
            line.unit,
            line.name,
            line.amount_minor,
            line.currency,
            json.dumps(dict(line.details), default=str),
            _kept(problems),
        )


def _of_registry(
    row: ProviderImport, number: int, line: RegistryLine, columns: Columns, place: tuple[str, str]
) -> Staged:
    problems = _unread(line.wrong, columns)
    return (
        row.id,
        number,
        "refused" if problems else "new",
        line.country,
        line.provider_code,
        *place,
        line.name,
        line.amount_minor,
        line.currency,
        json.dumps(dict(line.details), default=str),
        _kept(problems),
    )


def _unread(wrong: tuple[str, ...], columns: Columns) -> tuple[Problem, ...]:
    return tuple(Problem(UNREADABLE, {"column": columns.headers.get(name, name)}) for name in wrong)


def _kept(problems: tuple[Problem, ...]) -> Jsonb | None:
    return Jsonb([one.as_json() for one in problems]) if problems else None


_FORMS: Mapping[str, _Form] = {
    ImportKind.FACILITIES: _Form(known.FACILITY_COLUMNS, known.FACILITY_REQUIRED, _facilities),
    ImportKind.TARIFFS: _Form(known.TARIFF_COLUMNS, known.TARIFF_REQUIRED, _prices),
    ImportKind.DOCTORS: _Form(known.DOCTOR_COLUMNS, known.DOCTOR_REQUIRED, _doctors),
    ImportKind.ROOMS: _Form(known.ROOM_COLUMNS, known.ROOM_REQUIRED, _rooms),
    ImportKind.MARKET: _Form(known.MARKET_COLUMNS, known.MARKET_REQUIRED, _market),
}
