"""What a person of the helpline writes goes into the thread, on the channel the member used last."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from backend.access import Scope, working_for
from backend.conversations import queries
from backend.conversations.models import Conversation, Message
from backend.conversations.record import store_agent_words
from backend.conversations.talk import open_talk
from backend.helpline import queries as cases
from backend.kit import clock
from backend.notifications import service as notifications

_WRITTEN = frozenset({"whatsapp", "app"})
_LOOKING = timedelta(minutes=5)
"""Who wrote in the app this short a while ago has it open; who was told of an answer since need not be told again."""
_LATEST = 6


def into_thread(client_id: UUID, event_id: UUID) -> UUID:
    """The message of a reply, made the first time it is asked for; a call is answered in the app's thread.

    In the app nothing rings by itself: who has not written there just now is told that an answer waits.
    """
    with working_for(client_id, channel="helpline") as scope:
        known = queries.answers_to(scope, event_id)
        if known:
            return known[0].id
        event = cases.event(scope, event_id)
        case = cases.case(scope, event.case_id)
        thread = queries.conversation(scope, case.conversation_id)
        before = queries.latest_messages(scope, thread.id, _LATEST)
        talk = open_talk(scope, thread.id, thread.channel if thread.channel in _WRITTEN else "app")
        row = store_agent_words(talk, event.text or "", staff_id=event.actor_id, answers_id=event.id)
        if talk.channel == "app":
            _announce(scope, thread, before)
        return row.id


def _announce(scope: Scope, thread: Conversation, before: list[Message]) -> None:
    since = clock.now() - _LOOKING
    knows = any(row.created_at > since and (row.author == "agent" or _in_the_app(row)) for row in before)
    if thread.member_id is not None and not knows:
        notifications.notify(scope, "case_reply", thread.member_id, {})


def _in_the_app(row: Message) -> bool:
    return row.direction == "in" and row.channel == "app"
