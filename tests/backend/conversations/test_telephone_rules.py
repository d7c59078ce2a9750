"""The pure rules of the queue: estimates, who may answer, what an attempt leads to, what Twilio's words mean."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.conversations.telephone import rules
from backend.conversations.telephone.rules import Estimate, Promise, Waiting, estimated_wait

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TALKS = st.lists(st.timedeltas(timedelta(seconds=20), timedelta(hours=1)), min_size=5, max_size=50)
SARI, BUDI = uuid4(), uuid4()


@pytest.mark.requirement("S0-90")
@pytest.mark.parametrize(
    ("position", "people", "minutes_each", "talks", "said"),
    [
        (1, 1, 6, 5, Estimate(6)),
        (3, 3, 6, 5, Estimate(6)),
        (2, 4, 3, 9, Estimate(2)),
        (1, 8, 1, 5, Estimate(1)),
        (9, 1, 6, 5, Estimate(30, longer=True)),
        (1, 0, 6, 5, None),
        (1, 1, 6, 4, None),
        (0, 1, 6, 5, None),
    ],
)
def test_an_estimate_is_the_mean_talk_by_place_and_people(position, people, minutes_each, talks, said):
    assert estimated_wait(position, people, [timedelta(minutes=minutes_each)] * talks) == said


@pytest.mark.requirement("S0-90")
@given(position=st.integers(1, 200), people=st.integers(1, 50), talks=TALKS)
def test_nobody_further_behind_is_told_to_wait_less(position, people, talks):
    here, behind = estimated_wait(position, people, talks), estimated_wait(position + 1, people, talks)
    assert 1 <= here.minutes <= behind.minutes <= rules.LONGEST_SAID
    assert behind.longer or not here.longer


@pytest.mark.requirement("S0-90")
@given(position=st.integers(1, 200), people=st.integers(1, 50), talks=TALKS)
def test_more_people_never_make_the_wait_longer(position, people, talks):
    assert estimated_wait(position, people + 1, talks).minutes <= estimated_wait(position, people, talks).minutes


@pytest.mark.parametrize(
    ("call", "ago", "role", "reason"),
    [
        (Waiting("helpline", 2, False, None, None), 0, "agent", None),
        (Waiting("helpline", 2, True, None, None), 0, "agent", rules.GONE),
        (Waiting("helpline", 2, False, BUDI, None), 10, "agent", rules.TAKEN_BY_OTHER),
        (Waiting("helpline", 2, False, BUDI, None), 50, "agent", None),
        (Waiting("helpline", 2, False, SARI, None), 10, "agent", None),
        (Waiting("doctor", 1, False, None, None), 0, "agent", rules.FOR_A_DOCTOR),
        (Waiting("doctor", 1, False, None, None), 0, "doctor", None),
        (Waiting("doctor", 0, False, None, None), 0, "agent", None),
        (Waiting("helpline", 2, False, None, None), 0, "doctor", None),
    ],
)
def test_who_may_answer(call, ago, role, reason):
    claimed_at = NOW - timedelta(seconds=ago) if call.claimed_by else None
    refusal = rules.may_answer(replace(call, claimed_at=claimed_at), SARI, role, NOW)
    assert (refusal.reason if refusal else None) == reason


@pytest.mark.parametrize(
    ("state", "desk", "ago", "role", "reason"),
    [
        ("due", "helpline", None, "agent", None),
        ("calling", "helpline", 30, "agent", rules.CALLBACK_RUNNING),
        ("calling", "helpline", 300, "agent", None),
        ("done", "helpline", None, "agent", rules.CALLBACK_OVER),
        ("failed", "helpline", None, "agent", rules.CALLBACK_OVER),
        ("due", "doctor", None, "agent", rules.FOR_A_DOCTOR),
        ("due", "doctor", None, "doctor", None),
    ],
)
def test_who_may_call_back(state, desk, ago, role, reason):
    at = NOW - timedelta(seconds=ago) if ago else None
    refusal = rules.may_call_back(Promise(state, desk, BUDI, at), SARI, role, NOW)
    assert (refusal.reason if refusal else None) == reason


@pytest.mark.parametrize(
    ("attempts", "reached", "state"), [(1, True, "done"), (1, False, "due"), (2, False, "due"), (3, False, "failed")]
)
def test_three_calls_nobody_answers_are_enough(attempts, reached, state):
    assert rules.after_attempt(attempts, reached=reached) == state


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("bridged", "answered"),
        ("redirected-from-bridged", "answered"),
        ("bridging-in-process", None),
        ("hangup", "abandoned"),
        ("leave", "abandoned"),
        ("queue-full", "abandoned"),
        ("system-error", "abandoned"),
        ("a word of tomorrow", "abandoned"),
    ],
)
def test_what_twilio_says_of_the_end(said, outcome):
    assert rules.outcome_of(said) == outcome
