"""Distances and boxes on the globe, and which clock hangs on a facility's wall (S0-85)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import asin, cos, degrees, radians, sin, sqrt

from babel.core import get_global

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""

_MIDDLE = ("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76")
_EASTERN = ("81", "82", "91", "92", "93", "94", "95", "96")
"""Provinces of Indonesia whose clocks are one hour, and two hours, before Jakarta's."""


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


def zone_of(country: str, region_code: str | None) -> str | None:
    """The IANA zone of a place; None where a country has several and the region does not tell."""
    if country == "ID":
        province = (region_code or "")[:2]
        if province in _MIDDLE:
            return "Asia/Makassar"
        return "Asia/Jayapura" if province in _EASTERN else "Asia/Jakarta"
    zones = _zones(country)
    return zones[0] if len(zones) == 1 else None


@cache
def _zones(country: str) -> list[str]:
    return list(get_global("territory_zones").get(country, []))
