"""The chat of the app: the same thread and the same bot, answered within the request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from backend.access import Scope, working_for
from backend.conversations import queries, tasks, threads, turn
from backend.conversations.models import Message
from backend.documents import queries as documents
from backend.errors import Forbidden, NotFound
from backend.jobs import enqueue
from backend.kit import clock, ids
from backend.kit.pages import Cursor

_LATE_SECONDS = 20
"""When a request died between storing and answering, a job answers after this."""


def say(
    scope: Scope, text: str, *, document_ids: Sequence[UUID] = (), payload: str | None = None, key: str | None = None
) -> dict[str, Any]:
    """Store what the member writes and answer it; ``key`` makes a retry give the same message and answer.

    Raises NotFound for a document that is not the member's.
    """
    for document_id in document_ids:
        if documents.document(scope, document_id) is None:
            raise NotFound()
    message_id, prepared = _store(scope, text, document_ids, payload, key)
    said = turn.answer(scope.client_id, message_id, prepared=prepared)
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


def _store(
    scope: Scope, text: str, document_ids: Sequence[UUID], payload: str | None, key: str | None
) -> tuple[UUID, turn.Prepared | None]:
    """In a transaction of its own: the bot's actions must find the message while it is being answered."""
    member_id = _member(scope)
    vendor_id = f"app:{member_id}:{key or ids.new_id()}"
    with working_for(scope.client_id, scope.actor, language=scope.language, channel="app") as own:
        known = queries.message_by_vendor_id(own, vendor_id) if key else None
        if known is not None:
            return known.id, None
        thread = threads.of_member(own, member_id, own.language)
        thread.channel = "app"
        row = Message(
            client_id=own.client_id,
            conversation_id=thread.id,
            created_at=clock.now(),
            direction="in",
            author="member",
            channel="app",
            language=thread.language,
            text=text,
            payload=payload,
            media=[{"document_id": str(document_id)} for document_id in document_ids],
            vendor_id=vendor_id,
        )
        own.session.add(row)
        own.session.flush()
        names = (str(own.client_id), str(row.id))
        enqueue(own, tasks.answer_late, in_seconds=_LATE_SECONDS, client_id=names[0], message_id=names[1])
        return row.id, turn.prepare(own, row)


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
