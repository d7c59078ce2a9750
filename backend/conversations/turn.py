"""One message, one answer: what the backend decides by itself, what it asks the bot, how it goes on without it.

Three steps, so that no transaction is open while the bot thinks (its actions write to the same thread):
``prepare`` decides or makes a question for the bot, the engine answers, ``finish`` stores what is said. Who has just
stored the message prepares it in the same transaction.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from backend.access import Scope, working_for
from backend.conversations import answering, first_look, opting, queries, rules
from backend.conversations.models import Message
from backend.conversations.record import store_replies
from backend.conversations.talk import Talk, as_json, open_talk
from backend.helpline import degraded
from backend.helpline.asker import case_for
from backend.helpline.catalogue import Reply
from backend.integrations import registry
from backend.integrations.bot import BotAnswer, BotReply, BotTurn, BotUnavailable
from backend.observability import BOT_FAILURES, BOT_SECONDS, log
from backend.turnstile import stepped_aside

_STORY = "complaint_description"
_FORM_QUESTION = "utter_ask_"
_REIMBURSEMENT = "reimbursement_form"
_MISUNDERSTOOD = "nlu_fallback"
_PATIENCE = 2
"""Times the bot may fail to understand in a row before a person is offered a case."""


@dataclass(frozen=True, slots=True)
class Question:
    """A message for the bot."""

    turn: BotTurn
    preface: tuple[Reply, ...]
    may_be_several: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the backend decided: a question for the bot, or none when the message has its answer: both, ``said``."""

    question: Question | None
    said: tuple[Message, ...] = ()


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
    return _finish(client_id, message_id, session_key, question, said)


def _asked(question: Question) -> BotAnswer:
    """The bot's answer; a message with two questions gets both answers, and a form asks once, at the end."""
    bot = registry.current().bot
    parts = rules.questions(question.turn.message) if question.may_be_several else [question.turn.message]
    said = bot.take_turn(replace(question.turn, message=parts[0]))
    for part in parts[1:]:
        more = bot.take_turn(replace(question.turn, message=part))
        if more.intent == _MISUNDERSTOOD:
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
    # A story may hold questions: it stays whole.
    return Prepared(Question(_bot_turn(talk, first.for_bot), first.replies, talk.state.get("asked") != _STORY))


def _bot_turn(talk: Talk, words: str) -> BotTurn:
    thread = f"{talk.scope.client_id}:{talk.thread.id}"
    slots = {
        "language": talk.language,
        "client": talk.client.slug,
        "member_verified": talk.member_id is not None,
        "conversation": f"{thread}:{talk.channel}:{talk.session_key}",
    }
    return BotTurn(sender=thread, channel=talk.channel, message=words, slots=slots)


def _finish(
    client_id: UUID, message_id: UUID, session_key: str, question: Question, said: BotAnswer | None
) -> list[Message]:
    with working_for(client_id, channel="helpline") as scope:
        message = queries.message(scope, message_id, lock=True)
        if message.answered_at is not None:
            return queries.with_answers(scope, message_id)
        talk = open_talk(scope, message.conversation_id, message.channel, session_key)
        replies = _without_bot(talk, message, question.turn.message) if said is None else _with_bot(talk, message, said)
        return [message, *store_replies(talk, message, [*question.preface, *replies])]


def _with_bot(talk: Talk, message: Message, said: BotAnswer) -> list[Reply]:
    message.intent = said.intent
    replies = [Reply(reply.id, reply.args) for reply, _ in groupby(said.replies)]
    if talk.state.get("form") == _REIMBURSEMENT and said.form is None:
        # Photos of a claim that was given up do not turn up in the next one.
        talk.remember(photos=None, claim_id=None)
    talk.remember(form=said.form, asked=said.asked, degraded=None)
    if said.form == _REIMBURSEMENT and talk.member_id is None:
        replies = answering.ask_for_proof(talk, {"replies": as_json(replies)})
    answered = _patient(talk, said.intent, replies) or [Reply.of("fallback")]
    return answered if said.intent == _MISUNDERSTOOD else [*answered, *opting.ask_once(talk, answered)]


def _patient(talk: Talk, intent: str | None, replies: list[Reply]) -> list[Reply]:
    """Two misunderstandings in a row reach a person, whatever the bot still offers."""
    if intent != _MISUNDERSTOOD:
        talk.remember(misunderstood=None)
        return replies
    times = int(talk.state.get("misunderstood", 0)) + 1
    talk.remember(misunderstood=times if times < _PATIENCE else None)
    if times < _PATIENCE:
        return replies
    case = case_for(talk.scope, talk.asker(), "not_understood", "normal", "The bot did not understand twice.")
    return [Reply.of("handover", case=case.number)]


def _without_bot(talk: Talk, message: Message, words: str) -> list[Reply]:
    command = words if words.startswith("/") else None
    made = degraded.answer(talk.asker(), rules.harmless(message.text), command)
    talk.remember(**made.state)
    if made.action is None:
        return list(made.replies)
    return [*made.replies, *answering.answer(talk, made.action, made.slots).replies]
