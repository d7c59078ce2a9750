"""Care away from home in a thread: asked for in one sentence, told in the next."""

from __future__ import annotations

from backend.conversations import answering
from backend.conversations.models import Message
from backend.conversations.talk import Talk
from backend.helpline import service as helpline
from backend.helpline.answers.travel import JOURNEY
from backend.helpline.catalogue import Reply
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.matching import is_question
from backend.helpline.understanding.travel import travel_wanted

_FEWEST_WORDS = 2


def heard(talk: Talk, message: Message) -> list[Reply] | None:
    """What follows from the words of a journey; None when they are about something else, or answer a form."""
    text = message.text.strip()
    if not text or message.payload or talk.state.get("form"):
        return None
    awaited = talk.state.get("awaits") == JOURNEY
    if awaited:
        talk.remember(awaits=None)
    if travel_wanted(text, lexicons().values()) is not None:
        return list(answering.answer(talk, "action_travel", {}).replies)
    case = helpline.travel_of(talk.scope, talk.thread.id) if awaited else None
    if case is None or len(text.split()) < _FEWEST_WORDS or is_question(text, lexicons()):
        return None
    helpline.tell_journey(talk.scope, case, text)
    return [Reply.of("travel_noted", case=case.number)]
