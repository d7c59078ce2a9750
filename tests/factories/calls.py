"""Calls that wait for a person, and what callers leave behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.conversations.models import Call
from backend.conversations.telephone.models import Callback, CallRecording, QueuedCall, RecordingState, Voicemail
from backend.documents.vault import vault_of
from backend.integrations import registry
from backend.kit import clock, ids

SOUND = b"ID3 a voice"


def make_call(scope: Scope, conversation_id: UUID) -> Call:
    """A call that is going on."""
    sid, token = f"CA{ids.new_id().hex}", ids.new_secret(12)
    row = Call(
        client_id=scope.client_id, conversation_id=conversation_id, call_sid=sid, token=token, status="in-progress"
    )
    scope.session.add(row)
    scope.session.flush()
    return row


def make_place(scope: Scope, conversation_id: UUID, **facts: Any) -> QueuedCall:
    """A place in the queue of the helpline, of an ordinary call."""
    call = make_call(scope, conversation_id)
    values: dict[str, Any] = {"desk": "helpline", "rank": 2, "language": "en", "queue": f"careline-{call.id.hex}"}
    row = QueuedCall(client_id=scope.client_id, call_id=call.id, conversation_id=conversation_id, **(values | facts))
    scope.session.add(row)
    scope.session.flush()
    return row


def make_talk(scope: Scope, conversation_id: UUID, minutes: float, **facts: Any) -> QueuedCall:
    """A call that was answered and took ``minutes``."""
    left = clock.now()
    answered = left - timedelta(minutes=minutes)
    times = {"entered_at": answered, "answered_at": answered, "left_at": left, "outcome": "answered"}
    return make_place(scope, conversation_id, **(times | facts))


def make_callback(scope: Scope, conversation_id: UUID, **facts: Any) -> Callback:
    """A call-back that is due."""
    call = make_call(scope, conversation_id)
    values: dict[str, Any] = {
        "desk": "helpline",
        "language": "en",
        "phone": "+6281234567890",
        "due_from": clock.now(),
    }
    row = Callback(client_id=scope.client_id, call_id=call.id, conversation_id=conversation_id, **(values | facts))
    scope.session.add(row)
    scope.session.flush()
    return row


def make_recording(scope: Scope, call_id: UUID, purpose: str = "conversation") -> CallRecording:
    """A recording that lies sealed in our store."""
    row = CallRecording(
        client_id=scope.client_id,
        id=ids.new_id(),
        call_id=call_id,
        purpose=purpose,
        recording_sid=f"RE{ids.new_id().hex}",
        seconds=7,
        state=RecordingState.OURS,
        keep_until=(clock.now() + timedelta(days=30)).date(),
    )
    scope.session.add(row)
    scope.session.flush()
    vault = vault_of(registry.current())
    vault.store(vault.seal(f"{scope.client_id}/calls/{row.id.hex}.recording", SOUND))
    return row


def make_voicemail(scope: Scope, conversation_id: UUID, **facts: Any) -> Voicemail:
    """A message that was left."""
    call = make_call(scope, conversation_id)
    recording = make_recording(scope, call.id, "voicemail")
    row = Voicemail(
        client_id=scope.client_id,
        call_id=call.id,
        conversation_id=conversation_id,
        recording_id=recording.id,
        **facts,
    )
    scope.session.add(row)
    scope.session.flush()
    return row
