"""Pure rules of the studio: where a defect is mended, what another client has already, how long a preview is open."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from backend.kit.refusal import Refusal

NOT_PUBLISHABLE = "studio.not_publishable"
DRAFT_CHANGED = "studio.draft_changed"
SETTINGS_REFUSED = "studio.settings_refused"
NUMBER_TAKEN = "studio.number_taken"
HOST_TAKEN = "studio.host_taken"
LOGO_MISSING = "studio.logo_missing"
NOTHING_TO_PUBLISH = "studio.nothing_to_publish"
SLUG_TAKEN = "studio.slug_taken"
PREVIEW_ONLY = "studio.preview_only"
TOO_MANY_LINKS = "studio.too_many_links"

MOST_DAYS = 30
"""The longest life of a preview link."""
MOST_LINKS = 50
"""Open preview links of a client at a time."""
MOST_FRAMES = 10
"""Live links of one person at a time: a tab or a device each."""

SLUG = re.compile(r"^[a-z][a-z0-9-]{1,30}$")
RESERVED = frozenset(
    {"admin", "api", "app", "assets", "brand", "client", "clients", "demo", "docs", "new", "preview", "studio", "www"}
)
"""Names of places of our own that no client is called by."""

_OF_COLOURS = ("branding.contrast_text", "branding.contrast_control", "branding.status_alike")


@dataclass(frozen=True, slots=True)
class Lines:
    """By what a client is found before anybody knows whose call or visit it is."""

    voice: str
    whatsapp: str
    hosts: Collection[str]


def taken(own: Lines, others: Collection[Lines]) -> Iterator[Refusal]:
    """Numbers and host names of ``own`` that somebody else has: nobody could tell whose caller it is (S0-59)."""
    for kind in ("voice", "whatsapp"):
        number = getattr(own, kind)
        if number and any(getattr(other, kind) == number for other in others):
            yield Refusal(NUMBER_TAKEN, {"place": f"hotline.{kind}", "number": number})
    theirs = {host.lower() for other in others for host in other.hosts}
    for host in own.hosts:
        if host.lower() in theirs:
            yield Refusal(HOST_TAKEN, {"place": "hosts", "host": host})


def place_of(defect: Refusal) -> str:
    """The setting where a defect is mended (``colours.light.brand``, ``texts.en.privacy``), or ''."""
    figures: Mapping[str, Any] = defect.figures
    if "place" in figures and not defect.reason.startswith("branding.logo"):
        return str(figures["place"])
    if defect.reason in _OF_COLOURS:
        return f"colours.{figures['scheme']}.{figures.get('text') or figures['one']}"
    if defect.reason.startswith("branding.logo"):
        return f"logo.{figures['kind']}"
    if defect.reason.startswith("branding.mark"):
        return "logo.mark"
    if defect.reason == "branding.unknown_reply":
        return f"replies.{figures['language']}.{figures['reply']}"
    part, _, name = str(figures.get("part", "")).partition(": ")
    return f"{part}.{figures['language']}.{name}" if name else ""


def preview_ends(now: datetime, *, days: int | None, minutes: int | None) -> datetime:
    """When a link that is made now is open no more: after days, or for the studio itself after minutes."""
    return now + (timedelta(minutes=minutes) if minutes is not None else timedelta(days=days or 1))


def is_open(now: datetime, expires_at: datetime, revoked_at: datetime | None) -> bool:
    """Whether a preview link still shows anything."""
    return revoked_at is None and now < expires_at
