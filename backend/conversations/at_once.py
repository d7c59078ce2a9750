"""The ordinary turn of the app without a unit of work: a glance before the bot, one statement after it.

Both steps work on rows in no session and give up where anything else would have to be looked up or kept: then the
turn is decided in a transaction, from the beginning.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import inspect

from backend.access import looking_for
from backend.api import dump_json
from backend.conversations import first_look
from backend.conversations.deciding import Question, question_of, replies_of
from backend.conversations.models import Conversation, Message
from backend.conversations.record import compose, observe
from backend.conversations.talk import Talk, talk_in
from backend.database import NoTransaction, current
from backend.integrations.bot import BotAnswer

_HEARD = """
SELECT conversation.id, conversation.member_id, conversation.language, conversation.language_chosen,
       conversation.channel, conversation.state
  FROM message JOIN conversation ON conversation.client_id = message.client_id
                                AND conversation.id = message.conversation_id
 WHERE message.client_id = %(client_id)s AND message.id = %(message_id)s AND message.answered_at IS NULL
   AND conversation.merged_into_id IS NULL
"""
_ANSWER = "SELECT is_kept FROM api_answer(%s, %s, %s, %s, %s)"


def glance(message: Message, thread: Conversation) -> Question | None:
    """The question for the bot when that is all there is to a message of the app in a thread that no person has."""
    talk = _talk(thread)
    talk.is_free = True
    before = _what_may_change(message, thread)
    try:
        first = first_look.decide(talk, message)
    except NoTransaction:
        return None
    if first.for_bot is None or first.replies or _what_may_change(message, thread) != before:
        return None
    return question_of(talk, first)


def answer(
    client_id: UUID, message: Message, thread: Conversation, question: Question, said: BotAnswer | None
) -> list[Message] | None:
    """Keep what is said to ``message`` and return both; None when a transaction is needed, and nothing is kept then.

    ``thread`` is as it was before the bot thought: only when that did something in the thread it is read again.
    """
    try:
        return _kept(message, thread, question, said) or _kept(message, _read_again(client_id, message), question, said)
    except NoTransaction:
        return None


def _read_again(client_id: UUID, message: Message) -> Conversation | None:
    rows = current().ask(client_id, None, [(_HEARD, {"client_id": client_id, "message_id": message.id})])
    return Conversation(client_id=client_id, **rows[0]._asdict()) if rows else None


def _kept(
    message: Message, thread: Conversation | None, question: Question, said: BotAnswer | None
) -> list[Message] | None:
    if thread is None:
        return None
    seen, spoken_in = thread.state, (thread.language, thread.language_chosen)
    talk = _talk(thread)
    replies = compose(talk, message, replies_of(talk, message, question, said))
    if (thread.language, thread.language_chosen) != spoken_in:
        raise NoTransaction
    answers = [_columns(row) for row in replies]
    values = (dump_json(value).decode() for value in (_columns(message), seen, thread.state, answers))
    (is_kept,) = current().write(_ANSWER, (thread.client_id, *values)) or (False,)
    if not is_kept:
        return None
    observe(message.channel, message.created_at)
    return [message, *replies]


def _talk(thread: Conversation) -> Talk:
    """A turn in the app, where the sign-in has proved who speaks."""
    talk = talk_in(looking_for(thread.client_id).for_helpline(), thread, "app")
    talk.member_id = thread.member_id
    return talk


def _what_may_change(message: Message, thread: Conversation) -> tuple[Any, ...]:
    return message.text, message.intent, thread.state, thread.language, thread.language_chosen


def _columns(row: Message) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(Message).column_attrs}
