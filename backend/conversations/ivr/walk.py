"""The call as a table of states: ``advance`` for what comes in, ``told`` for what the helpline answered.

From every state 0 reaches a person and 9 an emergency; two failures lead from speech to the keypad menu and
two more from the menu to a person; the star, or "say that again", says it again. What comes after the wish for a
person stands in ``handover``. Only a goodbye ends the call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from backend.conversations.ivr import handover
from backend.conversations.ivr.states import (
    CallState,
    HangUp,
    Heard,
    Input,
    Meaning,
    Name,
    Prompt,
    Step,
    Think,
    ToPerson,
    Wait,
)
from backend.conversations.ivr.steps import (
    FACTOR_KEYS,
    FAILURES,
    again,
    listen,
    menu,
    misheard,
    repeated,
    says_no,
    says_yes,
    think,
    to_emergency,
    to_person,
    unclear,
    waiting,
)

_MENU = {
    "1": "action:action_show_card",
    "2": "action:action_balance",
    "3": "action:action_claim_status",
    "4": "/file_complaint",
    "5": "action:action_doctor",
}
_ASKED_BY = {
    "verify_birth_date": Name.BIRTH_DATE,
    "verify_member_number": Name.MEMBER_NUMBER,
    "verify_code": Name.CODE,
}
_FAREWELL = "utter_goodbye"
_PUT_THROUGH = {
    "emergency": ToPerson(urgent=True, case=False),
    "despair": ToPerson(urgent=True, case=False),
    "doctor": ToPerson(doctor=True, case=False),
    "handover": ToPerson(case=False),
    "verify_locked": ToPerson(case=False),
}


def begin(
    languages: Sequence[str], known: str | None, *, may_record: bool = False, can_call_back: bool = False
) -> CallState:
    """A call that just came in; ``known`` is the language of a caller we know."""
    first = known if known is not None and known in languages else languages[0]
    return CallState(Name.LANGUAGE, first, tuple(languages), may_record=may_record, can_call_back=can_call_back)


def advance(state: CallState, heard: Input) -> Step:
    """What follows from an input."""
    if heard.kind is Heard.BEGIN:
        return _open(state)
    if heard.kind in {Heard.DIGITS, Heard.RECORDED} and heard.value in _KEYS_EVERYWHERE:
        return _KEYS_EVERYWHERE[heard.value](state)
    if heard.kind is Heard.SPEECH and heard.meaning in _WORDS_EVERYWHERE:
        return _WORDS_EVERYWHERE[heard.meaning](state, heard)
    return _HANDLERS[state.name](state, heard)


def told(state: CallState, replies: Sequence[Prompt], *, asks: bool) -> Step:
    """What follows from the helpline's answer; ``asks`` when it ends with a question of its own.

    No answer at all means that a person has the thread: the bot keeps still, so the caller is put through.
    """
    through = next((_PUT_THROUGH[reply.reply] for reply in replies if reply.reply in _PUT_THROUGH), None)
    if through is not None:
        return Step(replace(state, last=tuple(replies)), tuple(replies), through)
    if state.queued:
        return Step(waiting(state), tuple(replies), Wait())
    if not replies:
        return Step(state, (), ToPerson(case=False))
    name = next((_ASKED_BY[reply.reply] for reply in reversed(replies) if reply.reply in _ASKED_BY), None)
    if name is None and any(reply.reply == "verify_wrong" for reply in replies):
        name = state.name if state.name in FACTOR_KEYS else Name.BIRTH_DATE
    if name is not None:
        return listen(replace(state, name=name, failures=0, digits=""), tuple(replies))
    if any(reply.reply == _FAREWELL for reply in replies):
        return Step(replace(state, name=Name.ENDED, last=tuple(replies)), tuple(replies), HangUp())
    after = () if asks else (Prompt("voice_anything_else"),)
    return listen(replace(state, name=Name.ASK, failures=0), (*replies, *after), repeat=tuple(replies))


def _open(state: CallState) -> Step:
    if len(state.languages) == 1:
        return listen(replace(state, name=Name.ASK), (Prompt("voice_welcome"), Prompt("voice_ask")))
    welcome = Prompt("voice_welcome", {}, state.language)
    return listen(state, (welcome, *_language_prompts(state)))


def _language_prompts(state: CallState) -> tuple[Prompt, ...]:
    return tuple(
        Prompt("voice_language", {"digit": str(number)}, language)
        for number, language in enumerate(state.languages, start=1)
    )


def _language(state: CallState, heard: Input) -> Step:
    chosen = _chosen_language(state, heard)
    if chosen is not None:
        return listen(replace(state, name=Name.ASK, language=chosen, failures=0), (Prompt("voice_ask"),))
    if heard.kind is Heard.SPEECH:
        # Somebody who starts to speak has chosen: what they say shows the language, and may be urgent.
        return think(replace(state, name=Name.ASK), heard.value)
    if state.failures + 1 >= FAILURES:
        return menu(replace(state, failures=0))
    return listen(replace(state, failures=state.failures + 1), _language_prompts(state))


def _chosen_language(state: CallState, heard: Input) -> str | None:
    if heard.kind is Heard.DIGITS and heard.value.isdigit() and 1 <= int(heard.value) <= len(state.languages):
        return state.languages[int(heard.value) - 1]
    return None


def _ask(state: CallState, heard: Input) -> Step:
    if heard.kind is Heard.DIGITS and heard.value == "1":
        return menu(replace(state, failures=0))
    return _spoken(state, heard) or again(state, heard, (Prompt("voice_ask"),))


def _menu_key(state: CallState, heard: Input) -> Step:
    if heard.kind is Heard.DIGITS and heard.value in _MENU:
        return Step(replace(state, failures=0), (), Think(payload=_MENU[heard.value]))
    return _spoken(state, heard) or again(state, heard, (Prompt("voice_menu"),))


def _spoken(state: CallState, heard: Input) -> Step | None:
    """Clear speech is a turn; unclear speech is said back and waits for a yes."""
    if heard.kind is not Heard.SPEECH or misheard(heard):
        return None
    if unclear(heard):
        asked = Prompt("voice_confirm_heard", {"heard": heard.value})
        return listen(replace(state, name=Name.CONFIRM_HEARD, unsure=heard.value, failures=0), (asked,))
    return think(state, heard.value)


def _confirm_heard(state: CallState, heard: Input) -> Step:
    if says_yes(heard):
        return think(replace(state, name=Name.ASK), state.unsure)
    if says_no(heard):
        return listen(replace(state, name=Name.ASK, unsure="", failures=0), (Prompt("voice_say_again"),))
    if heard.kind is Heard.SPEECH and not unclear(heard):
        return think(replace(state, name=Name.ASK), heard.value)
    return again(state, heard, (Prompt("voice_confirm_heard", {"heard": state.unsure}),))


def _factor(state: CallState, heard: Input) -> Step:
    keys = FACTOR_KEYS[state.name]
    digits = "".join(character for character in heard.value if character.isdigit())
    enough = len(digits) == keys if keys else len(digits) >= 4
    if heard.kind is Heard.DIGITS and enough:
        if state.name is Name.MEMBER_NUMBER:
            return _read_back(replace(state, digits=digits))
        return Step(replace(state, digits=""), (), Think(text=digits))
    return again(state, heard, (Prompt(f"verify_{state.name}"),))


def _read_back(state: CallState) -> Step:
    confirm = replace(state, name=Name.CONFIRM_NUMBER, failures=0)
    return listen(confirm, (Prompt("voice_readback", {"digits": {"digits": state.digits}}),))


def _confirm_number(state: CallState, heard: Input) -> Step:
    if heard.kind is Heard.DIGITS and heard.value == "1":
        return Step(replace(state, name=Name.MEMBER_NUMBER, digits=""), (), Think(text=state.digits))
    if heard.kind is Heard.DIGITS and heard.value == "2":
        return listen(replace(state, name=Name.MEMBER_NUMBER, digits=""), (Prompt("verify_member_number"),))
    return again(state, heard, (Prompt("voice_readback", {"digits": {"digits": state.digits}}),))


_HANDLERS: dict[Name, Callable[[CallState, Input], Step]] = {
    Name.LANGUAGE: _language,
    Name.ASK: _ask,
    Name.CONFIRM_HEARD: _confirm_heard,
    Name.MENU: _menu_key,
    Name.BIRTH_DATE: _factor,
    Name.MEMBER_NUMBER: _factor,
    Name.CONFIRM_NUMBER: _confirm_number,
    Name.CODE: _factor,
    Name.CONSENT: handover.consent,
    Name.WAITING: handover.in_queue,
    Name.CLOSED: handover.when_closed,
    Name.RINGING: handover.ringing,
    Name.VOICEMAIL_CONSENT: handover.voicemail_consent,
    Name.VOICEMAIL: handover.voicemail,
    Name.ENDED: handover.ended,
}
_KEYS_EVERYWHERE: dict[str, Callable[[CallState], Step]] = {"0": to_person, "9": to_emergency, "*": repeated}
_WORDS_EVERYWHERE: dict[Meaning | None, Callable[[CallState, Input], Step]] = {
    Meaning.EMERGENCY: lambda state, heard: to_emergency(state, heard.value),
    Meaning.PERSON: lambda state, heard: to_person(state) if state.queued else think(state, heard.value),
    Meaning.REPEAT: lambda state, _heard: repeated(state),
}
