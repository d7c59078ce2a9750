"""The thread of a case as the desk shows it: any page of it is one statement."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, func, select, tuple_

from backend.access import Scope
from backend.accounts.models import Staff
from backend.conversations.models import Conversation, Message
from backend.kit.pages import Cursor
from backend.members.models import Member


def page(scope: Scope, conversation_id: UUID, before: Cursor | None, limit: int) -> dict[str, Any]:
    """The messages before a cursor, or the end of the thread; oldest first, ``next_cursor`` leads further back."""
    statement = _messages(scope, conversation_id)
    if before is not None:
        statement = statement.where(tuple_(Message.created_at, Message.id) < (before.moment, before.id))
    newest = statement.order_by(Message.created_at.desc(), Message.id.desc()).limit(limit + 1)
    rows = scope.session.execute(newest).all()
    following = None
    if len(rows) > limit:
        oldest: Message = rows[limit - 1][0]
        following = Cursor(oldest.created_at, oldest.id).encode()
    return {"items": [_shown(row) for row in reversed(rows[:limit])], "next_cursor": following}


def _messages(scope: Scope, conversation_id: UUID) -> Any:
    of_thread = and_(Conversation.client_id == Message.client_id, Conversation.id == Message.conversation_id)
    person = and_(Member.client_id == Conversation.client_id, Member.id == Conversation.member_id)
    return (
        select(Message, Staff.name.label("agent"), Member.full_name.label("person"))
        .join(Conversation, of_thread)
        .outerjoin(Staff, Staff.id == Message.staff_id)
        .outerjoin(Member, person)
        .where(Message.client_id == scope.client_id, Message.conversation_id == conversation_id)
    )


def last_word(scope: Scope, conversation_id: UUID, since: datetime) -> datetime | None:
    """When the person wrote or spoke last, if that was after ``since``."""
    query = select(func.max(Message.created_at)).where(
        Message.client_id == scope.client_id,
        Message.conversation_id == conversation_id,
        Message.direction == "in",
        Message.created_at > since,
    )
    return scope.session.scalar(query)


def _shown(row: Row[Any]) -> dict[str, Any]:
    message: Message = row[0]
    return {
        "id": message.id,
        "at": message.created_at,
        "direction": message.direction,
        "author": message.author,
        "author_name": {"member": row.person, "agent": row.agent}.get(message.author),
        "channel": message.channel,
        "language": message.language,
        "text": message.text,
        "media": [item for item in message.media if "url" not in item],
        "location": message.location,
        "send_state": message.send_state,
    }
