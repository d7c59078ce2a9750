"""Distances and boxes on the globe, names as people type them, opening hours: pure answers (S0-85)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, degrees, radians, sin, sqrt

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"^([a-z]{3})(?:-([a-z]{3}))? (\d{2}:\d{2})-(\d{2}:\d{2})$")


class Kind(StrEnum):
    """What a provider is."""

    CLINIC = "clinic"
    HOSPITAL = "hospital"
    LABORATORY = "laboratory"
    PHARMACY = "pharmacy"
    OPTICIAN = "optician"
    DENTIST = "dentist"


class Tier(StrEnum):
    """Place in tiered managed care: first level, specialist, sub-specialist (S0-21)."""

    FIRST = "ppk1"
    SECOND = "ppk2"
    THIRD = "ppk3"


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees that enclose a circle: an index can find what lies inside."""

    south: float
    north: float
    west: float
    east: float


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Great-circle distance by the haversine formula; within 0.5 % of the road atlas's straight line."""
    up = sin(radians(other_latitude - latitude) / 2) ** 2
    along = sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(up + cos(radians(latitude)) * cos(radians(other_latitude)) * along))


def box_around(latitude: float, longitude: float, km: float) -> Box:
    """The smallest box with every place within ``km``; near the poles it spans all longitudes."""
    up = degrees(km / EARTH_KM)
    narrow = cos(radians(min(abs(latitude) + up, 89.9)))
    along = min(degrees(km / EARTH_KM) / narrow, 180.0)
    return Box(max(latitude - up, -90.0), min(latitude + up, 90.0), longitude - along, longitude + along)


def search_name(text: str) -> str:
    """A name as it is compared: lower case, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text)
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).lower().split())


def opening_hours(text: str) -> dict[str, list[str]]:
    """``mon-fri 08:00-17:00; sat 08:00-12:00`` or ``24/7`` by day; an empty text is unknown (no day).

    Raises ValueError naming the part that cannot be read.
    """
    if text.strip() == "24/7":
        return {day: ["00:00-24:00"] for day in DAYS}
    hours: dict[str, list[str]] = {}
    for part in filter(None, (part.strip().lower() for part in text.split(";"))):
        found = _HOURS.match(part)
        if not found or found[1] not in DAYS or (found[2] or found[1]) not in DAYS:
            raise ValueError(part)
        first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
        for day in DAYS[first : last + 1]:
            hours.setdefault(day, []).append(f"{found[3]}-{found[4]}")
    return hours
