"""Reads one line of a file of doctors or of room rates: what it says, and what of it cannot be read. Pure (S0-85)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.providers.rules import cells, facilities, hours
from backend.providers.rules.file_columns import DOCTOR_REQUIRED, ROOM_REQUIRED
from backend.providers.rules.tariff_line import amount_minor

_HIGHEST_RANK = 1000


@dataclass(frozen=True, slots=True)
class RegistryLine:
    """A line about a facility; ``code`` is the doctor's or the room class's, ``wrong`` names the unread columns."""

    country: str
    provider_code: str
    code: str
    name: str
    details: Mapping[str, Any]
    wrong: tuple[str, ...]
    amount_minor: int | None = None
    currency: str | None = None


def read_doctor(row: Mapping[str, str], country: str, since: date, specialties: frozenset[str]) -> RegistryLine:
    """Who sees patients where and when; ``country`` and ``since`` are meant where a line names none.

    ``specialties`` are the codes of the reference list; without one the doctor is a general practitioner.
    """
    wrong = [column for column in DOCTOR_REQUIRED if not row.get(column)]
    specialty = row.get("specialty", "").upper() or None
    if specialty is not None and specialty not in specialties:
        wrong.append("specialty")
    begins = cells.day(row, "valid_from", wrong) or since
    ends = cells.day(row, "valid_until", wrong)
    if ends is not None and ends < begins:
        wrong.append("valid_until")
    name = row.get("name", "")
    details = {
        "search_name": facilities.search_name(name),
        "specialty": specialty,
        "languages": cells.listed(row, "languages"),
        "schedule": _schedule(row, wrong),
        "valid_from": begins,
        "valid_until": ends,
    }
    return RegistryLine(
        row.get("country", "").upper() or country,
        row.get("provider_code", ""),
        row.get("code", ""),
        name,
        details,
        tuple(dict.fromkeys(wrong)),
    )


def read_room(row: Mapping[str, str], country: str, currency: str, since: date) -> RegistryLine:
    """What a day in a room class costs from when on; ``rank`` orders the classes, the simplest lowest."""
    wrong = [column for column in ROOM_REQUIRED if not row.get(column)]
    rank = row.get("rank", "")
    if rank and not (rank.isdecimal() and int(rank) <= _HIGHEST_RANK):
        wrong.append("rank")
    written = row.get("currency", "").upper() or currency
    amount = amount_minor(row["amount"], written) if row.get("amount") else None
    if row.get("amount") and amount is None:
        wrong.append("amount")
    begins = cells.day(row, "valid_from", wrong) or since
    return RegistryLine(
        row.get("country", "").upper() or country,
        row.get("provider_code", ""),
        row.get("code", "").lower(),
        row.get("name", ""),
        {"rank": int(rank) if "rank" not in wrong else None, "valid_from": begins},
        tuple(wrong),
        amount,
        written,
    )


def _schedule(row: Mapping[str, str], wrong: list[str]) -> dict[str, Any]:
    try:
        return hours.opening_hours(row.get("schedule", ""))
    except ValueError:
        wrong.append("schedule")
        return {}
