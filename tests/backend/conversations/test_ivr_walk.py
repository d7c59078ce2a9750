"""The telephone walked through every state, in every language, with everything a caller can do."""

from collections import deque

import pytest

from backend.conversations.ivr.fallback import TWIML
from backend.conversations.ivr.states import CallState, Heard, Input, Listen, Name, Prompt, Think, ToPerson
from backend.conversations.ivr.voices import VOICES
from backend.conversations.ivr.walk import advance, begin, told
from backend.helpline import catalogue
from backend.helpline.catalogue import Reply

INPUTS = [
    Input(Heard.BEGIN),
    *(Input(Heard.DIGITS, key) for key in "0123456789*"),
    Input(Heard.DIGITS, "17051990"),
    Input(Heard.DIGITS, "123456"),
    Input(Heard.SPEECH, "my claim please", 0.9),
    Input(Heard.SPEECH, "my claim please", 0.5),
    Input(Heard.SPEECH, "mumble", 0.1),
    Input(Heard.SPEECH, "no confidence said"),
    Input(Heard.SILENCE),
]
ANSWERS = [
    ("utter_goodbye",),
    ("claim_status",),
    ("verify_birth_date",),
    ("verify_member_number",),
    ("verify_code",),
    ("verify_wrong",),
    ("verify_locked",),
    ("emergency",),
    ("doctor",),
    ("handover",),
    ("fallback",),
]


def steps_from(state: CallState):
    """Every step that can follow a state, with what the helpline may answer to a turn."""
    for heard in INPUTS:
        step = advance(state, heard)
        yield step
        if isinstance(step.action, Think):
            for reply_ids in ANSWERS:
                for asks in (False, True):
                    yield told(step.state, [Prompt(reply_id) for reply_id in reply_ids], asks=asks)


def plain(state: CallState) -> CallState:
    """Without what only "repeat" uses, so that the walk ends."""
    return CallState(state.name, state.language, state.languages, state.failures, state.digits)


@pytest.fixture(scope="module", params=["id", "en", "pt"])
def walked(request):
    """Every reachable state of a call that begins in a language."""
    languages = (request.param, *(code for code in VOICES if code != request.param))
    seen, waiting, steps = set(), deque([begin(languages, request.param)]), []
    while waiting:
        state = plain(waiting.popleft())
        if state in seen:
            continue
        seen.add(state)
        for step in steps_from(state):
            steps.append(step)
            waiting.append(step.state)
    return seen, steps


def test_every_state_is_reached(walked):
    assert {state.name for state in walked[0]} == set(Name)


@pytest.mark.requirement("S0-58", "S0-90")
def test_zero_reaches_a_person_from_everywhere(walked):
    for state in walked[0]:
        assert isinstance(advance(state, Input(Heard.DIGITS, "0")).action, ToPerson), state


@pytest.mark.requirement("S0-80")
def test_nine_is_an_emergency_everywhere(walked):
    for state in walked[0]:
        assert advance(state, Input(Heard.DIGITS, "9")).action == Think(payload="action:action_emergency"), state


@pytest.mark.requirement("S0-93")
def test_silence_alone_reaches_a_person(walked):
    for begun in walked[0]:
        state = begun
        for _ in range(8):
            step = advance(state, Input(Heard.SILENCE))
            if isinstance(step.action, ToPerson):
                break
            state = step.state
        else:
            pytest.fail(f"{begun} never reaches a person")


def test_nobody_is_left_without_a_word(walked):
    for step in walked[1]:
        if not isinstance(step.action, Think):
            assert step.prompts, step


@pytest.mark.requirement("S0-89")
def test_every_prompt_is_spoken_in_every_language(walked):
    known = {prompt.reply for step in walked[1] for prompt in step.prompts}
    for language in VOICES:
        for reply in known:
            assert reply in catalogue.entries(language), f"{reply} in {language}"
            assert catalogue.say(Reply.of(reply), language, voice=True).text.strip()


def test_identifiers_are_taken_by_keys_alone(walked):
    for step in walked[1]:
        if step.state.name in {Name.BIRTH_DATE, Name.MEMBER_NUMBER, Name.CODE} and isinstance(step.action, Listen):
            assert not step.action.speech


def test_the_star_says_it_again():
    state = advance(begin(("id", "en"), "en"), Input(Heard.DIGITS, "2")).state
    assert advance(state, Input(Heard.DIGITS, "*")).prompts == state.last


def test_a_member_number_is_read_back_before_it_is_used():
    state = CallState(Name.MEMBER_NUMBER, "en", ("en",))
    step = advance(state, Input(Heard.DIGITS, "900012345"))
    assert step.prompts[0].reply == "voice_readback"
    assert advance(step.state, Input(Heard.DIGITS, "1")).action == Think(text="900012345")
    assert advance(step.state, Input(Heard.DIGITS, "2")).state.name is Name.MEMBER_NUMBER


def test_what_was_hardly_heard_is_repeated_to_the_caller():
    state = CallState(Name.ASK, "en", ("en",))
    assert advance(state, Input(Heard.SPEECH, "my card", 0.4)).prompts[0].reply == "voice_heard"
    assert advance(state, Input(Heard.SPEECH, "my card", 0.95)).prompts == ()


def test_a_state_survives_its_row():
    state = advance(begin(("id", "en"), None), Input(Heard.BEGIN)).state
    assert CallState.of_json(state.as_json()) == state


def test_the_last_resort_needs_no_database_and_speaks_every_language():
    assert "<Enqueue" in TWIML
    assert all(voice.say_language in TWIML for voice in VOICES.values())
