"""Every search in the registry: near a place, by name with typos, by what a facility does and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Float, Numeric, Select, and_, case, cast, func, literal, null, or_, select, text, tuple_

from backend.access import Scope
from backend.clients import registry as clients
from backend.kit import clock
from backend.providers import queries, rules
from backend.providers.models import NetworkProvider, Provider

NEAR_KM = 150.0
"""Nobody drives further for a doctor; the box keeps the index useful."""

_TYPO_THRESHOLD = "0.4"


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for. ``town`` is a name as ``town_named_in`` gives it; ``network`` narrows to a client's
    network; ``after`` is the last row seen.
    """

    latitude: float | None = None
    longitude: float | None = None
    kind: str | None = None
    words: str | None = None
    town: str | None = None
    network: str | None = None
    after: tuple[Any, UUID] | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """A provider with what the search knows about it; ``rank`` is its place in the order."""

    provider: Provider
    distance_km: float | None
    in_network: bool
    cashless: bool
    rank: Any


def nearest(scope: Scope, latitude: float, longitude: float, kind: str | None = None, limit: int = 5) -> list[Found]:
    """The nearest providers of the acting member's network, the closest first."""
    network = queries.network_of(scope, scope.actor.own_member_id)
    return search(scope, Search(latitude, longitude, kind=kind, network=network, limit=limit))


def search(scope: Scope, wanted: Search) -> list[Found]:
    """Active providers in the client's country: by distance, else by likeness of the name, else by name."""
    facts = clients.client_by_id(scope.client_id)
    today = clock.today(facts.timezone)
    distance = _distance(wanted)
    member_of = and_(
        NetworkProvider.client_id == scope.client_id,
        NetworkProvider.provider_id == Provider.id,
        NetworkProvider.network == wanted.network,
        NetworkProvider.valid_from <= today,
        or_(NetworkProvider.valid_until.is_(None), NetworkProvider.valid_until >= today),
    )
    rank = _rank(wanted, distance)
    query = (
        select(Provider, distance, NetworkProvider.id, NetworkProvider.cashless, rank)
        .join(NetworkProvider, member_of, isouter=wanted.network is None)
        .where(Provider.active, Provider.country == facts.country)
    )
    query = _narrowed(scope, query, wanted)
    if wanted.after is not None:
        query = query.where(tuple_(rank, Provider.id) > tuple_(literal(wanted.after[0]), literal(wanted.after[1])))
    rows = scope.session.execute(query.order_by(rank, Provider.id).limit(wanted.limit))
    return [Found(row[0], row[1], row[2] is not None, bool(row[3]), row[4]) for row in rows]


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


def _narrowed(scope: Scope, query: Select[Any], wanted: Search) -> Select[Any]:
    if wanted.kind:
        query = query.where(Provider.kind == wanted.kind)
    if wanted.latitude is not None and wanted.longitude is not None:
        box = rules.box_around(wanted.latitude, wanted.longitude, NEAR_KM)
        query = query.where(
            Provider.latitude.between(box.south, box.north), Provider.longitude.between(box.west, box.east)
        )
    if wanted.town:
        query = query.where(Provider.city == wanted.town)
    if wanted.words:
        scope.session.execute(
            text("SELECT set_config('pg_trgm.word_similarity_threshold', :share, true)"), {"share": _TYPO_THRESHOLD}
        )
        query = query.where(literal(rules.search_name(wanted.words)).op("<%")(Provider.search_name))
    return query


def _distance(wanted: Search) -> Any:
    """The haversine formula of ``rules.distance_km`` in SQL, rounded to a metre."""
    if wanted.latitude is None or wanted.longitude is None:
        return cast(null(), Float).label("distance")
    up = func.power(func.sin(func.radians(Provider.latitude - wanted.latitude) / 2), 2)
    along = func.power(func.sin(func.radians(Provider.longitude - wanted.longitude) / 2), 2)
    share = up + func.cos(func.radians(wanted.latitude)) * func.cos(func.radians(Provider.latitude)) * along
    # Rounding may lift the share of two antipodes above one.
    kept = case((share > 1, 1.0), else_=share)
    return cast(func.round(cast(2 * rules.EARTH_KM * func.asin(func.sqrt(kept)), Numeric), 3), Float).label("distance")


def _rank(wanted: Search, distance: Any) -> Any:
    if wanted.latitude is not None:
        return distance
    if wanted.words:
        likeness = func.word_similarity(rules.search_name(wanted.words), Provider.search_name)
        return cast(func.round(cast(1 - likeness, Numeric), 5), Float)
    return Provider.search_name
