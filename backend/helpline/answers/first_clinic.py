"""The first-tier clinic of a member: which it is, and another one chosen from the nearest three (S0-22)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend import languages
from backend.access import Scope
from backend.branding.vocabulary import own_words
from backend.errors import RuleRefused
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply
from backend.kit.refusal import Refusal
from backend.providers import queries as providers
from backend.providers import search_queries as searching
from backend.providers import service
from backend.providers.rules.first_choice import NO_CHOICE
from backend.providers.search_queries import Found, Search

_SHOWN = 3
CHANGE = "action_change_provider"


def change(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """Say which clinic it is now and offer the nearest others; on the telephone a person makes the change."""
    acting, member_id = asker.acting(scope), asker.proved()
    found = service.choices_of(acting, member_id)
    known = found.planned or found.now
    now = providers.provider(acting, known.provider_id) if known else None
    told = Reply.of("clinic_now", name=now.name) if now else Reply.of("clinic_not_yet")
    if providers.network_of(acting, member_id) is None:
        return _refused(asker, Refusal(NO_CHOICE))
    if isinstance(found.counts_from, Refusal):
        return Answer((told, *_refused(asker, found.counts_from).replies))
    if asker.channel == "voice":
        return Answer((told, _by_a_person(scope, asker)))
    place = _place(acting, asker, slots) or ({"latitude": now.latitude, "longitude": now.longitude} if now else {})
    if not place or place.get("latitude", 0) is None:
        return Answer((told, Reply.of("provider_ask_location")), state={"awaits": "town", "place_for": CHANGE})
    wanted = Search(kind="clinic", tier="ppk1", member=member_id, limit=_SHOWN + 1, **place)
    offered = [one for one in searching.search(acting, wanted) if now is None or one.provider.id != now.id][:_SHOWN]
    if not offered:
        return Answer((told, _by_a_person(scope, asker)))
    named = dict(zip(("first", "second", "third"), [*map(_line, offered), "–", "–"], strict=False))
    offer = Reply.of("clinic_offer", from_day={"date": found.counts_from.isoformat()}, **named)
    return Answer((told, offer), state={"clinics": [str(one.provider.id) for one in offered]})


def choose(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """One of the offered clinics becomes the first one, by the same rule as in the app."""
    offered, number = asker.state.get("clinics") or [], str(slots.get("number") or "")
    if not number.isdecimal() or not 0 < int(number) <= len(offered):
        return Answer.of("clinic_unknown")
    acting = asker.acting(scope)
    try:
        made = service.choose(acting, asker.proved(), UUID(offered[int(number) - 1]))
    except RuleRefused as error:
        return _refused(asker, Refusal(error.reason, error.figures))
    name = providers.provider(acting, made.provider_id).name
    chosen = Reply.of("clinic_chosen", name=name, from_day={"date": made.starts_on.isoformat()})
    return Answer((chosen,), state={"clinics": None})


def _place(acting: Scope, asker: Asker, slots: Mapping[str, Any]) -> dict[str, Any]:
    shared = slots.get("location") or asker.state.get("location")
    if shared:
        return {"latitude": shared["latitude"], "longitude": shared["longitude"]}
    town = searching.town_named_in(acting, slots.get("town") or asker.heard())
    return {"town": town} if town else {}


def _refused(asker: Asker, refusal: Refusal) -> Answer:
    reword = own_words(asker.brand.glossary)
    why = languages.message(refusal.reason, asker.language, refusal.figures, reword=reword)
    return Answer.of("clinic_refused", why=why)


def _by_a_person(scope: Scope, asker: Asker) -> Reply:
    return Reply.of("case_change_provider", case=case_for(scope, asker, "change_provider").number)


def _line(found: Found) -> str:
    return f"{found.provider.name} ({found.provider.address})"
