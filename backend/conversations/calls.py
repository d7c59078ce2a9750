"""A telephone call: its row, its steps, and the words of every step. The walk itself is in ``ivr``."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from backend.access import Scope, working_for
from backend.branding.loader import Brand, brand_for
from backend.clients.registry import ClientFacts
from backend.conversations import answering, inbound, queries, threads, turn
from backend.conversations.ivr import twiml
from backend.conversations.ivr.states import CallState, Heard, Input, Listen, Prompt, Step, Think, ToPerson
from backend.conversations.ivr.twiml import Line
from backend.conversations.ivr.walk import advance, begin, told
from backend.conversations.models import Call, Message
from backend.conversations.speech import say
from backend.conversations.talk import open_talk
from backend.errors import NotFound
from backend.helpline.catalogue import Reply
from backend.integrations import registry
from backend.kit import clock, ids

_WAIT_STEPS, _WAIT_SECONDS = 12, 0.1
_TURN = "voice_turn"


def answer_call(client: ClientFacts, form: Mapping[str, str]) -> str:
    """The first TwiML of a call; the same webhook again gets the same."""
    with working_for(client.id, channel="voice") as scope:
        if inbound.note(scope, _TURN, _key(form, 0), form) is None:
            return _said_before(scope, client, form, 0)
        address = _address(form)
        thread, _ = threads.of_address(scope, "voice", address, inbound.first_language(scope, address))
        thread.channel = "voice"
        brand = brand_for(client)
        state = begin(brand.languages, thread.language)
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
        return _render(scope, client, call, 0, advance(state, Input(Heard.BEGIN)))


def continue_call(client: ClientFacts, number: int, form: Mapping[str, str]) -> str:
    """The TwiML after keys, speech or silence; raises NotFound for a call that never began."""
    with working_for(client.id, channel="voice") as scope:
        if inbound.note(scope, _TURN, _key(form, number), form) is None:
            return _said_before(scope, client, form, number)
        call = _call(scope, form)
        step = advance(CallState.of_json(call.state), heard(form))
        if not isinstance(step.action, Think):
            return _render(scope, client, call, number, step)
        message_id = _spoken(scope, call, number, step.action)
    turn.answer(client.id, message_id, session_key=form["CallSid"])
    with working_for(client.id, channel="voice") as scope:
        return _render(scope, client, _call(scope, form), number, _after_thinking(scope, step, message_id))


def end_call(client: ClientFacts, form: Mapping[str, str]) -> None:
    """A status of a call; late and repeated ones are fine."""
    with working_for(client.id, channel="voice") as scope:
        call = queries.call_by_sid(scope, form.get("CallSid", ""), lock=True)
        if call is None or call.ended_at is not None:
            return
        call.status = form.get("CallStatus", call.status)
        if call.status in {"completed", "busy", "failed", "no-answer", "canceled"}:
            call.ended_at = clock.now()


def heard(form: Mapping[str, str]) -> Input:
    """What Twilio's form says came in; keys win over speech, confidence may be missing."""
    if form.get("Digits"):
        return Input(Heard.DIGITS, form["Digits"])
    if form.get("SpeechResult"):
        try:
            confidence = float(form["Confidence"])
        except (KeyError, ValueError):
            confidence = None
        return Input(Heard.SPEECH, form["SpeechResult"], confidence or None)
    return Input(Heard.SILENCE)


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


def _render(scope: Scope, client: ClientFacts, call: Call, number: int, step: Step) -> str:
    """Words and TwiML of a step; both are kept, so that the same webhook again is answered the same."""
    brand = brand_for(client)
    lines = [_line(brand, prompt, step.state.language) for prompt in step.prompts]
    onward = f"{registry.current().settings.public_url}/twilio/voice/turn"
    onward += f"?client={client.slug}&call={call.token}&turn={number + 1}"
    if isinstance(step.action, Listen):
        answer = twiml.listening(lines, step.state.language, onward, speech=step.action.speech, keys=step.action.keys)
    elif isinstance(step.action, ToPerson):
        _case(scope, call, step.action)
        answer = twiml.queued(lines, _queue(client, step.action), onward)
    else:
        answer = twiml.ended(lines)
    call.state = step.state.as_json()
    call.last_turn = number
    event = queries.event(scope, _TURN, f"{call.call_sid}:{number}")
    if event is not None:
        event.answer = answer
    return answer


def _line(brand: Brand, prompt: Prompt, language: str) -> Line:
    spoken_in = prompt.language or language
    return Line(say(brand, Reply(prompt.reply, prompt.args), spoken_in, voice=True).text, spoken_in)


def _case(scope: Scope, call: Call, action: ToPerson) -> None:
    if action.case:
        talk = open_talk(scope, call.conversation_id, "voice", call.call_sid)
        answering.answer(talk, "action_handover", {})


def _queue(client: ClientFacts, action: ToPerson) -> str:
    line = "urgent" if action.urgent else "doctor" if action.doctor else "helpline"
    return f"{client.slug}-{line}"[:64]


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
    here = f"{registry.current().settings.public_url}/twilio/voice/turn?client={client.slug}&turn={number}"
    return twiml.again(here)


def _key(form: Mapping[str, str], number: int) -> str:
    return f"{form.get('CallSid', '')}:{number}"


def _address(form: Mapping[str, str]) -> dict[str, str]:
    """A withheld number names the call only."""
    caller = form.get("From", "").removeprefix("whatsapp:")
    known = caller.startswith("+") and caller[1:].isdigit() and len(caller) > 8
    return {"phone": caller} if known else {"device": form["CallSid"]}
