"""Registry and network imports: a CSV becomes providers, row by row with what is wrong where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from sqlalchemy.dialects.postgresql import Range, insert

from backend.access import Scope
from backend.kit import clock, ids
from backend.kit.phone import InvalidPhone, normalise
from backend.providers import rules
from backend.providers.models import NetworkProvider, Provider
from backend.providers.rules.facilities import usual_services

REQUIRED = ("code", "name", "kind", "country", "address", "city")


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
    report = Report()
    read: list[dict[str, Any]] = []
    for line, row in enumerate(rows, start=2):
        values, wrong = _values(row)
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
    return scope.session.execute(
        insert(Provider)
        .values(id=ids.new_id(), created_at=clock.now(), active=True, **values)
        .on_conflict_do_update(index_elements=["country", "code"], set_={**values, "active": True})
        .returning(Provider.id)
    ).scalar_one()


def _values(row: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The columns of a line as the table keeps them, and the names of those that cannot be read."""
    given = {column: (row.get(column) or "").strip() for column in (*REQUIRED, "region_code", "tier", "phone")}
    wrong = [column for column in REQUIRED if not given[column]]
    if given["kind"] and given["kind"] not in list(rules.Kind):
        wrong.append("kind")
    if given["tier"] and given["tier"] not in list(rules.Tier):
        wrong.append("tier")
    values: dict[str, Any] = {column: text or None for column, text in given.items()}
    values["search_name"] = rules.search_name(given["name"])
    values["phone"] = _phone(given["phone"], given["country"], wrong)
    values["latitude"] = _degrees(row, "latitude", 90, wrong)
    values["longitude"] = _degrees(row, "longitude", 180, wrong)
    values["timezone"] = _zone(row, given["country"], given["region_code"], wrong)
    try:
        values["opening"] = rules.opening_hours(row.get("opening") or "")
    except ValueError:
        values["opening"] = {}
        wrong.append("opening")
    values["open_minutes"] = [Range(*span) for span in rules.minutes_open(values["opening"])]
    values["languages"] = _listed(row, "languages")
    values["services"] = _listed(row, "services") or (
        [one.value for one in usual_services(rules.Kind(given["kind"]))] if "kind" not in wrong else []
    )
    values["specialties"] = [code.upper() for code in _listed(row, "specialties")]
    return values, wrong


def _listed(row: Mapping[str, str], column: str) -> list[str]:
    return [part for part in re.split(r"[\s,;|]+", (row.get(column) or "").strip().lower()) if part]


def _zone(row: Mapping[str, str], country: str, region_code: str, wrong: list[str]) -> str | None:
    given = (row.get("timezone") or "").strip()
    zone = given or rules.zone_of(country, region_code)
    if zone is None or zone not in available_timezones():
        wrong.append("timezone")
    return zone


def _phone(text: str, country: str, wrong: list[str]) -> str | None:
    if not text:
        return None
    try:
        return normalise(text, country)
    except InvalidPhone:
        wrong.append("phone")
        return None


def _degrees(row: Mapping[str, str], column: str, most: int, wrong: list[str]) -> float | None:
    text = (row.get(column) or "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = most + 1.0
    if abs(value) > most:
        wrong.append(column)
        return None
    return value
