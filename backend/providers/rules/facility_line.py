"""Reads one line of a file of facilities: what it says, and what of it cannot be read. Pure (S0-85)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from backend.kit.phone import InvalidPhone, normalise
from backend.providers.rules import cells, facilities, hours, places
from backend.providers.rules.file_columns import FACILITY_REQUIRED

_ZONES = available_timezones()


def read_facility(row: Mapping[str, str], specialties: frozenset[str]) -> tuple[dict[str, Any], list[str]]:
    """The columns of a line as the registry keeps them, and the names of those that cannot be read.

    ``specialties`` are the codes of the reference list.
    """
    given = {column: row.get(column, "").strip() for column in (*FACILITY_REQUIRED, "region_code", "tier", "phone")}
    given |= {column: given[column].lower() for column in ("kind", "tier")} | {"country": given["country"].upper()}
    wrong = [column for column in FACILITY_REQUIRED if not given[column]]
    if given["kind"] and given["kind"] not in list(facilities.Kind):
        wrong.append("kind")
    if given["country"] and not re.fullmatch(r"[A-Z]{2}", given["country"]):
        wrong.append("country")
    if given["tier"] and given["tier"] not in list(facilities.Tier):
        wrong.append("tier")
    values: dict[str, Any] = {column: text or None for column, text in given.items()}
    values["search_name"] = facilities.search_name(f"{given['name']} {given['city']}")
    values["phone"] = _phone(given["phone"], given["country"], wrong)
    values["latitude"] = _degrees(row, "latitude", 90, wrong)
    values["longitude"] = _degrees(row, "longitude", 180, wrong)
    if (values["latitude"] is None) != (values["longitude"] is None) and not {"latitude", "longitude"} & set(wrong):
        wrong.append("latitude" if values["latitude"] is None else "longitude")
    values["timezone"] = _zone(row, given["country"], given["region_code"], wrong)
    values |= _hours(row, wrong)
    values |= _lists(row, given["kind"], specialties, wrong)
    return values, wrong


def read_contract(row: Mapping[str, str], valid_from: date) -> tuple[dict[str, Any] | None, list[str]]:
    """The agreement that a line brings with it, None without a number; and the columns that cannot be read."""
    if not row.get("contract_number"):
        return None, []
    wrong: list[str] = []
    begins = cells.day(row, "contract_from", wrong) or valid_from
    ends = cells.day(row, "contract_until", wrong)
    if ends is not None and ends < begins:
        wrong.append("contract_until")
    return {
        "number": row["contract_number"],
        "valid_from": begins,
        "valid_until": ends,
        "cashless": cells.flag(row, "cashless", wrong),
        "edc_available": cells.flag(row, "edc", wrong),
    }, wrong


def _hours(row: Mapping[str, str], wrong: list[str]) -> dict[str, Any]:
    try:
        opening = hours.opening_hours(row.get("opening", ""))
    except ValueError:
        wrong.append("opening")
        opening = {}
    return {"opening": opening, "open_minutes": hours.minutes_open(opening)}


def _lists(row: Mapping[str, str], kind: str, specialties: frozenset[str], wrong: list[str]) -> dict[str, list[str]]:
    services = cells.listed(row, "services")
    if not services and kind in list(facilities.Kind):
        services = [one.value for one in facilities.usual_services(facilities.Kind(kind))]
    named = [code.upper() for code in cells.listed(row, "specialties")]
    if not set(services) <= set(facilities.Service):
        wrong.append("services")
    if not set(named) <= specialties:
        wrong.append("specialties")
    return {"languages": cells.listed(row, "languages"), "services": services, "specialties": named}


def _zone(row: Mapping[str, str], country: str, region_code: str, wrong: list[str]) -> str | None:
    zone = row.get("timezone", "").strip() or places.zone_of(country, region_code)
    if zone not in _ZONES:
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
    text = row.get(column, "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = most + 1.0
    if not abs(value) <= most:
        wrong.append(column)
        return None
    return value
