"""The call as a table of states: ``advance`` for what comes in, ``told`` for what the helpline answered.

From every state 0 reaches a person and 9 an emergency; two failures lead from speech to the keypad menu and
two more from the menu to a person; the star says it again. Only a goodbye ends the call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from backend.conversations.ivr.states import (
    Action,
    CallState,
    HangUp,
    Heard,
    Input,
    Listen,
    Name,
    Prompt,
    Step,
    Think,
    ToPerson,
)

_FAILURES = 2
_SURE, _UNSURE = 0.6, 0.3
_EMERGENCY, _PERSON, _REPEAT = "9", "0", "*"
_MENU = {
    "1": "action:action_show_card",
    "2": "action:action_balance",
    "3": "action:action_claim_status",
    "4": "/file_complaint",
    "5": "action:action_doctor",
}
_FACTOR_KEYS: dict[Name, int | None] = {Name.BIRTH_DATE: 8, Name.MEMBER_NUMBER: None, Name.CODE: 6}
_ASKED_BY = {
    "verify_birth_date": Name.BIRTH_DATE,
    "verify_member_number": Name.MEMBER_NUMBER,
    "verify_code": Name.CODE,
}
_FAREWELL = "utter_goodbye"
_PUT_THROUGH = {
    "emergency": ToPerson(urgent=True, case=False),
    "doctor": ToPerson(doctor=True, case=False),
    "handover": ToPerson(case=False),
    "verify_locked": ToPerson(case=False),
}


def begin(languages: Sequence[str], known: str | None) -> CallState:
    """A call that just came in; ``known`` is the language of a caller we know."""
    first = known if known is not None and known in languages else languages[0]
    return CallState(Name.LANGUAGE, first, tuple(languages))


def advance(state: CallState, heard: Input) -> Step:
    """What follows from an input."""
    if heard.kind is Heard.BEGIN:
        return _open(state)
    if heard.kind is Heard.DIGITS and heard.value in _EVERYWHERE:
        return _EVERYWHERE[heard.value](state)
    return _HANDLERS[state.name](state, heard)


def told(state: CallState, replies: Sequence[Prompt], *, asks: bool) -> Step:
    """What follows from the helpline's answer; ``asks`` when it ends with a question of its own."""
    through = next((_PUT_THROUGH[reply.reply] for reply in replies if reply.reply in _PUT_THROUGH), None)
    if through is not None:
        ended = replace(state, name=Name.ENDED, last=tuple(replies))
        return Step(ended, tuple(replies), through)
    name = next((_ASKED_BY[reply.reply] for reply in reversed(replies) if reply.reply in _ASKED_BY), None)
    if name is None and any(reply.reply == "verify_wrong" for reply in replies):
        name = state.name if state.name in _FACTOR_KEYS else Name.BIRTH_DATE
    if name is not None:
        return _listen(replace(state, name=name, failures=0, digits=""), tuple(replies))
    if any(reply.reply == _FAREWELL for reply in replies):
        return Step(replace(state, name=Name.ENDED, last=tuple(replies)), tuple(replies), HangUp())
    after = () if asks else (Prompt("voice_anything_else"),)
    return _listen(replace(state, name=Name.ASK, failures=0), (*replies, *after), repeat=tuple(replies))


def _open(state: CallState) -> Step:
    if len(state.languages) == 1:
        return _listen(replace(state, name=Name.ASK), (Prompt("voice_welcome"), Prompt("voice_ask")))
    welcome = Prompt("voice_welcome", {}, state.language)
    return _listen(state, (welcome, *_language_prompts(state)))


def _language_prompts(state: CallState) -> tuple[Prompt, ...]:
    return tuple(
        Prompt("voice_language", {"digit": str(number)}, language)
        for number, language in enumerate(state.languages, start=1)
    )


def _language(state: CallState, heard: Input) -> Step:
    chosen = _chosen_language(state, heard)
    if chosen is not None:
        return _listen(replace(state, name=Name.ASK, language=chosen, failures=0), (Prompt("voice_ask"),))
    if heard.kind is Heard.SPEECH:
        # Somebody who starts to speak has chosen: what they say shows the language, and may be urgent.
        return _think(replace(state, name=Name.ASK), heard)
    if state.failures + 1 >= _FAILURES:
        return _menu(replace(state, failures=0))
    return _listen(replace(state, failures=state.failures + 1), _language_prompts(state))


def _chosen_language(state: CallState, heard: Input) -> str | None:
    if heard.kind is Heard.DIGITS and heard.value.isdigit() and 1 <= int(heard.value) <= len(state.languages):
        return state.languages[int(heard.value) - 1]
    return None


def _ask(state: CallState, heard: Input) -> Step:
    if heard.kind is Heard.DIGITS and heard.value == "1":
        return _menu(replace(state, failures=0))
    if heard.kind is Heard.SPEECH and not _misheard(heard):
        return _think(state, heard)
    return _failed(state, heard, (Prompt("voice_ask"),))


def _menu_key(state: CallState, heard: Input) -> Step:
    if heard.kind is Heard.DIGITS and heard.value in _MENU:
        return Step(replace(state, failures=0), (), Think(payload=_MENU[heard.value]))
    if heard.kind is Heard.SPEECH and not _misheard(heard):
        return _think(state, heard)
    return _failed(state, heard, (Prompt("voice_menu"),))


def _factor(state: CallState, heard: Input) -> Step:
    keys = _FACTOR_KEYS[state.name]
    digits = "".join(character for character in heard.value if character.isdigit())
    enough = len(digits) == keys if keys else len(digits) >= 4
    if heard.kind is Heard.DIGITS and enough:
        if state.name is Name.MEMBER_NUMBER:
            return _read_back(replace(state, digits=digits))
        return Step(replace(state, digits=""), (), Think(text=digits))
    return _failed(state, heard, (Prompt(f"verify_{state.name}"),))


def _read_back(state: CallState) -> Step:
    confirm = replace(state, name=Name.CONFIRM_NUMBER, failures=0)
    return _listen(confirm, (Prompt("voice_readback", {"digits": {"digits": state.digits}}),))


def _confirm(state: CallState, heard: Input) -> Step:
    if heard.kind is Heard.DIGITS and heard.value == "1":
        return Step(replace(state, name=Name.MEMBER_NUMBER, digits=""), (), Think(text=state.digits))
    if heard.kind is Heard.DIGITS and heard.value == "2":
        return _listen(replace(state, name=Name.MEMBER_NUMBER, digits=""), (Prompt("verify_member_number"),))
    return _failed(state, heard, (Prompt("voice_readback", {"digits": {"digits": state.digits}}),))


def _ended(state: CallState, _heard: Input) -> Step:
    return _to_person(state)


def _think(state: CallState, heard: Input) -> Step:
    sure = heard.confidence is None or heard.confidence >= _SURE
    echo = () if sure else (Prompt("voice_heard", {"heard": heard.value}),)
    return Step(replace(state, failures=0), echo, Think(text=heard.value))


def _misheard(heard: Input) -> bool:
    return heard.confidence is not None and heard.confidence < _UNSURE


def _failed(state: CallState, heard: Input, again: tuple[Prompt, ...]) -> Step:
    """Say what went wrong and ask again; the second time go one step towards a person."""
    why = Prompt("voice_silence" if heard.kind is Heard.SILENCE else "voice_misheard")
    if state.failures + 1 < _FAILURES:
        return _listen(replace(state, failures=state.failures + 1), (why, *again))
    if state.name is Name.ASK:
        return _menu(replace(state, failures=0), why)
    return _to_person(state)


def _menu(state: CallState, *before: Prompt) -> Step:
    return _listen(replace(state, name=Name.MENU), (*before, Prompt("voice_menu")))


def _to_person(state: CallState) -> Step:
    return Step(replace(state, name=Name.ENDED), (Prompt("voice_to_person"),), ToPerson())


def _to_emergency(state: CallState) -> Step:
    return Step(replace(state, failures=0), (), Think(payload="action:action_emergency"))


def _repeat(state: CallState) -> Step:
    said = state.last or (Prompt("voice_ask"),)
    return Step(state, said, _listening(state))


def _listening(state: CallState) -> Action:
    if state.name in _FACTOR_KEYS:
        return Listen(speech=False, keys=_FACTOR_KEYS[state.name])
    return Listen(speech=state.name is not Name.CONFIRM_NUMBER)


def _listen(state: CallState, prompts: tuple[Prompt, ...], repeat: tuple[Prompt, ...] | None = None) -> Step:
    kept = replace(state, last=prompts if repeat is None else repeat)
    return Step(kept, prompts, _listening(kept))


_HANDLERS: dict[Name, Callable[[CallState, Input], Step]] = {
    Name.LANGUAGE: _language,
    Name.ASK: _ask,
    Name.MENU: _menu_key,
    Name.BIRTH_DATE: _factor,
    Name.MEMBER_NUMBER: _factor,
    Name.CONFIRM_NUMBER: _confirm,
    Name.CODE: _factor,
    Name.ENDED: _ended,
}
_EVERYWHERE: dict[str, Callable[[CallState], Step]] = {
    _PERSON: _to_person,
    _EMERGENCY: _to_emergency,
    _REPEAT: _repeat,
}
