"""The inbox as the API shows it: words made at reading time, in the reader's language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.kit.pages import Cursor, page_of
from backend.notifications import queries, wording
from backend.notifications.addressing import voice_of
from backend.notifications.events import EVENTS
from backend.notifications.models import DeviceRegistration, Notification, NotificationPreference
from backend.notifications.rules import DEFAULT_QUIET, Channel


def page(scope: Scope, member_id: UUID, cursor: str | None, limit: int) -> dict[str, Any]:
    """One page of a member's messages, the newest first; raises BadCursor."""
    scope.check_member(member_id)
    rows = queries.inbox(scope, member_id, Cursor.after(cursor), limit + 1)
    shown, following = page_of(rows, limit)
    brand = voice_of(scope).name
    return {
        "items": [_item(row, scope.language, brand) for row in shown],
        "unread": queries.unread_count(scope, member_id),
        "next_cursor": following,
    }


def _item(row: Notification, language: str, brand: str) -> dict[str, Any]:
    facts = {**row.facts, "brand": brand, "name": ""}
    return {
        "id": row.id,
        "event": row.event,
        "title": wording.words(row.event, Channel.PUSH, language, facts).title,
        "text": wording.words(row.event, Channel.WHATSAPP, language, facts).text.removeprefix(f"*{brand}*: "),
        "link": EVENTS[row.event].link,
        "created_at": row.created_at,
        "read_at": row.read_at,
    }


def preference(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """How the member is reached now, the defaults while they have not said."""
    scope.check_member(member_id)
    row = queries.preference(scope, member_id)
    if row is None:
        return {
            "channels": [],
            "muted": [],
            "unwanted": {},
            "quiet_from": DEFAULT_QUIET.start,
            "quiet_until": DEFAULT_QUIET.end,
        }
    return shown_preference(row)


def shown_preference(row: NotificationPreference) -> dict[str, Any]:
    """A stored preference as the API shows it."""
    return {
        "channels": row.channels,
        "muted": row.muted,
        "unwanted": row.unwanted,
        "quiet_from": row.quiet_from,
        "quiet_until": row.quiet_until,
    }


def device(row: DeviceRegistration) -> dict[str, Any]:
    """A registered device as the API shows it; its secret name stays inside."""
    return {"id": row.id, "platform": row.platform, "seen_at": row.seen_at}
