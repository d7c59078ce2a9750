"""The inbox as the API shows it: words made at reading time, in the reader's language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.errors import NotFound
from backend.kit.pages import Cursor, page_of
from backend.notifications import queries, wording
from backend.notifications.addressing import Voice, voice_of
from backend.notifications.events import EVENTS
from backend.notifications.models import DeviceRegistration, Notification, NotificationPreference
from backend.notifications.rules import DEFAULT_QUIET, Channel


def page(scope: Scope, member_id: UUID, cursor: str | None, limit: int) -> dict[str, Any]:
    """One page of a member's messages, the newest first; raises BadCursor."""
    scope.check_member(member_id)
    rows = queries.inbox(scope, member_id, Cursor.after(cursor), limit + 1)
    shown, following = page_of(rows, limit)
    voice = voice_of(scope)
    unread = queries.unread_by_member(scope, {member_id, *scope.actor.member_ids})
    return {
        "items": [_item(row, scope.language, voice) for row in shown],
        "unread": unread.get(member_id, 0),
        "unread_by_member": unread,
        "next_cursor": following,
    }


def one(scope: Scope, notification_id: UUID) -> dict[str, Any]:
    """Which of those the actor acts for was told, and where it leads; raises NotFound for anybody else's."""
    row = queries.notification(scope, notification_id)
    if row.member_id is None or row.member_id not in scope.actor.member_ids:
        raise NotFound()
    return {"id": row.id, "member_id": row.member_id, "link": EVENTS[row.event].link}


def _item(row: Notification, language: str, voice: Voice) -> dict[str, Any]:
    facts = {**row.facts, "brand": voice.name, "name": ""}
    doorbell = wording.words(row.event, Channel.PUSH, language, facts, voice.reword)
    written = wording.words(row.event, Channel.WHATSAPP, language, facts, voice.reword)
    return {
        "id": row.id,
        "event": row.event,
        "title": doorbell.title,
        "text": written.text.removeprefix(f"*{voice.name}*: "),
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
