"""The question after a closed case: asked where the member can answer it, and its answer heard only then."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from backend.access import Scope, working_for
from backend.conversations import answering, queries, rules
from backend.conversations.models import Conversation, Message
from backend.conversations.record import store_reply
from backend.conversations.talk import Talk, as_json, open_talk
from backend.helpline import queries as cases
from backend.helpline import service as helpline
from backend.helpline.answers.satisfaction import RATING
from backend.helpline.catalogue import Reply
from backend.helpline.models import Satisfaction
from backend.helpline.rules.satisfaction import ANSWER_COUNTS_FOR, way_to_ask
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.scores import score_in
from backend.kit import clock
from backend.notifications import queries as addresses
from backend.notifications import service as notifications
from backend.notifications.rules import Channel

_EVENT = "satisfaction_question"


def ask(client_id: UUID, case_id: UUID) -> UUID | None:
    """The message that asks, made the first time; None when the question is not asked or needs no sending."""
    with working_for(client_id, channel="helpline") as scope:
        case = cases.case(scope, case_id)
        thread = queries.conversation(scope, case.conversation_id)
        window = rules.session_open(thread.last_inbound_at, clock.now())
        way = way_to_ask(thread.channel, window, thread.member_id is not None)
        if way is None:
            return None
        known = cases.satisfaction_of(scope, case.id)
        if known is not None:
            return next((row.id for row in queries.answers_to(scope, known.id)), None)
        channel = thread.channel if way == "thread" else "app"
        question = helpline.question_for(scope, case.id, channel, opted_out=_opted_out(scope, thread))
        if question is None:
            return None
        if way == "template" and thread.member_id is not None:
            notifications.notify(scope, _EVENT, thread.member_id, {})
        return _put(scope, thread, question).id


def _put(scope: Scope, thread: Conversation, question: Satisfaction) -> Message:
    talk = open_talk(scope, thread.id, question.channel)
    asked = Reply.of(_EVENT)
    row = store_reply(talk, asked)
    row.answers_id = question.id
    until = clock.now() + ANSWER_COUNTS_FOR
    rating = {"case": str(question.case_id), "until": until.isoformat()}
    talk.remember(**{RATING: rating}, last=as_json([asked]), last_to=None, last_in=talk.place)
    return row


def score_given(talk: Talk, message: Message) -> list[Reply] | None:
    """The reply to an answer of the question; None when nobody asked, or the message says something else.

    While a form goes on, its questions come first.
    """
    asked = talk.state.get(RATING)
    if not asked or not message.text or talk.state.get("form") or talk.state.get("degraded"):
        return None
    if talk.now > datetime.fromisoformat(asked["until"]):
        return None
    score = score_in(message.text, lexicons())
    return None if score is None else list(answering.answer(talk, "action_satisfaction", {"score": score}).replies)


def _opted_out(scope: Scope, thread: Conversation) -> bool:
    if thread.channel != "whatsapp":
        return False
    phones = [row.value for row in queries.identifiers(scope, thread.id, "whatsapp") if row.kind == "phone"]
    return any(channel == Channel.WHATSAPP for channel, _ in addresses.opted_out(scope, phones))
