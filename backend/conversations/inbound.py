"""A webhook becomes a stored event, and a WhatsApp event becomes a message of a thread; each exactly once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.branding import loader as branding
from backend.branding.loader import brand_for
from backend.clients import registry
from backend.clients.registry import ClientFacts
from backend.conversations import queries, threads
from backend.conversations.models import InboundEvent, Message
from backend.errors import NotFound
from backend.kit import clock, ids
from backend.members import queries as members

_PREFIX = "whatsapp:"
_MAX_MEDIA = 10


def client_of_number(kind: branding.NumberKind, written: str) -> ClientFacts | None:
    """Whose hotline was written to or called; None when the number is nobody's (any more)."""
    slug = branding.slug_of_number(kind, written.removeprefix(_PREFIX))
    try:
        return registry.client_by_slug(slug) if slug else None
    except NotFound:
        return None


def event_of(scope: Scope, kind: str, vendor_key: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The row that keeps a webhook."""
    return {
        "client_id": scope.client_id,
        "id": ids.new_id(),
        "created_at": clock.now(),
        "kind": kind,
        "vendor_key": vendor_key,
        "payload": dict(payload),
    }


def note(scope: Scope, kind: str, vendor_key: str, payload: Mapping[str, Any]) -> UUID | None:
    """Keep a webhook; None when the same one came before."""
    values = event_of(scope, kind, vendor_key, payload)
    kept = scope.session.execute(
        insert(InboundEvent).values(values).on_conflict_do_nothing().returning(InboundEvent.id)
    ).first()
    return values["id"] if kept else None


def sender_lock(client_id: UUID, payload: Mapping[str, str]) -> str:
    """Messages of one sender are answered one after the other; the name of the lock says nothing about them."""
    digest = hashlib.blake2b(f"{client_id}:{payload.get('From', '')}".encode(), digest_size=12).hexdigest()
    return f"sender:{digest}"


def message_of(scope: Scope, event_id: UUID) -> Message:
    """The message of a stored WhatsApp event, put into its thread the first time; raises NotFound."""
    event = scope.session.get(InboundEvent, (scope.client_id, event_id))
    if event is None:
        raise NotFound()
    known = queries.message_by_vendor_id(scope, event.vendor_key)
    if known is not None:
        return known
    payload: dict[str, str] = event.payload
    address = address_of(payload)
    thread, _ = threads.of_address(scope, "whatsapp", address, first_language(scope, address))
    thread.channel = "whatsapp"
    thread.last_inbound_at = event.created_at
    row = Message(
        client_id=scope.client_id,
        conversation_id=thread.id,
        direction="in",
        author="member",
        channel="whatsapp",
        language=thread.language,
        text=(payload.get("Body") or payload.get("ButtonText") or "")[:4000],
        payload=payload.get("ButtonPayload") or payload.get("ListId"),
        media=_media(payload),
        location=_location(payload),
        vendor_id=event.vendor_key,
    )
    scope.session.add(row)
    scope.session.flush()
    return row


def address_of(payload: Mapping[str, str]) -> dict[str, str]:
    """Everything that names the sender, by kind; ``From`` may be a number or a business-scoped user id."""
    found: dict[str, str] = {}
    for field in ("From", "ExternalUserId"):
        value = payload.get(field, "").removeprefix(_PREFIX)
        if value:
            found.setdefault("phone" if value.startswith("+") else "bsuid", value)
    if payload.get("WaId") and "phone" not in found:
        found["wa_id"] = payload["WaId"]
    return found


def first_language(scope: Scope, address: Mapping[str, str]) -> str:
    """The language to begin in: the member's whose number it is, else the client's own."""
    client = registry.client_by_id(scope.client_id)
    known = members.by_phone(scope, address["phone"]) if "phone" in address else []
    return brand_for(client).speaks(known[0].language) if known else client.default_language


def _media(payload: Mapping[str, str]) -> list[dict[str, str]]:
    count = int(payload["NumMedia"]) if payload.get("NumMedia", "").isdigit() else 0
    return [{"url": payload[f"MediaUrl{n}"]} for n in range(min(count, _MAX_MEDIA)) if payload.get(f"MediaUrl{n}")]


def _location(payload: Mapping[str, str]) -> dict[str, float] | None:
    try:
        place = {"latitude": float(payload["Latitude"]), "longitude": float(payload["Longitude"])}
    except (KeyError, ValueError):
        return None
    return place if abs(place["latitude"]) <= 90 and abs(place["longitude"]) <= 180 else None
