"""Writes what is said into the thread, in the words of its language and channel."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.conversations import queries
from backend.conversations.models import Message
from backend.conversations.speech import say
from backend.conversations.talk import Talk, as_json
from backend.helpline.catalogue import Reply
from backend.kit import clock, ids
from backend.observability import ANSWER_SECONDS

_WAITING = {"whatsapp": "waiting"}


def store_replies(talk: Talk, message: Message, replies: list[Reply]) -> list[Message]:
    """Keep the answer to ``message`` and mark it answered; no reply at all is an answer too. Returns what was kept."""
    kept = compose(talk, message, replies)
    talk.scope.session.add_all(kept)
    asked_at = queries.asked_at(talk.scope, message)
    talk.scope.session.flush()
    observe(message.channel, asked_at)
    return kept


def compose(talk: Talk, message: Message, replies: list[Reply]) -> list[Message]:
    """Mark ``message`` answered and make the rows of the answer, kept nowhere yet; the thread remembers it."""
    message.conversation_id = talk.thread.id
    message.answered_at = talk.now
    message.language = talk.language
    if replies:
        spoken = [reply for reply in replies if reply.id != "language_changed"]
        heard_by = str(talk.member_id) if talk.member_id else None
        talk.remember(last=as_json(spoken), last_to=heard_by, last_in=talk.place)
    return [_of_bot(talk, reply, message.id, at) for at, reply in enumerate(replies)]


def observe(channel: str, asked_at: datetime) -> None:
    """Count how long somebody has waited for an answer that is kept now."""
    ANSWER_SECONDS.labels(channel).observe(max(0.0, (clock.now() - asked_at).total_seconds()))


def store_reply(talk: Talk, reply: Reply) -> Message:
    """One message of the bot that answers none."""
    row = _of_bot(talk, reply, None, 0)
    talk.scope.session.add(row)
    talk.scope.session.flush()
    return row


def _of_bot(talk: Talk, reply: Reply, answers_id: UUID | None, position: int) -> Message:
    said = say(talk.brand, reply, talk.language, voice=talk.channel == "voice")
    return _made(
        talk,
        author="bot",
        position=position,
        text=said.text,
        reply=reply.id,
        args=dict(reply.args),
        buttons=[{"label": button.label, "payload": button.payload} for button in said.buttons],
        media=_media(reply),
        answers_id=answers_id,
    )


def store_agent_words(talk: Talk, text: str, *, staff_id: UUID | None, answers_id: UUID) -> Message:
    """One message of a person of the helpline; ``answers_id`` names the step of the case."""
    row = _made(talk, author="agent", position=0, text=text, staff_id=staff_id, answers_id=answers_id)
    talk.scope.session.add(row)
    talk.scope.session.flush()
    return row


def _made(talk: Talk, *, author: str, position: int, **fields: Any) -> Message:
    return Message(
        id=ids.new_id(),
        client_id=talk.scope.client_id,
        conversation_id=talk.thread.id,
        created_at=talk.now + timedelta(microseconds=position + 1),
        direction="out",
        author=author,
        channel=talk.channel,
        language=talk.language,
        send_state=_WAITING.get(talk.channel),
        **fields,
    )


def _media(reply: Reply) -> list[dict[str, str]]:
    member_id = reply.args.get("card_member_id")
    return [{"card_member_id": str(member_id)}] if member_id else []
