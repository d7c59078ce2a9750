"""What a person of the helpline writes goes into the thread, on the channel the member used last."""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.conversations import queries
from backend.conversations.record import store_agent_words
from backend.conversations.talk import open_talk
from backend.helpline import queries as cases

_WRITTEN = frozenset({"whatsapp", "app"})


def into_thread(client_id: UUID, event_id: UUID) -> UUID:
    """The message of a reply, made the first time it is asked for; a call is answered in the app's thread."""
    with working_for(client_id, channel="helpline") as scope:
        known = queries.answers_to(scope, event_id)
        if known:
            return known[0].id
        event = cases.event(scope, event_id)
        case = cases.case(scope, event.case_id)
        thread = queries.conversation(scope, case.conversation_id)
        talk = open_talk(scope, thread.id, thread.channel if thread.channel in _WRITTEN else "app")
        return store_agent_words(talk, event.text or "", staff_id=event.actor_id, answers_id=event.id).id
