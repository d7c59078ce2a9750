"""A telephone call: its row and its steps. The walk itself is in ``ivr``, what Twilio plays in ``telephone``."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from backend.access import Scope, working_for
from backend.branding.loader import brand_for
from backend.clients.registry import ClientFacts
from backend.conversations import inbound, queries, threads, turn
from backend.conversations.ivr import twiml
from backend.conversations.ivr.meanings import meaning
from backend.conversations.ivr.states import CallState, Heard, Input, Prompt, Step, Think
from backend.conversations.ivr.walk import advance, begin, told
from backend.conversations.models import Call, Message
from backend.conversations.telephone import addresses, callback, playing, queue
from backend.conversations.telephone import queries as telephone
from backend.conversations.telephone.models import Outcome
from backend.errors import NotFound
from backend.kit import clock, ids

_WAIT_STEPS, _WAIT_SECONDS = 12, 0.1
_TURN = "voice_turn"
_OVER = frozenset(["completed", "busy", "failed", "no-answer", "canceled"])
_RECORDS = "call_recording"


def answer_call(client: ClientFacts, form: Mapping[str, str]) -> str:
    """The first TwiML of a call; the same webhook again gets the same."""
    with working_for(client.id, channel="voice") as scope:
        if inbound.note(scope, _TURN, _key(form, 0), form) is None:
            return _said_before(scope, client, form, 0)
        address = _address(form)
        thread, _ = threads.of_address(scope, "voice", address, inbound.first_language(scope, address))
        thread.channel = "voice"
        brand = brand_for(client)
        state = begin(
            brand.languages,
            thread.language,
            may_record=brand.features.get(_RECORDS, False),
            can_call_back="phone" in address,
        )
        call = Call(
            client_id=client.id,
            conversation_id=thread.id,
            call_sid=form["CallSid"],
            token=ids.new_secret(12),
            status=form.get("CallStatus", "ringing"),
            state=state.as_json(),
        )
        scope.session.add(call)
        scope.session.flush()
        return _answered(scope, client, call, 0, advance(state, Input(Heard.BEGIN)))


def continue_call(client: ClientFacts, number: int, form: Mapping[str, str]) -> str:
    """The TwiML after keys, speech or silence; raises NotFound for a call that never began."""
    with working_for(client.id, channel="voice") as scope:
        if inbound.note(scope, _TURN, _key(form, number), form) is None:
            return _said_before(scope, client, form, number)
        call = _call(scope, form)
        step = advance(_state(scope, call), heard(form))
        if not isinstance(step.action, Think):
            return _answered(scope, client, call, number, step)
        message_id = _spoken(scope, call, number, step.action)
    turn.answer(client.id, message_id, session_key=form["CallSid"])
    with working_for(client.id, channel="voice") as scope:
        return _answered(scope, client, _call(scope, form), number, _after_thinking(scope, step, message_id))


def end_call(client: ClientFacts, form: Mapping[str, str]) -> None:
    """A status of a call; late and repeated ones are fine. Who waited until the end has given up."""
    with working_for(client.id, channel="voice") as scope:
        call = queries.call_by_sid(scope, form.get("CallSid", ""), lock=True)
        if call is None or call.ended_at is not None:
            return
        call.status = form.get("CallStatus", call.status)
        if call.status in _OVER:
            call.ended_at = clock.now()
            place = telephone.open_place(scope, call.id)
            if place is not None:
                queue.settle(scope, place, Outcome.ANSWERED if place.answered_at else Outcome.ABANDONED)


def heard(form: Mapping[str, str]) -> Input:
    """What Twilio's form says came in; a recording and keys win over speech, confidence may be missing."""
    if form.get("RecordingUrl") or form.get("RecordingSid"):
        return Input(Heard.RECORDED, form.get("Digits", ""))
    if form.get("Digits"):
        return Input(Heard.DIGITS, form["Digits"])
    if form.get("SpeechResult"):
        try:
            confidence = float(form["Confidence"])
        except (KeyError, ValueError):
            confidence = None
        return Input(Heard.SPEECH, form["SpeechResult"], confidence or None, meaning(form["SpeechResult"]))
    return Input(Heard.SILENCE)


def _state(scope: Scope, call: Call) -> CallState:
    """Where the call stands; a caller who has proved who they are meanwhile can be called back on their own number."""
    state = CallState.of_json(call.state)
    if state.can_call_back:
        return state
    return replace(state, can_call_back=callback.number_of(scope, call) is not None)


def _spoken(scope: Scope, call: Call, number: int, think: Think) -> UUID:
    thread = queries.conversation(scope, call.conversation_id)
    row = Message(
        client_id=scope.client_id,
        conversation_id=thread.id,
        direction="in",
        author="member",
        channel="voice",
        language=thread.language,
        text=think.text,
        payload=think.payload,
        vendor_id=f"{call.call_sid}:{number}",
    )
    thread.language = CallState.of_json(call.state).language
    scope.session.add(row)
    scope.session.flush()
    return row.id


def _after_thinking(scope: Scope, step: Step, message_id: UUID) -> Step:
    message = queries.message(scope, message_id)
    thread = queries.conversation(scope, message.conversation_id)
    replies = [Prompt(row.reply, row.args) for row in queries.answers_to(scope, message_id) if row.reply]
    asks = bool(thread.state.get("form") or thread.state.get("degraded"))
    after = told(replace(step.state, language=thread.language), replies, asks=asks)
    return replace(after, prompts=(*step.prompts, *after.prompts))


def _answered(scope: Scope, client: ClientFacts, call: Call, number: int, step: Step) -> str:
    """The TwiML of a step, kept so that the same webhook again is answered the same."""
    answer = playing.play(scope, client, call, step, number)
    event = queries.event(scope, _TURN, f"{call.call_sid}:{number}")
    if event is not None:
        event.answer = answer
    return answer


def _call(scope: Scope, form: Mapping[str, str]) -> Call:
    found = queries.call_by_sid(scope, form.get("CallSid", ""), lock=True)
    if found is None:
        raise NotFound()
    return found


def _said_before(scope: Scope, client: ClientFacts, form: Mapping[str, str], number: int) -> str:
    """The stored answer; while the first webhook is still being answered, a moment's wait, then a pause."""
    for _ in range(_WAIT_STEPS):
        event = queries.event(scope, _TURN, _key(form, number))
        if event is not None:
            scope.session.refresh(event)
            if event.answer:
                return event.answer
        time.sleep(_WAIT_SECONDS)
    return twiml.again(addresses.turn(client, number))


def _key(form: Mapping[str, str], number: int) -> str:
    return f"{form.get('CallSid', '')}:{number}"


def _address(form: Mapping[str, str]) -> dict[str, str]:
    """A withheld number names the call only."""
    caller = form.get("From", "").removeprefix("whatsapp:")
    known = caller.startswith("+") and caller[1:].isdigit() and len(caller) > 8
    return {"phone": caller} if known else {"device": form["CallSid"]}
