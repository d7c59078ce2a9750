"""Registry and network imports: a CSV becomes providers, row by row with what is wrong where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import Range, insert

from backend.access import Scope
from backend.kit import clock, ids
from backend.providers import specialties
from backend.providers.models import NetworkProvider, Provider
from backend.providers.rules.facility_line import read_facility


@dataclass(frozen=True, slots=True)
class Defect:
    """What is wrong in one line (the header is line 1) and column."""

    line: int
    column: str
    value: str


@dataclass(slots=True)
class Report:
    """How an import went: nothing is stored while there is a defect."""

    stored: int = 0
    defects: list[Defect] = field(default_factory=list)


def import_registry(scope: Scope, rows: Iterable[Mapping[str, str]], *, network: str | None, since: date) -> Report:
    """Add or update providers by country and code; with ``network`` they join it for the scope's client.

    All or nothing: with one defect nothing is written and the report names every defect.
    """
    report, listed = Report(), frozenset(specialties.codes())
    read: list[dict[str, Any]] = []
    for line, row in enumerate(rows, start=2):
        values, wrong = read_facility({name: text or "" for name, text in row.items() if name}, listed)
        report.defects += [Defect(line, column, row.get(column) or "") for column in wrong]
        read.append(values)
    if report.defects:
        return report
    for values in read:
        provider_id = _store(scope, values)
        if network:
            join_network(scope, provider_id, network, since, cashless=values["kind"] != "optician")
    report.stored = len(read)
    return report


def join_network(scope: Scope, provider_id: UUID, network: str, since: date, *, cashless: bool = True) -> None:
    """The provider belongs to a network of the client from ``since`` on; a second time changes nothing."""
    values = {"provider_id": provider_id, "network": network, "valid_from": since, "cashless": cashless}
    scope.session.execute(insert(NetworkProvider).values(client_id=scope.client_id, **values).on_conflict_do_nothing())


def _store(scope: Scope, values: dict[str, Any]) -> UUID:
    values = values | {"open_minutes": [Range(*span) for span in values["open_minutes"]]}
    return scope.session.execute(
        insert(Provider)
        .values(id=ids.new_id(), created_at=clock.now(), active=True, **values)
        .on_conflict_do_update(index_elements=["country", "code"], set_={**values, "active": True})
        .returning(Provider.id)
    ).scalar_one()
