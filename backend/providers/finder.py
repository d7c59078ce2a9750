"""Providers as the API shows them: who is near, who is meant, whether the plan's network has them, who is open."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from backend import languages
from backend.access import Role, Scope
from backend.branding.loader import brand_for
from backend.branding.vocabulary import own_words
from backend.clients import registry as clients
from backend.errors import BadRequest
from backend.kit import clock
from backend.providers import queries, search_queries, specialties
from backend.providers.free_days import holidays_of
from backend.providers.rules.hours import door_at
from backend.providers.search_queries import Found, Search

_FILTERS = ("kind", "country", "tier", "specialty", "service", "language", "open_now")


def find(scope: Scope, wanted: dict[str, Any]) -> dict[str, Any]:
    """One page of providers. A member searches the plan's network unless ``network`` is ``all``.

    Raises BadRequest ``request.bad_cursor``.
    """
    latitude, longitude = wanted.get("near") or (None, None)
    found = search_queries.search(
        scope,
        Search(
            latitude,
            longitude,
            words=wanted.get("q"),
            member=_member(scope, wanted.get("member_id")) if wanted["network"] == "mine" else None,
            after=_decoded(wanted["cursor"]) if wanted.get("cursor") else None,
            limit=wanted["limit"] + 1,
            **{name: wanted[name] for name in _FILTERS if name in wanted},
        ),
    )
    shown, now = found[: wanted["limit"]], clock.now()
    return {
        "items": [_item(scope, one, now) for one in shown],
        "next_cursor": _encoded(shown[-1]) if len(found) > wanted["limit"] else None,
    }


def details(scope: Scope, provider_id: UUID, member_id: UUID | None = None) -> dict[str, Any]:
    """One provider with its doctors and rooms, and where it stands for the reader today; raises NotFound."""
    row = queries.provider(scope, provider_id)
    client = clients.client_by_id(scope.client_id)
    today, reword = clock.today(client.timezone), own_words(brand_for(client).glossary)
    network = queries.network_of(scope, _member(scope, member_id))
    where = queries.network_standing(scope, provider_id, network, today)
    found = Found(row, None, where.in_network, where.cashless, where.edc_available, None)
    return _item(scope, found, clock.now()) | {
        "standing": where.problem
        and {
            "reason": where.problem.reason,
            "message": languages.message(where.problem.reason, scope.language, where.problem.figures, reword=reword),
        },
        "doctors": [_doctor(scope, *one) for one in queries.doctors_at(scope, provider_id, today)],
        "rooms": [
            {"code": room.code, "name": room.name, "rank": room.rank, "rate": room.rate.as_json()}
            for room in queries.room_classes(scope, provider_id, today)
        ],
    }


def _member(scope: Scope, member_id: UUID | None) -> UUID | None:
    """Whose network is meant: the reader's, or that of somebody the reader acts for or helps."""
    if member_id is not None:
        scope.check_member(member_id)
        return member_id
    return scope.actor.own_member_id if scope.actor.role is Role.MEMBER else None


def _item(scope: Scope, found: Found, now: datetime) -> dict[str, Any]:
    row = found.provider
    door = door_at(row.opening, now, row.timezone, holidays_of(row.country))
    return {
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "tier": row.tier,
        "country": row.country,
        "address": row.address,
        "city": row.city,
        "region_code": row.region_code,
        "phone": row.phone,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "opening": row.opening,
        "timezone": row.timezone,
        "open_now": door.open,
        "open_until": door.until,
        "languages": row.languages,
        "services": row.services,
        "specialties": [specialties.shown(code, scope.language) for code in row.specialties],
        "distance_km": found.distance_km,
        "in_network": found.in_network,
        "cashless": found.cashless,
        "edc_available": found.edc_available,
        "active": row.active,
    }


def _doctor(scope: Scope, doctor: Any, practice: Any) -> dict[str, Any]:
    return {
        "id": doctor.id,
        "name": doctor.name,
        "specialty": doctor.specialty and specialties.shown(doctor.specialty, scope.language),
        "languages": doctor.languages,
        "schedule": practice.schedule,
    }


def _encoded(last: Found) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([last.rank, last.provider.id])).decode()


def _decoded(cursor: str) -> tuple[Any, UUID]:
    try:
        rank, row_id = orjson.loads(base64.urlsafe_b64decode(cursor.encode()))
        return rank, UUID(row_id)
    except (ValueError, TypeError, binascii.Error) as error:
        raise BadRequest("request.bad_cursor") from error
