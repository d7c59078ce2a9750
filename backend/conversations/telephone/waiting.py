"""What Twilio asks about a caller in the queue: what to play, and what follows when the call has left it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from backend.access import Scope, working_for
from backend.clients.registry import ClientFacts
from backend.conversations import inbound
from backend.conversations import queries as conversations
from backend.conversations.ivr import handover, twiml
from backend.conversations.ivr.states import CallState, Prompt, Step, ToPerson
from backend.conversations.models import Call
from backend.conversations.telephone import addresses, playing, queries, queue, rules
from backend.errors import NotFound

_LEFT, _RANG = "queue_left", "rang"
_JOINING_SECONDS = 10


def in_queue(client: ClientFacts, token: str, form: Mapping[str, str]) -> str:
    """One round of waiting: place, estimate, offers. Asked again and again, it changes nothing but the sign of life.

    Raises NotFound.
    """
    with working_for(client.id, channel="voice") as scope:
        call = queries.call_by_token(scope, token, form.get("CallSid", ""))
        place = queries.open_place(scope, call.id)
        if place is None:
            return twiml.leaving()
        queue.heard(scope, place, form.get("QueueSid"))
        if place.answered_at is not None:
            return twiml.silent(_JOINING_SECONDS)
        state = CallState.of_json(call.state)
        prompts = (*queue.standing(scope, place), *_offers(state))
        said = playing.lines(scope, client, prompts, state.language)
        return twiml.waiting(said, state.language, addresses.turn(client, call.last_turn + 1))


def _offers(state: CallState) -> tuple[Prompt, ...]:
    if state.urgent:
        return ()
    call_back = (Prompt("voice_offer_call_back"),) if state.can_call_back else ()
    return (*call_back, Prompt("voice_offer_message"))


def left(client: ClientFacts, token: str, queued_id: UUID, form: Mapping[str, str]) -> str:
    """The call is out of the queue: the place is settled once, and the caller hears what follows. Raises NotFound."""

    def follows(scope: Scope, call: Call) -> Step | None:
        place = queries.queued_call(scope, queued_id, lock=True)
        if place.call_id != call.id:
            raise NotFound()
        result = form.get("QueueResult", "")
        outcome = rules.outcome_of(result)
        if outcome is not None:
            queue.settle(scope, place, outcome)
        if result == "hangup" or outcome is None:
            return None
        state = CallState.of_json(call.state)
        wish = ToPerson(urgent=state.urgent, doctor=state.desk == handover.DOCTOR)
        capacity = playing.capacity_for(scope, client, state, wish)
        return handover.after_queue(state, bridged=outcome == "answered", capacity=capacity)

    return _once(client, token, f"{_LEFT}:{queued_id}", form, follows)


def rang(client: ClientFacts, token: str, number: str, form: Mapping[str, str]) -> str:
    """The number for the night was answered and the talk is over, or nobody took it. Raises NotFound."""

    def follows(_scope: Scope, call: Call) -> Step:
        answered = form.get("DialCallStatus") == "completed"
        return handover.rang(CallState.of_json(call.state), answered=answered)

    return _once(client, token, f"{_RANG}:{number}", form, follows)


def _once(
    client: ClientFacts,
    token: str,
    what: str,
    form: Mapping[str, str],
    follows: Callable[[Scope, Call], Step | None],
) -> str:
    """The answer to a callback, made the first time and said again whenever it comes again."""
    with working_for(client.id, channel="voice") as scope:
        call = queries.call_by_token(scope, token, form.get("CallSid", ""))
        kind, _, key = what.partition(":")
        vendor_key = f"{call.call_sid}:{key}"
        fresh = inbound.note(scope, kind, vendor_key, form) is not None
        event = conversations.event(scope, kind, vendor_key)
        if not fresh and event is not None and event.answer:
            return event.answer
        step = follows(scope, call)
        answer = playing.play(scope, client, call, step, call.last_turn) if step else twiml.ended(())
        if event is not None:
            event.answer = answer
        return answer
