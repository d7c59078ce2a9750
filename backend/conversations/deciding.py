"""What a turn comes to: the question for the bot, and what is said once the bot has answered or has not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from backend.conversations import answering, opting, rules
from backend.conversations.first_look import FirstLook
from backend.conversations.models import Message
from backend.conversations.talk import Talk, as_json
from backend.helpline import degraded
from backend.helpline.asker import case_for
from backend.helpline.catalogue import Reply
from backend.integrations.bot import BotAnswer, BotTurn

MISUNDERSTOOD = "nlu_fallback"
"""The bot's name for words that it makes nothing of."""

_STORY = "complaint_description"
_REIMBURSEMENT = "reimbursement_form"
_PATIENCE = 2
"""Times the bot may fail to understand in a row before a person is offered a case."""


@dataclass(frozen=True, slots=True)
class Question:
    """A message for the bot."""

    turn: BotTurn
    preface: tuple[Reply, ...]
    may_be_several: bool


def question_of(talk: Talk, first: FirstLook) -> Question:
    """The words that the first look left for the bot. A story may hold questions: it stays whole."""
    return Question(_bot_turn(talk, first.for_bot or ""), first.replies, talk.state.get("asked") != _STORY)


def replies_of(talk: Talk, message: Message, question: Question, said: BotAnswer | None) -> list[Reply]:
    """Everything to say to ``message``; ``said`` is None when the bot gave no answer."""
    replies = _without_bot(talk, message, question.turn.message) if said is None else _with_bot(talk, message, said)
    return [*question.preface, *replies]


def _bot_turn(talk: Talk, words: str) -> BotTurn:
    thread = f"{talk.scope.client_id}:{talk.thread.id}"
    slots = {
        "language": talk.language,
        "client": talk.client.slug,
        "member_verified": talk.member_id is not None,
        "conversation": f"{thread}:{talk.channel}:{talk.session_key}",
    }
    return BotTurn(sender=thread, channel=talk.channel, message=words, slots=slots)


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
    return answered if said.intent == MISUNDERSTOOD else [*answered, *opting.ask_once(talk, answered)]


def _patient(talk: Talk, intent: str | None, replies: list[Reply]) -> list[Reply]:
    """Two misunderstandings in a row reach a person, whatever the bot still offers."""
    if intent != MISUNDERSTOOD:
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
