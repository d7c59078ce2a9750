"""What a consultation says in the member's thread, on the channel they use."""

from __future__ import annotations

from typing import Any

from backend.access import Scope
from backend.conversations import queries as conversations
from backend.conversations.record import store_reply
from backend.conversations.talk import open_talk
from backend.helpline.catalogue import Reply
from backend.jobs import enqueue, jobs
from backend.telemedicine.models import Teleconsultation

SEND = "conversations.send_again"
"""The job that sends a message which waits; the conversations run it, we only name it."""

_WRITTEN = frozenset(["whatsapp", "app"])


def say(
    scope: Scope, row: Teleconsultation, reply_id: str, *, remember: dict[str, Any] | None = None, **args: Any
) -> None:
    """One message of ours; who telephoned reads it in the app."""
    thread = conversations.conversation(scope, row.conversation_id)
    talk = open_talk(scope.for_helpline(), thread.id, thread.channel if thread.channel in _WRITTEN else "app")
    message = store_reply(talk, Reply.of(reply_id, **args))
    if remember:
        talk.remember(**remember)
    if message.send_state == "waiting":
        enqueue(scope, jobs.tasks[SEND], client_id=str(scope.client_id), message_id=str(message.id))
