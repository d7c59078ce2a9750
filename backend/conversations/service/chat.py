"""The chat of the app: the same thread and the same bot, answered within the request."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.access import Scope, working_for
from backend.conversations import at_once, queries, turn
from backend.conversations.models import Message
from backend.conversations.service.keeping import Told, keep
from backend.documents import queries as documents
from backend.errors import Forbidden, NotFound
from backend.kit.pages import Cursor
from backend.turnstile import stepped_aside

_WAIT_SECONDS, _LOOK_SECONDS = 5.0, 0.1
"""How long a retry waits for the answer that its first request is making, and how often it looks."""


def say(
    scope: Scope, text: str, *, document_ids: Sequence[UUID] = (), payload: str | None = None, key: str | None = None
) -> dict[str, Any]:
    """Store what the member writes and answer it; ``key`` makes a retry give the same message and answer.

    Raises NotFound for a document that is not the member's, Conflict when the key came with other words,
    Unauthorized when the sign-in has ended.
    """
    for document_id in document_ids:
        if documents.document(scope, document_id) is None:
            raise NotFound()
    told = Told(text, payload, [str(document_id) for document_id in document_ids])
    kept = keep(scope, _member(scope), told, key)
    if not kept.is_new:
        _wait_for_answer(scope, kept.message.id)
    question = at_once.glance(kept.message, kept.thread) if kept.is_new and not kept.is_taken else None
    prepared = turn.Prepared(question, glanced=(kept.message, kept.thread)) if question else None
    said = turn.answer(scope.client_id, kept.message.id, prepared=prepared)
    return {"messages": [_shown(row) for row in said]}


def page(scope: Scope, after: str | None, limit: int) -> dict[str, Any]:
    """The member's thread on every channel: after a cursor, or its end."""
    thread = queries.conversation_of_member(scope, _member(scope))
    if thread is None:
        return {"items": [], "next_cursor": after}
    cursor = Cursor.after(after)
    if cursor is None:
        rows = queries.latest_messages(scope, thread.id, limit)
    else:
        rows = queries.messages(scope, thread.id, cursor, limit)
    following = Cursor(rows[-1].created_at, rows[-1].id).encode() if rows else after
    return {"items": [_shown(row) for row in rows], "next_cursor": following}


def _wait_for_answer(scope: Scope, message_id: UUID) -> None:
    """While the first request is at it: were the bot asked a second time, a form would take the words twice."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < deadline:
        with working_for(scope.client_id, scope.actor) as own:
            if queries.message(own, message_id).answered_at is not None:
                return
        with stepped_aside():
            time.sleep(_LOOK_SECONDS)


def _member(scope: Scope) -> UUID:
    if scope.actor.own_member_id is None:
        raise Forbidden()
    return scope.actor.own_member_id


def _shown(row: Message) -> dict[str, Any]:
    return {
        "id": row.id,
        "direction": row.direction,
        "author": row.author,
        "channel": row.channel,
        "language": row.language,
        "text": row.text,
        "reply": row.reply,
        "buttons": row.buttons,
        "media": [item for item in row.media if "url" not in item],
        "at": row.created_at,
    }
