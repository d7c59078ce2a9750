"""Whose turn a case is and who may do what: tables."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.helpline.rules import cases as rules
from backend.helpline.rules.cases import Standing, Worker
from backend.kit.working_hours import WorkingHours, every_day

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


OFFICE = WorkingHours("Asia/Jakarta", every_day(time(8, 30), time(18, 30), range(5)))
FRIDAY_1815 = datetime(2026, 11, 27, 11, 15, tzinfo=UTC)
MONDAY_0830 = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)


@pytest.mark.requirement("S2-55", "S0-90")
@pytest.mark.parametrize(
    ("priority", "due"),
    [
        ("normal", MONDAY_0830 + timedelta(minutes=45)),
        ("high", FRIDAY_1815 + timedelta(minutes=15)),
        ("urgent", FRIDAY_1815 + timedelta(minutes=2)),
    ],
)
def test_a_case_of_friday_evening_is_due_when_the_desk_has_worked_that_long(priority, due):
    assert rules.due_at(priority, FRIDAY_1815, OFFICE) == due


def test_an_emergency_counts_by_the_stopwatch_also_while_the_desk_is_closed():
    night = FRIDAY_1815 + timedelta(hours=6)
    assert rules.due_at("urgent", night, OFFICE) == night + timedelta(minutes=2)


def test_at_a_desk_that_never_opens_the_stopwatch_runs():
    closed = WorkingHours("Asia/Jakarta", (), None, frozenset(_four_hundred_days(FRIDAY_1815.date())))

    assert rules.due_at("normal", FRIDAY_1815, closed) == FRIDAY_1815 + timedelta(hours=1)


def _four_hundred_days(first):
    return [first + timedelta(days=ahead) for ahead in range(-2, 410)]


@given(st.timedeltas(timedelta(0), timedelta(days=730)))
def test_what_is_due_at_an_office_is_due_while_somebody_is_there_and_never_sooner_than_the_stopwatch(later):
    moment = FRIDAY_1815 + later
    due = rules.due_at("normal", moment, OFFICE)
    assert due >= moment + timedelta(hours=1)
    assert OFFICE.between(moment, due) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("known", "others", "stale"),
    [(None, [9], False), (3, [], False), (3, [3], False), (3, [4], True), (3, [2, 4], True)],
)
def test_only_what_colleagues_did_later_is_news(known, others, stale):
    assert rules.is_stale(known, others) is stale
