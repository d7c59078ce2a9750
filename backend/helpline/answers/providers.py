"""Where to go: the nearest of the network, from a shared location or the name of a town."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backend.access import Scope
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply
from backend.kit import clock
from backend.providers import search_queries as searching
from backend.providers.free_days import holidays_of
from backend.providers.rules.hours import door_at
from backend.providers.search_queries import Found, Search

_SHOWN = 3


def nearest(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """The nearest three: in the town that was named, else near the shared place; else one is asked for."""
    acting = asker.acting(scope) if asker.member_id else scope
    kind = slots.get("provider_kind")
    town = searching.town_named_in(acting, slots.get("town") or asker.heard())
    place = slots.get("location") or asker.state.get("location")
    if town:
        found = searching.search(acting, Search(kind=kind, town=town, member=asker.member_id, limit=_SHOWN))
    elif place:
        found = searching.nearest(acting, place["latitude"], place["longitude"], kind=kind, limit=_SHOWN)
    else:
        return Answer(
            (Reply.of("provider_ask_location"),), state={"awaits": "town", "provider_kind": kind, "place_for": None}
        )
    if town and not found:
        return Answer.of("provider_ask_location")
    if not found:
        case = case_for(scope, asker, "provider", summary=f"No {kind or 'provider'} found near the place named.")
        return Answer.of("provider_none", case=case.number)
    return Answer.of("provider_list", items={"items": [_line(one) for one in found]})


def _line(found: Found) -> dict[str, Any]:
    row = found.provider
    door = door_at(row.opening, clock.now(), row.timezone, holidays_of(row.country))
    known = {True: {"word": "provider_open"}, False: {"word": "provider_closed"}, None: ""}[door.open]
    args = {"name": row.name, "address": f"{row.address}, {row.city}", "phone": row.phone or "", "door": known}
    if found.distance_km is None:
        return {"reply": "provider_line", "args": args}
    return {"reply": "provider_line_near", "args": args | {"distance": f"{found.distance_km:.1f}"}}
