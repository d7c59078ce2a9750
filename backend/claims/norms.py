"""What is usual of services, quantities and supplies, as ``plausible.yml`` has it: pure answers about one position."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.claims import rules
from backend.diagnoses.rules import among, folded

_FILE = Path(__file__).with_name("plausible.yml")
_DOSE = re.compile(r"\b(\d)\s*(?:x|dd)\s*(\d)\b")
_DAYS = re.compile(r"\b(\d{1,3})\s*(?:hari|days?|dias?)\b")
_ROOMS = frozenset({"room", "intensive_care"})
_MEDICINES = frozenset({"medicine", "vitamin"})


@dataclass(frozen=True, slots=True)
class Position:
    """A position of a bill with what is known of the patient and the stay.

    ``diagnosis`` is the position's own or the claim's, ``days`` the days of the stay, None when it has no end.
    """

    number: int
    description: str
    item: str
    group: str
    quantity: int
    sex: str | None
    diagnosis: str | None
    days: int | None


Found = Sequence[Mapping[str, Any]]


def against_patient(position: Position) -> Found:
    """Services that only the other sex gets (S2-42); nothing while the sex is not known."""
    if position.sex is None:
        return []
    meant = [row for row in _data()["services"] if row.get("sex") and _is_meant(row, position)]
    wrong = [row for row in meant if row["sex"] != position.sex and not _is_newborn(row, position)]
    return [{"reason": rules.SERVICE_SEX, "position": position.number} for _ in wrong[:1]]


def against_diagnosis(position: Position) -> Found:
    """Services for another part of the body than the illness (S2-42); nothing while nobody read the illness."""
    if position.diagnosis is None:
        return []
    meant = [row for row in _data()["services"] if row.get("diagnoses") and _is_meant(row, position)]
    if not meant or any(among(position.diagnosis, row["diagnoses"]) for row in meant):
        return []
    return [{"reason": rules.SERVICE_DIAGNOSIS, "position": position.number, "diagnosis": position.diagnosis}]


def over_quantity(position: Position) -> Found:
    """More lenses than eyes, more days in bed than the stay has, medicine for longer than is dispensed (S2-43)."""
    about = {"position": position.number, "quantity": position.quantity}
    found: list[Mapping[str, Any]] = [
        {"reason": rules.TOO_MANY, **about, "most": row["most"]}
        for row in _data()["quantities"]
        if position.item in row["items"] and position.quantity > row["most"]
    ]
    if position.item in _ROOMS and position.days is not None and position.quantity > position.days:
        found.append({"reason": rules.TOO_MANY_DAYS, **about, "days": position.days})
    days, most = days_of_supply(position.description, position.quantity), _most_days(position.diagnosis)
    if position.item in _MEDICINES and days is not None and days > most:
        found.append({"reason": rules.LONG_SUPPLY, "position": position.number, "days": days, "most": most})
    return found


def days_of_supply(description: str, quantity: int) -> int | None:
    """How long a medicine lasts: as many days as it says, or its pieces by its dose (``3x1``); None without either."""
    plain = folded(description)
    said = _DAYS.search(plain)
    if said:
        return int(said[1])
    dose = _DOSE.search(plain)
    daily = int(dose[1]) * int(dose[2]) if dose else 0
    return -(-quantity // daily) if daily else None


def _most_days(diagnosis: str | None) -> int:
    supply = _data()["supply"]
    lasts = diagnosis is not None and among(diagnosis, supply["lasting"])
    return int(supply["lasting_days" if lasts else "most_days"])


def _is_newborn(row: Mapping[str, Any], position: Position) -> bool:
    return position.diagnosis is not None and among(position.diagnosis, row.get("newborn", ()))


def _is_meant(row: Mapping[str, Any], position: Position) -> bool:
    if position.item in row.get("items", ()) or position.group in row.get("groups", ()):
        return True
    plain = f" {folded(position.description)}"
    return any(f" {word}" in plain for word in row.get("words", ()))


@cache
def _data() -> dict[str, Any]:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
