"""Recordings: only after a yes, sealed in our store, deleted at Twilio by a job that does not give up.

A recording Twilio made without a consent of ours (it should never exist) is not fetched, only deleted there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from backend.access import Scope, working_for
from backend.audit import service as audit
from backend.branding.loader import brand_for
from backend.clients import registry as clients
from backend.clients.registry import ClientFacts
from backend.conversations import inbound
from backend.conversations import queries as conversations
from backend.conversations.ivr.states import CallState
from backend.conversations.models import Call
from backend.conversations.speech import say
from backend.conversations.telephone import queries, rules
from backend.conversations.telephone.models import CallRecording, RecordingConsent, RecordingState
from backend.documents.vault import Vault, vault_of
from backend.errors import NotFound
from backend.helpline.catalogue import Reply
from backend.integrations import registry
from backend.jobs import enqueue, jobs
from backend.kit import clock, ids
from backend.observability import WEBHOOKS

FETCH, FORGET_THERE = "conversations.fetch_recording", "conversations.forget_recording"
CONVERSATION, VOICEMAIL = "conversation", "voicemail"
QUESTIONS = {CONVERSATION: "voice_record_consent", VOICEMAIL: "voice_voicemail_consent"}
_EVENT = "recording"
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Sound:
    """Bytes to listen to, and what they are."""

    data: bytes
    media_type: str


def note_consents(scope: Scope, client: ClientFacts, call: Call, before: CallState, after: CallState) -> None:
    """Write down what the caller has just answered about being recorded: when, in which language, to which words."""
    answers = {CONVERSATION: (before.ok_to_record, after.ok_to_record)}
    answers[VOICEMAIL] = (before.ok_to_voicemail, after.ok_to_voicemail)
    for purpose, (known, given) in answers.items():
        if given is None or given == known:
            continue
        row = queries.consent(scope, call.id, purpose)
        if row is None:
            row = RecordingConsent(client_id=scope.client_id, call_id=call.id, purpose=purpose)
            scope.session.add(row)
        row.given, row.at, row.language = given, clock.now(), before.language
        row.wording = wording(client, purpose, before.language)
        scope.session.flush()


def wording(client: ClientFacts, purpose: str, language: str) -> str:
    """The version of a question: its reply id, and a digest of the very words the caller heard."""
    words = say(brand_for(client), Reply.of(QUESTIONS[purpose]), language, voice=True).text
    return f"{QUESTIONS[purpose]}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def agreed(scope: Scope, call_id: UUID, purpose: str) -> bool:
    """Whether the caller said yes; no answer is a no."""
    row = queries.consent(scope, call_id, purpose)
    return row is not None and row.given


def ready(client: ClientFacts, call_id: UUID, purpose: str, form: Mapping[str, str]) -> None:
    """A webhook says that Twilio has a recording of a call; raises NotFound."""
    with working_for(client.id, channel="voice") as scope:
        received(scope, call_id, purpose, form)


def received(scope: Scope, call_id: UUID, purpose: str, form: Mapping[str, str]) -> None:
    """Twilio has a recording: keep a row and leave the job that fetches it. The same one again changes nothing.

    Raises NotFound for a call that is not ours.
    """
    sid = form.get("RecordingSid", "")
    if purpose not in QUESTIONS or not sid or form.get("RecordingStatus", "completed") != "completed":
        return
    call = queries.call(scope, call_id)
    if inbound.note(scope, _EVENT, sid, form) is None:
        return
    seconds = form.get("RecordingDuration", "")
    row = CallRecording(
        client_id=scope.client_id,
        id=ids.new_id(),
        call_id=call.id,
        purpose=purpose,
        recording_sid=sid,
        seconds=int(seconds) if seconds.isdigit() else 0,
        keep_until=(clock.now() + rules.KEEP_RECORDINGS).date(),
    )
    allowed = agreed(scope, call.id, purpose)
    if not allowed:
        WEBHOOKS.labels("voice/recording", "without_consent").inc()
        row.state = RecordingState.FORGOTTEN
    scope.session.add(row)
    scope.session.flush()
    task = jobs.tasks[FETCH if allowed else FORGET_THERE]
    enqueue(scope, task, client_id=str(scope.client_id), recording_id=str(row.id))


def fetch(client_id: UUID, recording_id: UUID) -> bool:
    """Bring the sound into our store; False when that was done before. Raises VendorError, VendorUnavailable."""
    with working_for(client_id) as scope:
        row = queries.recording(scope, recording_id)
        if row.state != RecordingState.THERE:
            return False
        event = conversations.event(scope, _EVENT, row.recording_sid)
        told = event.payload.get("RecordingUrl", "") if event else ""
    outside = registry.current()
    data = outside.media.fetch(_address(told))
    vault = vault_of(outside)
    vault.store(vault.seal(stored_name(client_id, recording_id), data))
    with working_for(client_id) as scope:
        row = queries.recording(scope, recording_id, lock=True)
        if row.state == RecordingState.THERE:
            row.state = RecordingState.STORED
            enqueue(scope, jobs.tasks[FORGET_THERE], client_id=str(client_id), recording_id=str(recording_id))
    return True


def forget_there(client_id: UUID, recording_id: UUID) -> None:
    """Delete Twilio's copy. Raises VendorError, so that the job tries again."""
    with working_for(client_id) as scope:
        sid = queries.recording(scope, recording_id).recording_sid
    registry.current().telephony.forget_recording(sid)
    with working_for(client_id) as scope:
        row = queries.recording(scope, recording_id, lock=True)
        if row.state == RecordingState.STORED:
            row.state = RecordingState.OURS


def listen(scope: Scope, recording_id: UUID) -> Sound:
    """The sound; raises NotFound while it is on its way and when it was kept long enough."""
    row = queries.recording(scope, recording_id)
    if row.state not in {RecordingState.STORED, RecordingState.OURS}:
        raise NotFound()
    data = vault_of(registry.current()).get(stored_name(scope.client_id, recording_id))
    return Sound(data, "audio/wav" if data[:4] == b"RIFF" else "audio/mpeg")


def hear(scope: Scope, queued_id: UUID) -> Sound:
    """The recorded talk of a call that waited in the queue; the look is recorded. Raises NotFound."""
    place = queries.queued_call(scope, queued_id)
    row = queries.recording_of(scope, place.call_id, CONVERSATION)
    sound = listen(scope, row.id)
    audit.record_look(
        scope, "call_recording", row.id, member_id=queries.person_of(scope, place.case_id, place.conversation_id)
    )
    return sound


def purge(client_id: UUID) -> int:
    """Delete what was kept long enough; returns how many."""
    today = clock.today(clients.client_by_id(client_id).timezone)
    vault = vault_of(registry.current())
    with working_for(client_id) as scope:
        rows = queries.expired_recordings(scope, today, _AT_ONCE)
        for row in rows:
            vault.objects.delete(stored_name(client_id, row.id))
            row.state = RecordingState.FORGOTTEN
        return len(rows)


def reseal(scope: Scope, vault: Vault, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """After a rotation of the master key: the keys of the next ``limit`` recordings under the newest one.

    Returns where to go on, None at the end, and how many were under an older key. Raises SealBroken.
    """
    batch = queries.next_recordings(scope, after, limit)
    changed = sum(vault.reseal(stored_name(scope.client_id, row.id)) for row in batch)
    return (batch[-1].id if len(batch) == limit else None), changed


def stored_name(client_id: UUID, recording_id: UUID) -> str:
    """Where the sound of a call lies in the object store."""
    return f"{client_id}/calls/{recording_id.hex}.recording"


def _address(told: str) -> str:
    """MP3 is a tenth of Twilio's default; other stores (the rehearsal's) have one form only."""
    return f"{told}.mp3" if told.startswith("https://api.twilio.com/") else told
