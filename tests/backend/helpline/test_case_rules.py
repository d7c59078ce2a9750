"""Whose turn a case is and who may do what: tables."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.helpline.rules import cases as rules
from backend.helpline.rules.cases import Standing, Worker

ME, OTHER = UUID(int=1), UUID(int=2)
AGENT, DOCTOR, ADMIN = (Worker(ME, role) for role in ("agent", "doctor", "admin"))
OPEN = Standing("open", None, "helpline")
OFFERED = Standing("open", OTHER, "helpline")
MINE = Standing("taken", ME, "helpline")
THEIRS = Standing("taken", OTHER, "helpline")
CLOSED = Standing("closed", OTHER, "helpline")
FOR_DOCTOR = Standing("open", None, "doctor")
EMERGENCY = Standing("open", None, "doctor", "urgent")

TAKEN, DONE, MEDICAL, FREE = (
    "helpline.taken_by_other",
    "helpline.case_closed",
    "helpline.for_a_doctor",
    "helpline.not_taken",
)


def _reason(refusal) -> str | None:
    return refusal and refusal.reason


@pytest.mark.requirement("S0-95")
@pytest.mark.parametrize(
    ("case", "worker", "answers"),
    [
        (OPEN, AGENT, [None, FREE, None, None]),
        (OFFERED, AGENT, [None, FREE, None, None]),
        (MINE, AGENT, [None, None, None, None]),
        (THEIRS, AGENT, [TAKEN, TAKEN, TAKEN, TAKEN]),
        (THEIRS, ADMIN, [TAKEN, None, None, None]),
        (CLOSED, AGENT, [DONE, DONE, DONE, None]),
        (FOR_DOCTOR, AGENT, [MEDICAL, FREE, None, None]),
        (FOR_DOCTOR, ADMIN, [MEDICAL, FREE, None, None]),
        (FOR_DOCTOR, DOCTOR, [None, FREE, None, None]),
        (EMERGENCY, AGENT, [None, FREE, None, None]),
    ],
)
def test_who_may_do_what(case, worker, answers):
    """Take, release, transfer, close; who may take may reply."""
    asked = (rules.may_take, rules.may_release, rules.may_transfer, rules.may_close)
    assert [_reason(may(case, worker)) for may in asked] == answers
    assert _reason(rules.may_reply(case, worker)) == answers[0]


@pytest.mark.parametrize(
    ("desk", "role", "refused"),
    [
        ("helpline", "agent", False),
        ("helpline", "doctor", False),
        ("doctor", "doctor", False),
        ("doctor", "agent", True),
        ("helpline", "admin", True),
        ("helpline", "finance", True),
    ],
)
def test_who_can_be_handed_a_case(desk, role, refused):
    assert (rules.may_receive(desk, role) is not None) is refused


CASES = st.tuples(st.sampled_from(list(rules.RANK)), st.datetimes(timezones=st.just(UTC)))


@pytest.mark.requirement("S0-90")
@given(st.lists(CASES))
def test_nobody_less_urgent_or_later_stands_before_another(cases):
    queue = sorted(cases, key=lambda case: rules.queue_place(*case))
    for (first, since), (second, later) in zip(queue, queue[1:], strict=False):
        assert rules.RANK[first] < rules.RANK[second] or (first == second and since <= later)


@pytest.mark.requirement("S0-90")
@pytest.mark.parametrize(("priority", "minutes"), [("urgent", 2), ("high", 15), ("normal", 60)])
def test_the_more_urgent_the_sooner_somebody_answers(priority, minutes):
    moment = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)
    assert rules.due_at(priority, moment) - moment == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("known", "others", "stale"),
    [(None, [9], False), (3, [], False), (3, [3], False), (3, [4], True), (3, [2, 4], True)],
)
def test_only_what_colleagues_did_later_is_news(known, others, stale):
    assert rules.is_stale(known, others) is stale
