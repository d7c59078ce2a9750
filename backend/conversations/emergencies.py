"""Words of danger in a thread, and the place that is told right after them."""

from __future__ import annotations

from backend.conversations import answering
from backend.conversations.models import Message
from backend.conversations.talk import Talk
from backend.helpline import service as helpline
from backend.helpline.answers.emergencies import DESPAIR, PLACE
from backend.helpline.asker import case_for
from backend.helpline.catalogue import Reply
from backend.helpline.models import Priority
from backend.helpline.understanding.keywords import guess_intent
from backend.helpline.understanding.loading import lexicons

_SMALL_TALK = frozenset(["thank", "affirm", "deny", "goodbye", "greet", "bot_challenge", "repeat"])
_SHORT = 3
"""Words up to which "ok, thank you" is no place."""


def alarm(talk: Talk) -> list[Reply]:
    """Instructions first. A form stays where it is: it asks again when the person is back."""
    talk.remember(interrupted=True if talk.state.get("form") else None)
    return list(answering.answer(talk, "action_emergency", {}).replies)


def place_told(talk: Talk, message: Message) -> list[Reply] | None:
    """A pin, or the first words after the question where the person is; None when it is something else.

    What is told reaches the doctor's case and the ambulance that is being arranged, in any case.
    """
    asked = talk.state.get("awaits") == PLACE
    if not (asked or message.location):
        return None
    case = helpline.emergency_of(talk.scope, talk.thread.id)
    if case is None or not (message.location or message.text.strip()):
        return None
    if message.location:
        talk.remember(location=message.location)
        if helpline.transport_of(talk.scope, talk.thread.id) is None:
            case_for(talk.scope, talk.asker(), "ambulance", Priority.URGENT, "A place was shared in an emergency.")
    helpline.tell_place(talk.scope, talk.thread.id, message.text.strip(), message.location)
    talk.remember(awaits=None)
    if not message.location and not _may_be_a_place(message.text, talk.language):
        return None
    noted = Reply.of("emergency_place_noted", case=case.number, number=talk.brand.emergency_number)
    if not message.location:
        return [noted]
    near = answering.answer(
        talk, "action_nearest_provider", {"location": message.location, "provider_kind": "hospital"}
    )
    return [noted, *(reply for reply in near.replies if reply.id == "provider_list")]


def stays(talk: Talk, message: Message) -> list[Reply] | None:
    """Who spoke of wanting to die and waits for the doctor is answered, and the doctor reads what was written.

    A plain question of another kind is the bot's all the same.
    """
    if not talk.state.get(DESPAIR) or message.payload or not message.text.strip() or _asks(message.text, talk.language):
        return None
    case = helpline.emergency_of(talk.scope, talk.thread.id)
    if case is None:
        talk.remember(**{DESPAIR: None})
        return None
    helpline.join(talk.scope, case.id, message.text)
    return [Reply.of("despair_stay", number=talk.brand.emergency_number)]


def _may_be_a_place(text: str, language: str) -> bool:
    return "?" not in text and (len(text.split()) > _SHORT or _intent(text, language) not in _SMALL_TALK)


def _asks(text: str, language: str) -> bool:
    return _intent(text, language) not in {*_SMALL_TALK, None}


def _intent(text: str, language: str) -> str | None:
    known = lexicons()
    return guess_intent(text, known[language]) if language in known else None
