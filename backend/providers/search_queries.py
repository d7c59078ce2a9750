"""Every search in the registry: near a place, by name with typos, by what a facility does and when (S0-85).

Written out in SQL and asked in one round trip, because it is what people wait for on a street corner. Near a place
the index on ``provider_place`` gives facilities in the order of their distance, so a page costs what stands on it and
not what stands in the city. The distance it orders by is the straight line through the earth, which grows with the
way over it: the same order, and the kilometres are told from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import asin
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select

from backend.access import Scope
from backend.clients import registry as clients
from backend.kit import clock
from backend.providers import rules
from backend.providers.free_days import free_days_around
from backend.providers.models import Provider

NEAR_KM = 150.0
"""Nobody drives further for a doctor; it bounds the walk through the index."""

_Statement = tuple[str, dict[str, Any]]
_TYPOS: _Statement = ("SELECT set_config('pg_trgm.word_similarity_threshold', '0.4', true)", {})
# To compare words costs far more than PostgreSQL believes: it would rather read the whole registry than the index.
_BY_INDEX: _Statement = ("SELECT set_config('enable_seqscan', 'off', true)", {})
# It believes that hardly anybody is within reach, and would sort a whole city rather than walk to the nearest.
_WALKING: _Statement = ("SELECT set_config('enable_bitmapscan', 'off', true)", {})

_COLUMNS = """p.id, p.code, p.name, p.kind, p.country, p.region_code, p.address, p.city, p.latitude, p.longitude,
       p.timezone, p.phone, p.opening, p.tier, p.languages, p.services, p.specialties, p.active"""
_HERE = "provider_place(%(latitude)s::float8, %(longitude)s::float8)"
_RANKS = {
    "near": f"provider_place(p.latitude, p.longitude) <-> {_HERE}",
    "words": "round((1 - word_similarity(%(words)s, p.search_name))::numeric, 5)::float8",
    "name": "p.search_name",
}
_MINE = """(SELECT plan.network FROM enrolment e JOIN plan ON plan.client_id = e.client_id AND plan.id = e.plan_id
        WHERE e.client_id = %(client)s AND e.member_id = %(member)s AND e.starts_on <= %(day)s
          AND (e.ends_on IS NULL OR e.ends_on >= %(day)s))"""
# As ``rules.standing`` sees it.
_MEMBERSHIP = """LEFT JOIN LATERAL (
       SELECT n.cashless AND coalesce(c.cashless, true) AS cashless,
              n.cashless AND coalesce(c.cashless AND c.edc_available, true) AS edc_available
         FROM network_provider n LEFT JOIN provider_contract c ON c.id = n.contract_id
        WHERE n.client_id = %(client)s AND n.network = {network} AND n.provider_id = p.id AND n.valid_from <= %(day)s
          AND (n.valid_until IS NULL OR n.valid_until >= %(day)s)
          AND (n.contract_id IS NULL OR (c.valid_from <= %(day)s AND (c.valid_until IS NULL OR c.valid_until >= %(day)s)
               AND (c.suspended_from IS NULL OR c.suspended_from > %(day)s)))
        LIMIT 1) AS m ON true"""
_FILTERS = {
    "kind": "p.kind = %(kind)s",
    "country": "p.country = %(country)s",
    "town": "p.city = %(town)s",
    "tier": "p.tier = %(tier)s",
    "specialty": "p.specialties @> ARRAY[%(specialty)s::varchar]",
    "service": "p.services @> ARRAY[%(service)s::varchar]",
    "language": "p.languages @> ARRAY[%(language)s::varchar]",
}


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for. ``town`` is a name as ``town_named_in`` gives it; ``network`` narrows to a network of
    the client, ``member`` to the one of this member's plan, if it has one; ``country`` is an ISO 3166 code; ``after``
    is the last row seen.
    """

    latitude: float | None = None
    longitude: float | None = None
    kind: str | None = None
    words: str | None = None
    town: str | None = None
    network: str | None = None
    member: UUID | None = None
    country: str | None = None
    tier: str | None = None
    specialty: str | None = None
    service: str | None = None
    language: str | None = None
    open_now: bool = False
    after: tuple[Any, UUID] | None = None
    limit: int = 20

    @property
    def near(self) -> bool:
        """Whether a place is known."""
        return self.latitude is not None and self.longitude is not None

    @property
    def order(self) -> str:
        """What decides who comes first."""
        return "near" if self.near else "words" if self.words else "name"


@dataclass(frozen=True, slots=True)
class Found:
    """A provider's columns with what the search knows about it; ``rank`` is its place in the order."""

    provider: Any
    distance_km: float | None
    in_network: bool
    cashless: bool
    edc_available: bool
    rank: Any


def nearest(scope: Scope, latitude: float, longitude: float, kind: str | None = None, limit: int = 5) -> list[Found]:
    """The nearest providers of the acting member's network, the closest first."""
    return search(scope, Search(latitude, longitude, kind=kind, member=scope.actor.own_member_id, limit=limit))


def search(scope: Scope, wanted: Search) -> list[Found]:
    """Active providers: by distance, else by likeness of the name, else by name.

    Without a place, words or a network only those of the client's own country; a network may reach beyond it.
    """
    sql, values = _question(scope, wanted)
    settings = [_TYPOS, _BY_INDEX] if wanted.words else [_WALKING] if wanted.near and wanted.specialty else []
    rows = scope.unit.ask(*settings, (sql, values))
    return [
        Found(
            row,
            _kilometres(row.rank) if wanted.near else None,
            row.cashless is not None,
            bool(row.cashless),
            bool(row.edc_available),
            row.rank,
        )
        for row in rows
    ]


def town_named_in(scope: Scope, words: str) -> str | None:
    """The town of a sentence: the longest name of a place where somebody of the client's country treats, or None."""
    country = clients.client_by_id(scope.client_id).country
    said = literal(" {} ".format(" ".join(re.findall(r"\w+", rules.search_name(words)))))
    named = func.concat("% ", func.unaccent(func.lower(Provider.city)), " %")
    query = (
        select(Provider.city)
        .where(Provider.active, Provider.country == country, said.like(named))
        .order_by(func.length(Provider.city).desc())
    )
    return scope.session.scalar(query.limit(1))


def _question(scope: Scope, wanted: Search) -> tuple[str, Mapping[str, Any]]:
    """The statement, the same text for the same kind of search, and what it is asked with."""
    client = clients.client_by_id(scope.client_id)
    values: dict[str, Any] = {
        name: getattr(wanted, name) for name in (*_FILTERS, "network", "member", "latitude", "longitude", "limit")
    }
    values |= {"client": scope.client_id, "day": clock.today(client.timezone)}
    anywhere = not (wanted.near or wanted.words or wanted.country)
    if anywhere and not (wanted.network or wanted.member):
        values["country"] = client.country
    conditions = ["p.active", *(text for name, text in _FILTERS.items() if values[name])]
    if wanted.near:
        conditions.append(f"provider_place(p.latitude, p.longitude) <@ cube_enlarge({_HERE}, {NEAR_KM}, 3)")
    if wanted.words:
        values["words"] = rules.search_name(wanted.words)
        conditions.append("%(words)s <%% p.search_name")
    if wanted.open_now:
        conditions.append(_open_at(values, free_days_around(scope, clock.now()), clock.now()))
    rank, network = _RANKS[wanted.order], "%(network)s"
    if wanted.network:
        conditions.append("m.cashless IS NOT NULL")
    elif wanted.member:
        network = _MINE
        values["home"] = client.country
        free = f"{_MINE} IS NULL AND p.country = %(home)s" if anywhere else f"{_MINE} IS NULL"
        conditions.append(f"(m.cashless IS NOT NULL OR {free})")
    if wanted.after is not None:
        values["rank"], values["after"] = wanted.after
        kind = "text" if wanted.order == "name" else "float8"
        conditions.append(f"({rank}, p.id) > (%(rank)s::{kind}, %(after)s)")
    sql = (
        f"SELECT {_COLUMNS}, {rank} AS rank, m.cashless, m.edc_available FROM provider p "  # noqa: S608 - our own texts
        f"{_MEMBERSHIP.format(network=network)} WHERE {' AND '.join(conditions)} ORDER BY {rank}, p.id LIMIT %(limit)s"
    )
    return sql, values


_OPEN_AT = """(p.open_minutes @> ({today} * 2880 + {minute})::int
   OR p.open_minutes @> ({before} * 2880 + 1440 + {minute})::int)"""
"""``rules.hours.places_in_week`` by the facility's own clock."""


def _open_at(values: dict[str, Any], free: Sequence[tuple[str, date]], now: datetime) -> str:
    values["now"] = now
    values["free_countries"], values["free_days"] = [one[0] for one in free], [one[1] for one in free]
    local = "(%(now)s::timestamptz AT TIME ZONE p.timezone)"
    minute = f"(extract(hour FROM {local}) * 60 + extract(minute FROM {local}))"
    return _OPEN_AT.format(today=_slot(f"{local}::date"), before=_slot(f"({local}::date - 1)"), minute=minute)


def _slot(day: str) -> str:
    free = "SELECT * FROM unnest(%(free_countries)s::varchar[], %(free_days)s::date[])"
    return f"CASE WHEN (p.country, {day}) IN ({free}) THEN 7 ELSE extract(isodow FROM {day}) - 1 END"


def _kilometres(straight: float) -> float:
    return round(2 * rules.EARTH_KM * asin(min(1.0, straight / (2 * rules.EARTH_KM))), 3)
