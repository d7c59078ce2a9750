"""A step of a call becomes what Twilio plays and what we write down: places, call-backs, consents, cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date

from backend.access import Scope
from backend.branding.loader import Brand, brand_for
from backend.clients.registry import ClientFacts
from backend.conversations import answering
from backend.conversations.ivr import handover, states, twiml
from backend.conversations.ivr.states import CallState, Capacity, Prompt, Step
from backend.conversations.ivr.twiml import Line
from backend.conversations.models import Call
from backend.conversations.speech import say
from backend.conversations.talk import open_talk
from backend.conversations.telephone import addresses, callback, capacity, queue, recording, rules
from backend.conversations.telephone.models import Outcome
from backend.helpline import queries as cases
from backend.helpline.catalogue import Reply
from backend.kit import clock, locales

_REASONS = {(True, True): "emergency", (False, True): "doctor", (False, False): "person"}


def play(scope: Scope, client: ClientFacts, call: Call, step: Step, number: int) -> str:
    """TwiML of a step that follows input ``number``; the call's row is in its new state afterwards."""
    before = CallState.of_json(call.state)
    if isinstance(step.action, states.ToPerson):
        if step.action.case:
            answering.answer(open_talk(scope, call.conversation_id, "voice", call.call_sid), "action_handover", {})
        step = handover.put_through(
            step.state, step.action, capacity_for(scope, client, step.state, step.action), step.prompts
        )
    recording.note_consents(scope, client, call, before, step.state)
    call.state, call.last_turn = step.state.as_json(), number
    return _twiml(scope, client, call, step, number)


def capacity_for(scope: Scope, client: ClientFacts, state: CallState, wish: states.ToPerson) -> Capacity:
    """Whether somebody could answer now: a doctor for a doctor's caller, for an emergency whoever is there."""
    now, urgent = clock.now(), state.urgent or wish.urgent
    desks = ("doctor", "helpline") if urgent else ("doctor",) if wish.doctor else ("helpline",)
    people = any(capacity.is_staffed(scope, now, desk) for desk in desks)
    return Capacity(people=people, number=bool(brand_for(client).hotline.fallback))


def lines(scope: Scope, client: ClientFacts, prompts: Sequence[Prompt], language: str) -> list[Line]:
    """Prompts in words; what only the moment knows (when the desk opens) is filled in here."""
    brand = brand_for(client)
    found = []
    for prompt in prompts:
        found.append(_line(brand, prompt, language))
        if prompt.reply == "voice_closed":
            found += [_line(brand, more, language) for more in _opening(scope, client, language)]
    return found


def _line(brand: Brand, prompt: Prompt, language: str) -> Line:
    spoken_in = prompt.language or language
    return Line(say(brand, Reply(prompt.reply, prompt.args), spoken_in, voice=True).text, spoken_in)


def _opening(scope: Scope, client: ClientFacts, language: str) -> tuple[Prompt, ...]:
    now = clock.now()
    opens = capacity.next_opening(scope, now, handover.HELPLINE)
    if opens is None or opens <= now:
        return ()
    local = opens.astimezone(ZoneInfo(client.timezone))
    when = {"day": str(format_date(local, "EEEE", locale=locales.locale(language).babel)), "time": f"{local:%H:%M}"}
    return (Prompt("voice_opens", when),)


def _twiml(scope: Scope, client: ClientFacts, call: Call, step: Step, number: int) -> str:
    state, said = step.state, lines(scope, client, step.prompts, step.state.language)
    onward = addresses.turn(client, number + 1)
    match step.action:
        case states.Listen(speech=speech, keys=keys):
            return twiml.listening(said, state.language, onward, speech=speech, keys=keys)
        case states.Enqueue():
            place = queue.enter(scope, call, state, case_of(scope, call, state))
            left, wait = addresses.left(client, call, place.id), addresses.wait(client, call)
            return twiml.queued(said, place.queue, left, wait)
        case states.Wait():
            queue.keep(scope, call, state, case_of(scope, call, state))
            return twiml.on_hold(said, addresses.wait(client, call))
        case states.Leave():
            return _left_for_a_message(scope, client, call, state)
        case states.Ring():
            brand = brand_for(client)
            return twiml.rung(said, brand.hotline.fallback, addresses.rang(client, call, number), brand.hotline.voice)
        case states.Record():
            stored = addresses.recorded(client, call.id, recording.VOICEMAIL)
            return twiml.recorded(said, onward, stored, seconds=rules.SECONDS_OF_A_MESSAGE)
        case states.PromiseCallBack():
            return _promised(scope, call, state, said)
        case _:
            return twiml.ended(said)


def _left_for_a_message(scope: Scope, client: ClientFacts, call: Call, state: CallState) -> str:
    if queue.give_up(scope, call, Outcome.VOICEMAIL) is None:
        call.state = replace(state, name=states.Name.WAITING, queued=True).as_json()
        return twiml.on_hold((), addresses.wait(client, call))
    return twiml.leaving()


def _promised(scope: Scope, call: Call, state: CallState, said: Sequence[Line]) -> str:
    place = queue.give_up(scope, call, Outcome.CALLBACK)
    case_id = place.case_id if place and place.case_id else case_of(scope, call, state)
    callback.promise(scope, call, state, place, case_id)
    return twiml.ended(said)


def case_of(scope: Scope, call: Call, state: CallState) -> UUID | None:
    """The case that the wish for a person opened."""
    reason = _REASONS[state.urgent, state.desk == handover.DOCTOR]
    found = cases.open_case_of(scope, call.conversation_id, reason) or cases.open_case_of(scope, call.conversation_id)
    return found.id if found else None
