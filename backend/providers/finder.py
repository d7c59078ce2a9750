"""Providers as the API shows them: who is near, who is meant, whether the plan's network has them."""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

import orjson

from backend.access import Role, Scope
from backend.clients import registry as clients
from backend.errors import BadRequest
from backend.kit import clock
from backend.providers import queries, search_queries
from backend.providers.models import Provider
from backend.providers.search_queries import Found, Search


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
            kind=wanted.get("kind"),
            words=wanted.get("q"),
            network=_network(scope) if wanted["network"] == "mine" else None,
            after=_decoded(wanted["cursor"]) if wanted.get("cursor") else None,
            limit=wanted["limit"] + 1,
        ),
    )
    shown = found[: wanted["limit"]]
    return {
        "items": [_item(one) for one in shown],
        "next_cursor": _encoded(shown[-1]) if len(found) > wanted["limit"] else None,
    }


def details(scope: Scope, provider_id: UUID) -> dict[str, Any]:
    """One provider, and whether it is in the reader's network today; raises NotFound."""
    row = queries.provider(scope, provider_id)
    today = clock.today(clients.client_by_id(scope.client_id).timezone)
    where = queries.network_standing(scope, provider_id, _network(scope), today)
    return _item(Found(row, None, where.in_network, where.cashless, None))


def _network(scope: Scope) -> str | None:
    return queries.network_of(scope, scope.actor.own_member_id) if scope.actor.role is Role.MEMBER else None


def _item(found: Found) -> dict[str, Any]:
    row: Provider = found.provider
    return {
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "tier": row.tier,
        "address": row.address,
        "city": row.city,
        "region_code": row.region_code,
        "phone": row.phone,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "opening": row.opening,
        "distance_km": found.distance_km,
        "in_network": found.in_network,
        "cashless": found.cashless,
        "active": row.active,
    }


def _encoded(last: Found) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([last.rank, last.provider.id])).decode()


def _decoded(cursor: str) -> tuple[Any, UUID]:
    try:
        rank, row_id = orjson.loads(base64.urlsafe_b64decode(cursor.encode()))
        return rank, UUID(row_id)
    except (ValueError, TypeError, binascii.Error) as error:
        raise BadRequest("request.bad_cursor") from error
