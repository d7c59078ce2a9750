"""The second half of the table: from the wish for a person to the person, a call-back, or a message.

``put_through`` is asked with what the desk can do; ``after_queue`` and ``rang`` when Twilio gives the call back.
An emergency is asked nothing and recorded never: it goes before everybody, also when nobody is at the desk.
"""

from __future__ import annotations

from dataclasses import replace

from backend.conversations.ivr.states import (
    CallState,
    Capacity,
    Enqueue,
    HangUp,
    Heard,
    Input,
    Leave,
    Meaning,
    Name,
    PromiseCallBack,
    Prompt,
    Record,
    Ring,
    Step,
    ToPerson,
    Wait,
)
from backend.conversations.ivr.steps import FAILURES, again, listen, says_no, says_yes, to_doctor, to_person, waiting

HELPLINE, DOCTOR = "helpline", "doctor"
_CALL_BACK, _VOICEMAIL, _DOCTOR = "1", "2", "5"


def put_through(state: CallState, wish: ToPerson, capacity: Capacity, said: tuple[Prompt, ...] = ()) -> Step:
    """How a caller reaches a person: the queue, after the question about recording where the client records;
    the number that rings at night for emergencies and doctors; else the choice of call-back or message.

    ``said`` are the prompts of the answer that led here.
    """
    urgent = state.urgent or wish.urgent
    desk = DOCTOR if urgent or wish.doctor else HELPLINE
    wanted = replace(state, desk=desk, urgent=urgent, failures=0, unsure="")
    prompts = said or (Prompt("voice_to_person"),)
    if state.queued:
        return Step(waiting(wanted), said, Wait())
    if not capacity.people:
        return _nobody_there(wanted, said, capacity)
    if wanted.may_record and wanted.ok_to_record is None and not urgent:
        asked = listen(replace(wanted, name=Name.CONSENT), (Prompt("voice_record_consent"),))
        return replace(asked, prompts=(*said, *asked.prompts))
    return _enqueued(wanted, prompts)


def _nobody_there(state: CallState, said: tuple[Prompt, ...], capacity: Capacity) -> Step:
    """An emergency or a question to a doctor still rings somewhere; others choose."""
    prompts = said or (Prompt("voice_to_person"),)
    if state.desk == DOCTOR:
        if capacity.number:
            return Step(replace(state, name=Name.RINGING, last=()), prompts, Ring())
        return _enqueued(state, prompts)
    step = closed(state)
    return replace(step, prompts=(*said, *step.prompts))


def _enqueued(state: CallState, prompts: tuple[Prompt, ...]) -> Step:
    return Step(replace(waiting(state), queued=True), prompts, Enqueue())


def closed(state: CallState) -> Step:
    """Nobody is at the desk: call-back when it opens, a message, the doctor, an emergency."""
    return listen(replace(state, name=Name.CLOSED, queued=False), _closed_prompts(state))


def _closed_prompts(state: CallState) -> tuple[Prompt, ...]:
    call_back = (Prompt("voice_closed_call_back"),) if state.can_call_back else ()
    return (Prompt("voice_closed"), *call_back, Prompt("voice_closed_choices"))


def after_queue(state: CallState, *, bridged: bool, capacity: Capacity) -> Step:
    """The call has left the queue: for its message, after the talk, or because the queue itself failed.

    A queue that failed is not tried again at once: the number for the night rings, or the caller chooses.
    """
    out = replace(state, queued=False)
    if bridged:
        return _ended(out, Prompt("voice_goodbye"))
    if out.ok_to_voicemail and out.name is Name.VOICEMAIL:
        return _recording(out)
    if out.desk == DOCTOR and capacity.number:
        return Step(replace(out, name=Name.RINGING, last=()), (Prompt("voice_hold"),), Ring())
    return closed(out)


def rang(state: CallState, *, answered: bool) -> Step:
    """The number for the night was answered and the talk is over, or nobody took it: then the queue, first in it."""
    if answered:
        return _ended(state, Prompt("voice_goodbye"))
    return _enqueued(state, (Prompt("voice_hold"),))


def consent(state: CallState, heard: Input) -> Step:
    """May we record? Whoever does not say yes is not recorded and goes on to the person all the same."""
    if not says_yes(heard) and not says_no(heard) and state.failures + 1 < FAILURES:
        return again(state, heard, (Prompt("voice_record_consent"),))
    answered = replace(state, ok_to_record=says_yes(heard), failures=0)
    return Step(answered, (), ToPerson(urgent=state.urgent, doctor=state.desk == DOCTOR, case=False))


def in_queue(state: CallState, heard: Input) -> Step:
    """Somebody who waits: call-back, a message, the doctor. Noise on the line changes nothing."""
    if state.can_call_back and _chooses(heard, _CALL_BACK, Meaning.CALL_BACK):
        return _promise(state)
    if _chooses(heard, _VOICEMAIL, Meaning.VOICEMAIL):
        return _voicemail_question(state)
    if state.desk != DOCTOR and _chooses(heard, _DOCTOR, Meaning.DOCTOR):
        return to_doctor(state)
    return Step(waiting(state), (), Wait())


def when_closed(state: CallState, heard: Input) -> Step:
    """Nobody is there: what the caller chooses; silence twice becomes a call-back, where we know the number."""
    if state.can_call_back and _chooses(heard, _CALL_BACK, Meaning.CALL_BACK):
        return _promise(state)
    if _chooses(heard, _VOICEMAIL, Meaning.VOICEMAIL):
        return _voicemail_question(state)
    if _chooses(heard, _DOCTOR, Meaning.DOCTOR):
        return to_doctor(state)
    if state.failures + 1 >= FAILURES:
        return _promise(state) if state.can_call_back else _voicemail_question(replace(state, failures=0))
    return again(state, heard, _closed_prompts(state))


def voicemail_consent(state: CallState, heard: Input) -> Step:
    """A message is a recording: only after a yes."""
    if says_yes(heard):
        agreed = replace(state, name=Name.VOICEMAIL, ok_to_voicemail=True, failures=0, queued=False)
        return Step(agreed, (), Leave()) if state.queued else _recording(agreed)
    if says_no(heard):
        refused = replace(state, ok_to_voicemail=False, failures=0)
        return Step(waiting(refused), (), Wait()) if state.queued else closed(refused)
    if state.failures + 1 < FAILURES:
        return again(state, heard, (Prompt("voice_voicemail_consent"),))
    if state.queued:
        return Step(waiting(state), (), Wait())
    return _ended(state, Prompt("voice_silence"), Prompt("voice_closed_goodbye"))


def voicemail(state: CallState, heard: Input) -> Step:
    """A message was spoken, or nothing was; 0, 5 and 9 mean what they mean everywhere."""
    if heard.kind is not Heard.RECORDED:
        return closed(replace(state, failures=0)) if state.failures else _recording(replace(state, failures=1))
    if heard.value == _DOCTOR:
        return to_doctor(state)
    return _ended(state, Prompt("voice_voicemail_thanks"))


def ended(state: CallState, _heard: Input) -> Step:
    """Somebody who still says something after the goodbye."""
    return to_person(replace(state, queued=False))


def ringing(state: CallState, _heard: Input) -> Step:
    """An input while another telephone rings is a stray; the queue is where nobody gets lost."""
    return _enqueued(state, (Prompt("voice_hold"),))


def _chooses(heard: Input, key: str, meaning: Meaning) -> bool:
    return (heard.kind is Heard.DIGITS and heard.value == key) or heard.meaning is meaning


def _voicemail_question(state: CallState) -> Step:
    return listen(replace(state, name=Name.VOICEMAIL_CONSENT, failures=0), (Prompt("voice_voicemail_consent"),))


def _recording(state: CallState) -> Step:
    said = (Prompt("voice_voicemail_speak"),)
    return Step(replace(state, name=Name.VOICEMAIL, last=said), said, Record())


def _promise(state: CallState) -> Step:
    said = (Prompt("voice_call_back_soon" if state.queued else "voice_call_back_when_open"),)
    return Step(replace(state, name=Name.ENDED, queued=False, failures=0, last=said), said, PromiseCallBack())


def _ended(state: CallState, *prompts: Prompt) -> Step:
    return Step(replace(state, name=Name.ENDED, failures=0, last=prompts), prompts, HangUp())
