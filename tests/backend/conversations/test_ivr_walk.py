"""The telephone walked through every state with everything a caller can do: every language, every kind of client.

The graph is walked breadth first from the first ring. What the helpline answers, whether anybody is at the desk, what
Twilio says of queue and telephones: all of it is an edge. A state from which no person can be reached fails here.
"""

from collections import deque
from dataclasses import dataclass, replace
from functools import cache

import pytest

from backend.conversations.ivr.handover import after_queue, put_through, rang
from backend.conversations.ivr.states import (
    CallState,
    Capacity,
    Enqueue,
    HangUp,
    Heard,
    Input,
    Leave,
    Listen,
    Meaning,
    Name,
    PromiseCallBack,
    Prompt,
    Record,
    Ring,
    Step,
    Think,
    ToPerson,
    Wait,
)
from backend.conversations.ivr.voices import voices
from backend.conversations.ivr.walk import advance, begin, told
from backend.helpline import catalogue
from backend.helpline.catalogue import Reply

KEYS = [Input(Heard.DIGITS, key) for key in "0123456789*"]
NUMBERS = [Input(Heard.DIGITS, "17051990"), Input(Heard.DIGITS, "123456"), Input(Heard.DIGITS, "12")]
SPEECH = [
    Input(Heard.SPEECH, "my claim please", 0.9),
    Input(Heard.SPEECH, "my claim please", 0.5),
    Input(Heard.SPEECH, "mumble", 0.1),
    Input(Heard.SPEECH, "no confidence said"),
    *(Input(Heard.SPEECH, f"words that mean {meaning}", 0.9, meaning) for meaning in Meaning),
]
RECORDINGS = [Input(Heard.RECORDED, key) for key in ("#", "0", "5", "9", "*", "hangup")]
SILENCE = Input(Heard.SILENCE)
CALLER = [*KEYS, *NUMBERS, *SPEECH, SILENCE]
ANSWERS = [
    "utter_goodbye",
    "claim_status",
    "verify_birth_date",
    "verify_member_number",
    "verify_code",
    "verify_wrong",
    "verify_locked",
    "emergency",
    "doctor",
    "handover",
    "fallback",
]
ANSWER_OF = {"action:action_emergency": "emergency", "action:action_doctor": "doctor"}
CAPACITIES = [Capacity(people=people, number=number) for people in (True, False) for number in (True, False)]
EVERY_DESK = frozenset(range(len(CAPACITIES)))
CLIENTS = [
    (("id", "en"), True, True),
    (("en", "id", "pt"), False, False),
    (("pt", "en"), False, True),
    (("id",), True, False),
    (("en",), False, False),
    (("pt",), True, True),
]
"""Languages, whether the client records calls, whether we know a number to call back."""


@dataclass(frozen=True)
class Edge:
    """One thing that can happen in a state, what follows, and with whom at the desk (an index of CAPACITIES)."""

    state: CallState
    heard: Input | None
    step: Step
    having: frozenset[int]


def plain(state: CallState) -> CallState:
    """Without what only "repeat" uses and without the words and digits themselves, so that the walk ends."""
    return replace(state, last=(), digits="1" if state.digits else "", unsure="x" if state.unsure else "")


def answered(step: Step):
    """What a step becomes once the helpline has answered, with everything it may answer."""
    if not isinstance(step.action, Think):
        return [step]
    known = ANSWER_OF.get(step.action.payload or "")
    made = [told(step.state, [Prompt(reply)], asks=False) for reply in ([known] if known else ANSWERS)]
    return made if known else [*made, told(step.state, [Prompt("claim_status")], asks=True)]


def through(step: Step, capacity: Capacity) -> Step:
    """What a step becomes once the desk was looked at."""
    if not isinstance(step.action, ToPerson):
        return step
    return put_through(step.state, step.action, capacity, step.prompts)


def inputs_of(state: CallState):
    return [*CALLER, *RECORDINGS] if state.name is Name.VOICEMAIL else CALLER


def advances_of(state: CallState):
    """What the inputs lead to, one input for each; the words of a turn make no difference to it."""
    found = {}
    for heard in inputs_of(state):
        step = advance(state, heard)
        action = Think(payload=step.action.payload) if isinstance(step.action, Think) else step.action
        found.setdefault((plain(step.state), action, tuple(prompt.reply for prompt in step.prompts)), (heard, step))
    return found.values()


def steps_of(state: CallState):
    """Everything that can follow, with the desks it follows with: by the caller, by Twilio's queue, by the telephone
    that rang.
    """
    for heard, advanced in advances_of(state):
        for step in answered(advanced):
            if isinstance(step.action, ToPerson):
                for index, capacity in enumerate(CAPACITIES):
                    yield heard, through(step, capacity), {index}
            else:
                yield heard, step, EVERY_DESK
    for index, capacity in enumerate(CAPACITIES):
        if state.queued or state.name is Name.VOICEMAIL:
            yield None, after_queue(state, bridged=False, capacity=capacity), {index}
    if state.queued:
        yield None, after_queue(state, bridged=True, capacity=CAPACITIES[0]), EVERY_DESK
    if state.name is Name.RINGING:
        for taken in (True, False):
            yield None, rang(state, answered=taken), EVERY_DESK


def edges_of(state: CallState):
    """The same without doubles: one edge for all desks, and for all inputs, that lead to the same."""
    found = {}
    for heard, step, having in steps_of(state):
        what = (plain(step.state), step.action, tuple(prompt.reply for prompt in step.prompts))
        found.setdefault(what, (heard, step, set()))[2].update(having)
    return [Edge(state, heard, step, frozenset(having)) for heard, step, having in found.values()]


@cache
def walk(languages, records, known):
    """Every reachable state of a client's calls, and every edge between them."""
    first = begin(languages, None, may_record=records, can_call_back=known)
    seen, queue, edges = set(), deque([plain(advance(first, Input(Heard.BEGIN)).state)]), []
    while queue:
        state = queue.popleft()
        if state in seen:
            continue
        seen.add(state)
        for edge in edges_of(state):
            edges.append(edge)
            queue.append(plain(edge.step.state))
    return seen, edges


@pytest.fixture(
    scope="module", params=CLIENTS, ids=lambda one: f"{'-'.join(one[0])}{'-records' * one[1]}{'-known' * one[2]}"
)
def walked(request):
    """One kind of client, walked to its end."""
    return (*walk(*request.param), request.param)


def can_reach(edges, goal) -> set[CallState]:
    """The states from which an edge that fulfils ``goal`` can be reached, backwards from those edges."""
    before: dict[CallState, set[CallState]] = {}
    reached = set()
    for edge in edges:
        before.setdefault(plain(edge.step.state), set()).add(edge.state)
        if goal(edge):
            reached.add(edge.state)
    waiting = deque(reached)
    while waiting:
        for state in before.get(waiting.popleft(), ()):
            if state not in reached:
                reached.add(state)
                waiting.append(state)
    return reached


def is_person(edge: Edge) -> bool:
    """In a queue for somebody, or a person's telephone rings."""
    return isinstance(edge.step.action, Enqueue | Ring) or (edge.state.queued and isinstance(edge.step.action, Wait))


def is_doctor(edge: Edge) -> bool:
    return is_person(edge) and edge.step.state.desk == "doctor"


def test_every_state_is_reached():
    assert {state.name for state in walk(*CLIENTS[0])[0]} == set(Name)


def test_what_a_client_does_not_have_is_never_offered(walked):
    seen, _, (languages, records, _) = walked
    names = {state.name for state in seen}
    assert (Name.LANGUAGE in names) == (len(languages) > 1)
    assert (Name.CONSENT in names) == records
    assert names >= set(Name) - {Name.LANGUAGE, Name.CONSENT}


@pytest.mark.requirement("S0-58", "S0-90", "S0-93")
@pytest.mark.parametrize("capacity", [index for index, one in enumerate(CAPACITIES) if one.people])
def test_a_person_is_reached_from_every_state_while_somebody_is_there(walked, capacity):
    seen, edges, _ = walked
    assert seen - can_reach([edge for edge in edges if capacity in edge.having], is_person) == set()


@pytest.mark.requirement("S0-92", "S0-80")
@pytest.mark.parametrize("capacity", range(len(CAPACITIES)))
def test_a_doctor_is_reached_from_every_state_at_any_hour(walked, capacity):
    seen, edges, _ = walked
    assert seen - can_reach([edge for edge in edges if capacity in edge.having], is_doctor) == set()


@pytest.mark.requirement("S0-91", "S0-80")
def test_without_anybody_there_everybody_still_leaves_a_word(walked):
    """Call-back or message from every state, for whoever can be recorded or called."""
    seen, edges, _ = walked
    nobody = [edge for edge in edges if any(not CAPACITIES[index].people for index in edge.having)]
    assert seen - can_reach(nobody, lambda edge: isinstance(edge.step.action, PromiseCallBack | Record)) == set()


def test_zero_is_a_person_and_nine_an_emergency_in_every_state(walked):
    for state in walked[0]:
        zero = advance(state, Input(Heard.DIGITS, "0"))
        assert isinstance(zero.action, Wait if state.queued else ToPerson), state
        assert advance(state, Input(Heard.DIGITS, "9")).action == Think(payload="action:action_emergency"), state


@pytest.mark.requirement("S0-80", "S0-89")
def test_spoken_danger_is_an_emergency_in_every_state(walked):
    spoken = Input(Heard.SPEECH, "she is not breathing", 0.2, Meaning.EMERGENCY)
    for state in walked[0]:
        assert advance(state, spoken).action == Think("she is not breathing", "action:action_emergency"), state


def test_silence_alone_comes_to_an_end_that_helps(walked):
    """A person, a call-back, or how to reach us: never for ever the same question."""
    for capacity in CAPACITIES:
        for begun in walked[0]:
            state = begun
            for _ in range(12):
                step = through(answered(advance(state, SILENCE))[0], capacity)
                if isinstance(step.action, Enqueue | Wait | Ring | PromiseCallBack | HangUp | Leave):
                    break
                state = step.state
            else:
                pytest.fail(f"{begun} asks for ever")


def test_where_a_person_has_the_thread_the_caller_comes_to_a_person(walked):
    for state in walked[0]:
        assert isinstance(told(state, [], asks=False).action, Wait if state.queued else ToPerson), state


def test_nobody_is_left_without_a_word(walked):
    for edge in walked[1]:
        if isinstance(edge.step.action, Listen | HangUp | Record | PromiseCallBack | Ring | Enqueue):
            assert edge.step.prompts, edge


def test_only_what_ends_a_matter_hangs_up(walked):
    farewells = {"utter_goodbye", "voice_goodbye", "voice_closed_goodbye", "voice_voicemail_thanks"}
    for edge in walked[1]:
        if isinstance(edge.step.action, HangUp):
            assert edge.step.prompts[-1].reply in farewells, edge


def test_in_the_queue_only_what_the_queue_can_play(walked):
    """Twilio plays no other verbs there: a recording or another queue needs the call to leave first."""
    for edge in walked[1]:
        if edge.state.queued and edge.heard is not None:
            assert isinstance(edge.step.action, Listen | Wait | Leave | PromiseCallBack), edge


@pytest.mark.requirement("S0-89")
def test_every_prompt_is_spoken_in_every_language(walked):
    known = {prompt.reply for edge in walked[1] for prompt in edge.step.prompts}
    for language in voices():
        for reply in known:
            assert reply in catalogue.entries(language), f"{reply} in {language}"
            assert catalogue.say(Reply.of(reply), language, voice=True).text.strip()


def test_identifiers_are_taken_by_keys_alone(walked):
    for edge in walked[1]:
        by_keys = edge.step.state.name in {Name.BIRTH_DATE, Name.MEMBER_NUMBER, Name.CODE}
        assert not (by_keys and isinstance(edge.step.action, Listen) and edge.step.action.speech), edge


@pytest.mark.requirement("S0-80")
def test_an_emergency_is_asked_nothing_and_waits_behind_nobody(walked):
    for edge in walked[1]:
        if edge.step.state.urgent and not edge.state.urgent:
            assert isinstance(edge.step.action, Enqueue | Ring | Wait), edge
            assert edge.step.state.desk == "doctor"


def test_nobody_is_recorded_who_did_not_say_yes(walked):
    for edge in walked[1]:
        if isinstance(edge.step.action, Record):
            assert edge.step.state.ok_to_voicemail is True, edge
        if edge.step.state.ok_to_record and not edge.state.ok_to_record:
            assert edge.heard is not None
            assert edge.heard.value == "1" or edge.heard.meaning is Meaning.YES


@pytest.mark.parametrize("trap", [Name.ASK, Name.MENU, Name.CODE, Name.CONFIRM_HEARD, Name.CONSENT, Name.ENDED])
def test_a_trap_would_be_found(monkeypatch, trap):
    """The walk is worth something: a state that only asks itself again makes it fail."""
    real = advance

    def stuck(state, heard):
        if state.name is trap:
            return Step(state, (Prompt("voice_ask"),), Listen())
        return real(state, heard)

    monkeypatch.setattr(f"{__name__}.advance", stuck)
    seen, edges = walk.__wrapped__(("en",), trap is Name.CONSENT, True)
    trapped = {state for state in seen if state.name is trap}
    assert trapped
    assert trapped <= seen - can_reach(edges, is_person)
