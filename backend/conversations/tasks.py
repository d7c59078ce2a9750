"""Background work of the conversations; every task may run twice."""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.conversations import attachments, inbound, outgoing, queries, relay, satisfaction, turn
from backend.helpline.service import ASK, RELAY
from backend.jobs import RETRY, jobs


@jobs.task(name="conversations.answer", retry=RETRY)
def answer(client_id: str, event_id: str) -> None:
    """A WhatsApp message: into its thread, its photos stored, answered, the answer sent."""
    client = UUID(client_id)
    with working_for(client, channel="whatsapp") as scope:
        message_id = inbound.message_of(scope, UUID(event_id)).id
    attachments.take_in(client, message_id)
    turn.answer(client, message_id)
    with working_for(client, channel="whatsapp") as scope:
        said = [row.id for row in queries.answers_to(scope, message_id)]
    outgoing.send_waiting(client, said)


@jobs.task(name="conversations.send_again", retry=RETRY)
def send_again(client_id: str, message_id: str) -> None:
    """A message that waits to go out in another form."""
    outgoing.send_waiting(UUID(client_id), [UUID(message_id)])


@jobs.task(name="conversations.answer_late", retry=RETRY)
def answer_late(client_id: str, message_id: str) -> None:
    """A message of the app whose request died before it was answered."""
    turn.answer(UUID(client_id), UUID(message_id))


@jobs.task(name=RELAY, retry=RETRY)
def relay_reply(client_id: str, event_id: str) -> None:
    """What a person of the helpline wrote, into the thread and out on the channel the member used last."""
    client = UUID(client_id)
    outgoing.send_waiting(client, [relay.into_thread(client, UUID(event_id))])


@jobs.task(name=ASK, retry=RETRY)
def ask_satisfaction(client_id: str, case_id: str) -> None:
    """The one question after a closed case, where the member can answer it."""
    client = UUID(client_id)
    message_id = satisfaction.ask(client, UUID(case_id))
    if message_id is not None:
        outgoing.send_waiting(client, [message_id])
