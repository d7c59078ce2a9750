"""The telephone of a person of the helpline: what they hear when they pick up, and how the two are joined."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from backend.access import Scope, working_for
from backend.branding.loader import brand_for
from backend.clients.registry import ClientFacts
from backend.conversations.ivr import twiml
from backend.conversations.ivr.states import Prompt
from backend.conversations.telephone import addresses, callback, joining, playing, queue, recording
from backend.conversations.telephone.joining import claimed, is_rung_by
from backend.conversations.telephone.models import Callback, CallbackState, Outcome, QueuedCall
from backend.conversations.telephone.recording import CONVERSATION

_YES = "1"
_OVER = frozenset(["completed", "busy", "failed", "no-answer", "canceled"])
_NOT_FOUND_IN_QUEUE = frozenset(["queue-empty", "queue-not-found", "error", "system-error"])


def picked_up(client: ClientFacts, kind: str, row_id: UUID, form: Mapping[str, str]) -> str:
    """Who calls, and which key takes it: a voicemail box presses none. Raises NotFound."""
    with working_for(client.id, channel="voice") as scope:
        row = claimed(scope, kind, row_id)
        if not is_rung_by(row, form.get("CallSid", "")) or not _still_wanted(row):
            return _gone(scope, client, row)
        asked = Prompt("voice_agent_call" if kind == joining.CALL else "voice_agent_call_back")
        said = playing.lines(scope, client, (asked,), row.language)
        onward = addresses.agent_accepts(client, kind, row_id)
        return twiml.listening(said, row.language, onward, speech=False, keys=1)


def accepted(client: ClientFacts, kind: str, row_id: UUID, form: Mapping[str, str]) -> str:
    """A key was pressed, or none: join the two, or let somebody else take it. Raises NotFound."""
    with working_for(client.id, channel="voice") as scope:
        row = claimed(scope, kind, row_id)
        if not is_rung_by(row, form.get("CallSid", "")):
            return _gone(scope, client, row)
        if form.get("Digits") != _YES:
            joining.release(scope, row)
            return twiml.ended(())
        done = addresses.agent_done(client, kind, row_id)
        if isinstance(row, Callback):
            return _to_member(scope, client, row, done)
        if not joining.accept(scope, row):
            return _gone(scope, client, row)
        stored = None
        if recording.agreed(scope, row.call_id, CONVERSATION):
            stored = addresses.recorded(client, row.call_id, CONVERSATION)
        return twiml.joined((), row.queue, done, stored)


def _to_member(scope: Scope, client: ClientFacts, row: Callback, done: str) -> str:
    if row.state != CallbackState.CALLING:
        return _gone(scope, client, row)
    return twiml.rung((), row.phone, done, brand_for(client).hotline.voice)


def done(client: ClientFacts, kind: str, row_id: UUID, form: Mapping[str, str]) -> str:
    """The two were joined and have hung up, or there was nobody to join with. Raises NotFound."""
    with working_for(client.id, channel="voice") as scope:
        row = claimed(scope, kind, row_id)
        if not is_rung_by(row, form.get("CallSid", "")):
            return twiml.ended(())
        status = form.get("DialCallStatus", "")
        if isinstance(row, Callback):
            callback.dialled(scope, row, status)
            reached = status in {"completed", "answered"}
            return twiml.ended(()) if reached else _says(scope, client, row, "voice_agent_not_reached")
        if form.get("DequeueResult", "") in _NOT_FOUND_IN_QUEUE or status in {"failed", "no-answer", "busy"}:
            joining.empty_handed(scope, row)
            return _gone(scope, client, row)
        queue.settle(scope, row, Outcome.ANSWERED)
        return twiml.ended(())


def status(client: ClientFacts, kind: str, row_id: UUID, form: Mapping[str, str]) -> None:
    """What became of the call to the person; late and repeated ones change nothing. Raises NotFound."""
    with working_for(client.id, channel="voice") as scope:
        row = claimed(scope, kind, row_id)
        if form.get("CallStatus") in _OVER and is_rung_by(row, form.get("CallSid", "")):
            joining.release(scope, row)


def _still_wanted(row: QueuedCall | Callback) -> bool:
    if isinstance(row, Callback):
        return row.state == CallbackState.CALLING
    return row.left_at is None and row.claimed_by is not None


def _gone(scope: Scope, client: ClientFacts, row: QueuedCall | Callback) -> str:
    return _says(scope, client, row, "voice_agent_gone")


def _says(scope: Scope, client: ClientFacts, row: QueuedCall | Callback, reply: str) -> str:
    """One sentence in the caller's language: whoever takes the call speaks it."""
    return twiml.ended(playing.lines(scope, client, (Prompt(reply),), row.language))
