"""Every search in the registry: near a place, by name with typos, by what a facility does and when (S0-85).

Near a place the index on ``provider_place`` gives facilities in the order of their distance, so a page costs what
stands on it and not what stands in the city. The distance it orders by is the straight line through the earth,
which grows with the way over it: the same order, and the kilometres are told from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import asin
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    DateTime,
    Float,
    Integer,
    Numeric,
    Select,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
    text,
    true,
    tuple_,
)

from backend.access import Scope
from backend.clients import registry as clients
from backend.kit import clock
from backend.providers import queries, rules
from backend.providers.free_days import is_holiday
from backend.providers.models import NetworkProvider, Provider, ProviderContract
from backend.providers.rules.hours import DAY, SLOT

NEAR_KM = 150.0
"""Nobody drives further for a doctor; it bounds the walk through the index."""

_TYPO_THRESHOLD = "0.4"
_COLUMNS: Sequence[Any] = tuple(
    column for column in Provider.__table__.c if column.name not in {"created_at", "search_name", "open_minutes"}
)


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for. ``town`` is a name as ``town_named_in`` gives it; ``network`` narrows to a client's
    network; ``country`` is an ISO 3166 code; ``after`` is the last row seen.
    """

    latitude: float | None = None
    longitude: float | None = None
    kind: str | None = None
    words: str | None = None
    town: str | None = None
    network: str | None = None
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
    network = queries.network_of(scope, scope.actor.own_member_id)
    return search(scope, Search(latitude, longitude, kind=kind, network=network, limit=limit))


def search(scope: Scope, wanted: Search) -> list[Found]:
    """Active providers: by distance, else by likeness of the name, else by name.

    Without a place, words or a network only those of the client's own country.
    """
    today = clock.today(clients.client_by_id(scope.client_id).timezone)
    rank = _rank(wanted)
    found = _membership(scope, wanted.network, today)
    query: Select[Any] = (
        select(*_COLUMNS, rank.label("rank"), found.c.cashless, found.c.edc_available)
        .join(found, true(), isouter=wanted.network is None)
        .where(Provider.active)
    )
    query = _narrowed(scope, query, wanted)
    if wanted.after is not None:
        query = query.where(tuple_(rank, Provider.id) > tuple_(literal(wanted.after[0]), literal(wanted.after[1])))
    rows = scope.session.execute(query.order_by(rank, Provider.id).limit(wanted.limit))
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


def _membership(scope: Scope, network: str | None, on: date) -> Any:
    """Beside each provider: the membership that counts on a day, as ``rules.standing`` sees it."""
    agreed = ProviderContract
    holds = and_(
        agreed.valid_from <= on,
        or_(agreed.valid_until.is_(None), agreed.valid_until >= on),
        or_(agreed.suspended_from.is_(None), agreed.suspended_from > on),
    )
    cashless = and_(NetworkProvider.cashless, func.coalesce(agreed.cashless, true()))
    return (
        select(
            cashless.label("cashless"),
            and_(cashless, func.coalesce(agreed.edc_available, true())).label("edc_available"),
        )
        .join(agreed, agreed.id == NetworkProvider.contract_id, isouter=True)
        .where(
            NetworkProvider.client_id == scope.client_id,
            NetworkProvider.provider_id == Provider.id,
            NetworkProvider.network == network,
            NetworkProvider.valid_from <= on,
            or_(NetworkProvider.valid_until.is_(None), NetworkProvider.valid_until >= on),
            or_(NetworkProvider.contract_id.is_(None), holds),
        )
        .limit(1)
        .lateral("counting")
    )


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
    country = wanted.country
    if country is None and not (wanted.near or wanted.words or wanted.network):
        country = clients.client_by_id(scope.client_id).country
    exact = {"kind": wanted.kind, "country": country, "city": wanted.town, "tier": wanted.tier}
    query = query.where(*(getattr(Provider, name) == value for name, value in exact.items() if value))
    listed = {"specialties": wanted.specialty, "services": wanted.service, "languages": wanted.language}
    query = query.where(*(getattr(Provider, name).contains([value]) for name, value in listed.items() if value))
    if wanted.near:
        around = func.cube_enlarge(_here(wanted), NEAR_KM, 3)
        query = query.where(_place().op("<@")(around))
    if wanted.open_now:
        query = query.where(_open_at(scope, clock.now()))
    if wanted.words:
        scope.session.execute(
            text("SELECT set_config('pg_trgm.word_similarity_threshold', :share, true)"), {"share": _TYPO_THRESHOLD}
        )
        query = query.where(literal(rules.search_name(wanted.words)).op("<%")(Provider.search_name))
    return query


def _place() -> Any:
    return func.provider_place(Provider.latitude, Provider.longitude)


def _here(wanted: Search) -> Any:
    return func.provider_place(cast(wanted.latitude, Float(53)), cast(wanted.longitude, Float(53)))


def _kilometres(straight: float) -> float:
    return round(2 * rules.EARTH_KM * asin(min(1.0, straight / (2 * rules.EARTH_KM))), 3)


def _rank(wanted: Search) -> Any:
    if wanted.near:
        return _place().op("<->", return_type=Float(53))(_here(wanted))
    if wanted.words:
        likeness = func.word_similarity(rules.search_name(wanted.words), Provider.search_name)
        return cast(func.round(cast(1 - likeness, Numeric), 5), Float)
    return Provider.search_name


def _open_at(scope: Scope, now: datetime) -> Any:
    """``rules.hours.door_at`` in SQL: the minute of the facility's own clock lies in its open minutes."""
    local = func.timezone(Provider.timezone, now, type_=DateTime)
    minute = cast(extract("hour", local) * 60 + extract("minute", local), Integer)
    free = _free_days(scope, now)
    today, before = cast(local, Date), cast(local, Date) - 1
    places = (_slot(today, free) * SLOT + minute, _slot(before, free) * SLOT + DAY + minute)
    return or_(*(Provider.open_minutes.op("@>")(place) for place in places))


def _slot(day: Any, free: list[tuple[str, date]]) -> Any:
    weekday = cast(extract("isodow", day), Integer) - 1
    return case((tuple_(Provider.country, day).in_(free), len(rules.DAYS)), else_=weekday) if free else weekday


def _free_days(scope: Scope, now: datetime) -> list[tuple[str, date]]:
    """The public holidays around an instant in every country of the registry."""
    around = [now.date() + timedelta(days=step) for step in (-2, -1, 0, 1)]
    return [(country, day) for country in queries.countries(scope) for day in around if is_holiday(country, day)]
