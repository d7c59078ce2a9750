"""Building blocks of the table: ask and listen, ask again, one step towards a person."""

from __future__ import annotations

from dataclasses import replace

from backend.conversations.ivr.states import (
    Action,
    CallState,
    Heard,
    Input,
    Listen,
    Meaning,
    Name,
    Prompt,
    Record,
    Step,
    Think,
    ToPerson,
    Wait,
)

FAILURES = 2
SURE, UNSURE = 0.6, 0.3
"""Speech below ``SURE`` is confirmed by the caller, below ``UNSURE`` it was not understood."""

FACTOR_KEYS: dict[Name, int | None] = {Name.BIRTH_DATE: 8, Name.MEMBER_NUMBER: None, Name.CODE: 6}
_KEYS_ALONE = frozenset([*FACTOR_KEYS, Name.CONFIRM_NUMBER])


def listen(state: CallState, prompts: tuple[Prompt, ...], repeat: tuple[Prompt, ...] | None = None) -> Step:
    """Say and listen; ``repeat`` is what "repeat" says again, all of it unless told otherwise."""
    kept = replace(state, last=prompts if repeat is None else repeat)
    return Step(kept, prompts, listening(kept))


def listening(state: CallState) -> Action:
    """How a state listens: identifiers by keys alone, the rest by keys and speech."""
    if state.name in FACTOR_KEYS:
        return Listen(speech=False, keys=FACTOR_KEYS[state.name])
    return Listen(speech=state.name not in _KEYS_ALONE)


def again(state: CallState, heard: Input, prompts: tuple[Prompt, ...], *before: Prompt) -> Step:
    """Say what went wrong and ask again; the second time go one step towards a person."""
    why = Prompt("voice_silence" if heard.kind is Heard.SILENCE else "voice_misheard")
    if state.failures + 1 < FAILURES:
        step = listen(replace(state, failures=state.failures + 1), prompts)
        return replace(step, prompts=(*before, why, *prompts))
    if state.name in {Name.ASK, Name.CONFIRM_HEARD}:
        return menu(replace(state, failures=0), why)
    return to_person(state)


def menu(state: CallState, *before: Prompt) -> Step:
    """The keypad's menu."""
    step = listen(replace(state, name=Name.MENU, unsure=""), (Prompt("voice_menu"),))
    return replace(step, prompts=(*before, *step.prompts))


def think(state: CallState, text: str) -> Step:
    """Take a turn with spoken words."""
    return Step(replace(state, failures=0, unsure=""), (), Think(text=text))


def to_person(state: CallState) -> Step:
    """Somebody of the helpline; who waits already keeps their place."""
    if state.queued:
        return Step(waiting(state), (), Wait())
    return Step(replace(state, failures=0, unsure=""), (), ToPerson())


def to_emergency(state: CallState, words: str = "") -> Step:
    """Instructions and a doctor, before everything else; the words stay in the thread."""
    return Step(replace(state, failures=0, unsure=""), (), Think(words, "action:action_emergency"))


def to_doctor(state: CallState) -> Step:
    """The doctor on duty."""
    return Step(replace(state, failures=0, unsure=""), (), Think(payload="action:action_doctor"))


def repeated(state: CallState) -> Step:
    """What was said last, once more."""
    if state.name is Name.WAITING:
        return Step(state, (), Wait())
    if state.name is Name.VOICEMAIL:
        return Step(state, (Prompt("voice_voicemail_speak"),), Record())
    return Step(state, state.last or (Prompt("voice_ask"),), listening(state))


def waiting(state: CallState) -> CallState:
    """In the queue, with nothing half asked."""
    return replace(state, name=Name.WAITING, failures=0, unsure="", last=())


def says_yes(heard: Input) -> bool:
    """1 on the keypad, or a spoken yes."""
    return (heard.kind is Heard.DIGITS and heard.value == "1") or heard.meaning is Meaning.YES


def says_no(heard: Input) -> bool:
    """2 on the keypad, or a spoken no."""
    return (heard.kind is Heard.DIGITS and heard.value == "2") or heard.meaning is Meaning.NO


def misheard(heard: Input) -> bool:
    """Speech nobody should act on."""
    return heard.confidence is not None and heard.confidence < UNSURE


def unclear(heard: Input) -> bool:
    """Speech that the caller has to confirm first."""
    return heard.confidence is not None and heard.confidence < SURE
