"""Writes what is said into the thread, in the words of its language and channel."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.conversations import queries
from backend.conversations.models import Message
from backend.conversations.speech import say
from backend.conversations.talk import Talk, as_json
from backend.helpline.catalogue import Reply
from backend.kit import clock
from backend.observability import ANSWER_SECONDS

_WAITING = {"whatsapp": "waiting"}


def store_replies(talk: Talk, message: Message, replies: list[Reply]) -> list[Message]:
    """Keep the answer to ``message`` and mark it answered; no reply at all is an answer too. Returns what was kept."""
    message.conversation_id = talk.thread.id
    message.answered_at = talk.now
    message.language = talk.language
    kept = [store_reply(talk, reply, answers=message, position=at) for at, reply in enumerate(replies)]
    if replies:
        spoken = [reply for reply in replies if reply.id != "language_changed"]
        heard_by = str(talk.member_id) if talk.member_id else None
        talk.remember(last=as_json(spoken), last_to=heard_by, last_in=talk.place)
    asked_at = queries.asked_at(talk.scope, message)
    ANSWER_SECONDS.labels(message.channel).observe(max(0.0, (clock.now() - asked_at).total_seconds()))
    talk.scope.session.flush()
    return kept


def store_reply(talk: Talk, reply: Reply, answers: Message | None = None, position: int = 0) -> Message:
    """One message of the bot."""
    said = say(talk.brand, reply, talk.language, voice=talk.channel == "voice")
    return _add(
        talk,
        author="bot",
        position=position,
        text=said.text,
        reply=reply.id,
        args=dict(reply.args),
        buttons=[{"label": button.label, "payload": button.payload} for button in said.buttons],
        media=_media(reply),
        answers_id=answers.id if answers else None,
    )


def store_agent_words(talk: Talk, text: str, *, staff_id: UUID | None, answers_id: UUID) -> Message:
    """One message of a person of the helpline; ``answers_id`` names the step of the case."""
    return _add(talk, author="agent", position=0, text=text, staff_id=staff_id, answers_id=answers_id)


def _add(talk: Talk, *, author: str, position: int, **fields: Any) -> Message:
    row = Message(
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
    talk.scope.session.add(row)
    talk.scope.session.flush()
    return row


def _media(reply: Reply) -> list[dict[str, str]]:
    member_id = reply.args.get("card_member_id")
    return [{"card_member_id": str(member_id)}] if member_id else []
