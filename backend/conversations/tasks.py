"""Background work of the conversations; every task may run twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import procrastinate

from backend.access import working_for
from backend.clients import registry as clients
from backend.conversations import attachments, inbound, outgoing, queries, relay, satisfaction, turn
from backend.conversations.telephone import joining, queue, recording, voicemail
from backend.conversations.telephone import queries as telephone
from backend.conversations.telephone.callback import RING_FOR_CALLBACK
from backend.conversations.telephone.joining import CALL, CALLBACK, RING_AGENT, Ringing
from backend.conversations.telephone.queue import FORGET_QUEUE
from backend.conversations.telephone.recording import FETCH, FORGET_THERE
from backend.helpline.service import ASK, RELAY
from backend.integrations import registry
from backend.jobs import RETRY, jobs
from backend.kit import clock

_LATE = timedelta(seconds=20)
"""No request takes that long: who has no answer by then has lost it."""

_WORTH_ANSWERING = timedelta(hours=6)
"""Words that are older are not answered out of the blue."""

PATIENT = procrastinate.RetryStrategy(max_attempts=20, linear_wait=1800)
"""For days: what must not stay at a vendor is asked for until it is gone."""


@jobs.task(name="conversations.answer", retry=RETRY)
def answer(client_id: str, event_id: str) -> None:
    """A WhatsApp message: into its thread, its photos stored, answered, the answer sent."""
    client, event = UUID(client_id), UUID(event_id)
    try:
        message_id, prepared = _taken_in(client, event)
    except Exception:
        # What we stumble over is in the thread nevertheless, for a person to see.
        with working_for(client, channel="whatsapp") as scope:
            inbound.message_of(scope, event)
        raise
    if prepared is None:
        attachments.take_in(client, message_id)
    said = turn.answer(client, message_id, prepared=prepared)
    outgoing.send_waiting(client, [row.id for row in said if row.direction == "out"])


def _taken_in(client_id: UUID, event_id: UUID) -> tuple[UUID, turn.Prepared | None]:
    """The message of an event, prepared in the same transaction unless files of it must be fetched before."""
    with working_for(client_id, channel="whatsapp") as scope:
        row = queries.message(scope, inbound.message_of(scope, event_id).id, lock=True)
        ready = row.answered_at is None and not row.media
        return row.id, turn.prepare(scope, row) if ready else None


@jobs.task(name="conversations.send_again", retry=RETRY)
def send_again(client_id: str, message_id: str) -> None:
    """A message that waits to go out in another form."""
    outgoing.send_waiting(UUID(client_id), [UUID(message_id)])


@jobs.periodic(cron="* * * * *")
@jobs.task(name="conversations.answer_left", queueing_lock="conversations.answer_left")
def answer_left(timestamp: int) -> None:
    """Every minute: messages of the app whose request died before it was answered."""
    until = clock.now() - _LATE
    for client in clients.all_clients():
        with working_for(client.id, channel="helpline") as scope:
            left = queries.left_unanswered(scope, until - _WORTH_ANSWERING, until)
        for message_id in left:
            turn.answer(client.id, message_id)


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


@jobs.task(name=RING_AGENT, retry=RETRY)
def ring_agent(client_id: str, queued_id: str) -> None:
    """The telephone of a person rings for a caller."""
    joining.ring(Ringing(UUID(client_id), CALL, UUID(queued_id)))


@jobs.task(name=RING_FOR_CALLBACK, retry=RETRY)
def ring_for_callback(client_id: str, callback_id: str) -> None:
    """The telephone of a person rings for a call-back."""
    joining.ring(Ringing(UUID(client_id), CALLBACK, UUID(callback_id)))


@jobs.task(name=FETCH, retry=RETRY)
def fetch_recording(client_id: str, recording_id: str) -> None:
    """A recording into our store; a message left on the telephone becomes a case."""
    recording.fetch(UUID(client_id), UUID(recording_id))
    voicemail.arrived(UUID(client_id), UUID(recording_id))


@jobs.task(name=FORGET_THERE, retry=PATIENT)
def forget_recording(client_id: str, recording_id: str) -> None:
    """Twilio's copy of a recording is deleted."""
    recording.forget_there(UUID(client_id), UUID(recording_id))


@jobs.task(name=FORGET_QUEUE, retry=RETRY)
def forget_queue(client_id: str, queued_id: str) -> None:
    """Twilio's queue of a call that has left it is deleted."""
    with working_for(UUID(client_id)) as scope:
        sid = telephone.queued_call(scope, UUID(queued_id)).queue_sid
    if sid:
        registry.current().telephony.forget_queue(sid)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="conversations.close_silent_calls", queueing_lock="conversations.close_silent_calls")
def close_silent_calls(timestamp: int) -> None:
    """Every minute: places in the queue whose call is gone without a word from Twilio."""
    for client in clients.all_clients():
        with working_for(client.id) as scope:
            queue.close_silent(scope)


@jobs.periodic(cron="23 2 * * *")
@jobs.task(name="conversations.purge_recordings", queueing_lock="conversations.purge_recordings")
def purge_recordings(timestamp: int) -> None:
    """Every night: recordings that were kept long enough."""
    for client in clients.all_clients():
        recording.purge(client.id)
