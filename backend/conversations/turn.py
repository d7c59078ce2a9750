"""One message, one answer: what the backend decides by itself, what it asks the bot, how it goes on without it.

Three steps, so that no transaction is open while the bot thinks (its actions write to the same thread):
``prepare`` decides or makes a question for the bot, the engine answers, ``_finish`` stores what is said. Who has just
stored the message prepares it in the same transaction. Where a glance is enough, no transaction is opened (at_once.py).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from uuid import UUID

from backend.access import Scope, working_for
from backend.conversations import at_once, first_look, queries, rules
from backend.conversations.deciding import MISUNDERSTOOD, Question, question_of, replies_of
from backend.conversations.models import Conversation, Message
from backend.conversations.record import store_replies
from backend.conversations.talk import open_talk
from backend.integrations import registry
from backend.integrations.bot import BotAnswer, BotReply, BotUnavailable
from backend.observability import BOT_FAILURES, BOT_SECONDS, log
from backend.turnstile import stepped_aside

_FORM_QUESTION = "utter_ask_"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the backend decided: a question for the bot, or none when the message has its answer: both, ``said``.

    ``glanced`` are the message and its thread, in no session, when a glance was enough to decide: one may do for the
    answer too.
    """

    question: Question | None
    said: tuple[Message, ...] = ()
    glanced: tuple[Message, Conversation] | None = None


def prepare(scope: Scope, message: Message, session_key: str = "") -> Prepared:
    """Decide in the transaction that stored ``message``; its commit keeps both or neither."""
    return _decided(scope.for_helpline(), message, session_key)


def answer(
    client_id: UUID, message_id: UUID, *, session_key: str = "", prepared: Prepared | None = None
) -> list[Message]:
    """Answer a stored message once; a message that has its answer is left alone. Returns it and what is answered.

    ``prepared`` is what ``prepare`` gave when the message was stored, None for a message found later.
    """
    prepared = prepared or _prepare(client_id, message_id, session_key)
    question = prepared.question
    if question is None:
        return list(prepared.said)
    try:
        started = time.perf_counter()
        with stepped_aside():
            said = _asked(question)
        BOT_SECONDS.observe(time.perf_counter() - started)
    except BotUnavailable as trouble:
        BOT_FAILURES.labels(trouble.cause).inc()
        log.warning("bot_unavailable", cause=trouble.cause, message_id=str(message_id))
        said = None
    kept = at_once.answer(client_id, *prepared.glanced, question, said) if prepared.glanced else None
    return kept or _finish(client_id, message_id, session_key, question, said)


def _asked(question: Question) -> BotAnswer:
    """The bot's answer; a message with two questions gets both answers, and a form asks once, at the end."""
    bot = registry.current().bot
    parts = rules.questions(question.turn.message) if question.may_be_several else [question.turn.message]
    said = bot.take_turn(replace(question.turn, message=parts[0]))
    for part in parts[1:]:
        more = bot.take_turn(replace(question.turn, message=part))
        if more.intent == MISUNDERSTOOD:
            continue
        kept = said.replies if not more.replies else _without_questions(said)
        said = replace(more, replies=(*kept, *more.replies))
    return said


def _without_questions(said: BotAnswer) -> tuple[BotReply, ...]:
    return tuple(reply for reply in said.replies if not reply.id.startswith(_FORM_QUESTION))


def _prepare(client_id: UUID, message_id: UUID, session_key: str) -> Prepared:
    with working_for(client_id, channel="helpline") as scope:
        message = queries.message(scope, message_id, lock=True)
        if message.answered_at is not None:
            return Prepared(None, tuple(queries.with_answers(scope, message_id)))
        return _decided(scope, message, session_key)


def _decided(scope: Scope, message: Message, session_key: str) -> Prepared:
    talk = open_talk(scope, message.conversation_id, message.channel, session_key)
    first = first_look.decide(talk, message)
    if first.for_bot is None:
        return Prepared(None, (message, *store_replies(talk, message, list(first.replies))))
    return Prepared(question_of(talk, first))


def _finish(
    client_id: UUID, message_id: UUID, session_key: str, question: Question, said: BotAnswer | None
) -> list[Message]:
    with working_for(client_id, channel="helpline") as scope:
        message, thread = queries.message_and_thread(scope, message_id)
        if message.answered_at is not None:
            return queries.with_answers(scope, message_id)
        talk = open_talk(scope, thread.id, message.channel, session_key)
        return [message, *store_replies(talk, message, replies_of(talk, message, question, said))]
