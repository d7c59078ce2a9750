"""The clocks of a complaint: standstill, second period, extension, conversion; each row worked out on a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.complaints import rules
from backend.complaints.clocks import Clock, rule_sets
from backend.complaints.rules import timing
from backend.complaints.rules.timing import Pause
from backend.kit.deadlines import WorkCalendar
from backend.kit.refusal import Refusal

POJK_22, POJK_18 = rule_sets()["pojk-22-2023"], rule_sets()["pojk-18-2018"]
WITHOUT_JOINT_LEAVE = WorkCalendar("ID", joint_leave_free=True)
JOINT_LEAVE_WORKED = WorkCalendar("ID")
MOVED = WorkCalendar(
    "ID",
    joint_leave_free=True,
    extra_free=frozenset({date(2026, 7, 8)}),
    extra_working=frozenset({date(2026, 12, 24)}),
)


def clock(calendar=WITHOUT_JOINT_LEAVE, rule_set=POJK_22) -> Clock:
    return Clock(rule_set, calendar, "Asia/Jakarta", theirs=WITHOUT_JOINT_LEAVE)


days = st.dates(date(2019, 1, 1), date(2035, 12, 31))
waits = st.integers(0, 60)
calendars = st.sampled_from([WITHOUT_JOINT_LEAVE, JOINT_LEAVE_WORKED, WorkCalendar("MZ"), WorkCalendar("AO"), MOVED])


@pytest.mark.requirement("S0-94")
@pytest.mark.parametrize(
    ("calendar", "received", "spoken", "acknowledge_by", "resolve_by"),
    [
        pytest.param(
            WITHOUT_JOINT_LEAVE, date(2026, 7, 6), False, date(2026, 7, 8), date(2026, 7, 20), id="an ordinary July"
        ),
        pytest.param(
            WITHOUT_JOINT_LEAVE,
            date(2026, 12, 23),
            True,
            date(2026, 12, 29),
            date(2027, 1, 4),
            id="year end: 24 December joint leave, 25 and 1 January holidays; 28, 29, 30, 31, 4",
        ),
        pytest.param(
            WITHOUT_JOINT_LEAVE,
            date(2026, 12, 23),
            False,
            date(2026, 12, 29),
            date(2027, 1, 12),
            id="ten over the year end: 28-31 are 4, 4 January 5, the 5th a holiday, 6-8 make 8, 11 and 12",
        ),
        pytest.param(
            JOINT_LEAVE_WORKED,
            date(2026, 12, 23),
            True,
            date(2026, 12, 28),
            date(2026, 12, 31),
            id="year end where the contract counts joint leave as worked: 24, 28, 29, 30, 31",
        ),
        pytest.param(
            WITHOUT_JOINT_LEAVE, date(2026, 3, 13), True, date(2026, 3, 17), date(2026, 3, 27), id="Lebaran with leave"
        ),
        pytest.param(
            JOINT_LEAVE_WORKED,
            date(2026, 3, 13),
            True,
            date(2026, 3, 17),
            date(2026, 3, 23),
            id="Lebaran, leave worked",
        ),
        pytest.param(
            WITHOUT_JOINT_LEAVE, date(2026, 3, 13), False, date(2026, 3, 17), date(2026, 4, 6), id="ten over Lebaran"
        ),
        pytest.param(
            MOVED, date(2026, 7, 6), False, date(2026, 7, 9), date(2026, 7, 21), id="a works holiday on 8 July"
        ),
        pytest.param(
            MOVED,
            date(2026, 12, 23),
            True,
            date(2026, 12, 28),
            date(2026, 12, 31),
            id="a decree takes the leave of 24 December back",
        ),
        pytest.param(
            WorkCalendar("MZ"),
            date(2028, 2, 25),
            True,
            date(2028, 2, 29),
            date(2028, 3, 3),
            id="Maputo, over a leap day",
        ),
    ],
)
def test_a_complaint_is_due_when_a_wall_calendar_says(calendar, received, spoken, acknowledge_by, resolve_by):
    due = rules.deadlines(POJK_22, spoken, received, clock(calendar).after)
    assert (due.acknowledge_by, due.resolve_by) == (acknowledge_by, resolve_by)


def test_the_complainants_days_leave_joint_leave_free_although_ours_count_it():
    """Ten days from 13 March 2026: theirs end on 6 April, in our own calendar it would be 30 March."""
    ours = clock(JOINT_LEAVE_WORKED)
    pause = timing.paused(POJK_22, date(2026, 3, 13), 10, ours.after, ours.after_for_them)
    assert pause.information_by == date(2026, 4, 6)


def test_papers_on_the_fourth_day_leave_the_whole_written_time():
    """Asked on Monday 6 July, there on Friday the 10th: ten from then end on the 24th."""
    days_left = timing.days_left_at_pause(
        POJK_22,
        resolve_by=date(2026, 7, 20),
        asked_on=date(2026, 7, 6),
        first=True,
        extended=False,
        between=clock().between,
    )
    assert timing.resumed(date(2026, 7, 20), date(2026, 7, 10), days_left, clock().after) == date(2026, 7, 24)


def test_a_second_question_only_stops_what_was_left():
    """Three working days before the end asked, five days later answered: three days remain from then."""
    days_left = timing.days_left_at_pause(
        POJK_22,
        resolve_by=date(2026, 7, 20),
        asked_on=date(2026, 7, 15),
        first=False,
        extended=False,
        between=clock().between,
    )
    assert days_left == 3
    assert timing.resumed(date(2026, 7, 20), date(2026, 7, 22), days_left, clock().after) == date(2026, 7, 27)


@pytest.mark.parametrize(
    ("already", "today", "reason"),
    [
        (True, date(2026, 7, 10), "complaints.more_time_once"),
        (False, date(2026, 7, 21), "complaints.past_deadline"),
    ],
)
def test_a_second_period_is_given_once_and_in_time(already, today, reason):
    refused = timing.more_time(
        POJK_22,
        Pause(date(2026, 7, 20), date(2026, 8, 3)),
        today,
        already=already,
        days_left=10,
        after=clock().after,
        theirs=clock().after,
    )
    assert isinstance(refused, Refusal)
    assert refused.reason == reason


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"reason": "we are busy"}, "complaints.reason_not_listed"),
        ({"reason": ""}, "complaints.reason_not_listed"),
        ({"spoken": True}, "complaints.oral_is_converted"),
        ({"already": True}, "complaints.already_extended"),
        ({"today": date(2026, 7, 21)}, "complaints.past_deadline"),
    ],
)
def test_an_extension_is_refused(facts, reason):
    asked = {"spoken": False, "already": False, "reason": "other_office", "today": date(2026, 7, 20)} | facts
    today = asked.pop("today")
    refused = rules.extended(POJK_22, date(2026, 7, 20), today, clock().after, **asked)
    assert isinstance(refused, Refusal)
    assert refused.reason == reason


@pytest.mark.parametrize("rule_set", sorted(rule_sets()))
def test_every_rule_set_lists_reasons_for_an_extension(rule_set):
    chosen = rule_sets()[rule_set]
    for reason in chosen.extension_reasons:
        day = rules.extended(
            chosen, date(2026, 7, 20), date(2026, 7, 20), clock().after, spoken=False, already=False, reason=reason
        )
        assert isinstance(day, date)


def test_what_was_said_has_the_written_days_from_the_same_beginning():
    """Said on 6 July (due on the 13th), converted: the written ten days end on the 20th."""
    assert timing.converted(POJK_22, date(2026, 7, 13), date(2026, 7, 6), clock().after) == date(2026, 7, 20)


@given(
    received=days,
    rule_set=st.sampled_from([POJK_22, POJK_18]),
    calendar=calendars,
    first=st.booleans(),
    extended=st.booleans(),
    waited=waits,
    asked_after=st.integers(0, 12),
)
def test_waiting_never_shortens_our_time(*, received, rule_set, calendar, first, extended, waited, asked_after):
    ours = clock(calendar, rule_set)
    before = rules.deadlines(rule_set, False, received, ours.after).resolve_by
    if extended:
        before = ours.after(before, rule_set.extension_days)
    asked = min(received + timedelta(days=asked_after), before)
    left = timing.days_left_at_pause(
        rule_set, resolve_by=before, asked_on=asked, first=first, extended=extended, between=ours.between
    )
    pause = timing.paused(rule_set, asked, left, ours.after, ours.after_for_them)
    told = asked + timedelta(days=waited)
    resumed = timing.resumed(before, told, left, ours.after)
    assert asked < pause.information_by < pause.resolve_by
    assert resumed >= before
    assert resumed > told


@given(days, calendars, waits)
def test_a_longer_wait_never_ends_earlier(asked, calendar, waited):
    ours = clock(calendar)
    one, more = (timing.resumed(asked, asked + timedelta(days=n), 10, ours.after) for n in (waited, waited + 1))
    assert one <= more


@given(days, calendars)
def test_a_day_later_is_never_due_earlier(received, calendar):
    ours = clock(calendar)
    for spoken in (True, False):
        today, tomorrow = (
            rules.deadlines(POJK_22, spoken, day, ours.after) for day in (received, received + timedelta(1))
        )
        assert today.resolve_by <= tomorrow.resolve_by
        assert today.acknowledge_by <= tomorrow.acknowledge_by


@given(days, calendars)
def test_converting_and_extending_only_ever_add(received, calendar):
    ours = clock(calendar)
    oral = rules.deadlines(POJK_22, True, received, ours.after).resolve_by
    written = timing.converted(POJK_22, oral, received, ours.after)
    longer = rules.extended(POJK_22, written, written, ours.after, spoken=False, already=False, reason="third_party")
    assert oral < written < longer


@pytest.mark.parametrize(
    ("facts", "coming"),
    [
        ({}, ("acknowledge", date(2026, 7, 8))),
        ({"acknowledged": True}, ("resolve", date(2026, 7, 20))),
        ({"acknowledged": True, "information_by": date(2026, 7, 15)}, ("information", date(2026, 7, 15))),
        ({"answered": True}, None),
    ],
)
def test_the_next_deadline_is_the_one_that_matters_now(facts, coming):
    stands = {"answered": False, "acknowledged": False, "information_by": None} | facts
    assert timing.next_deadline(acknowledge_by=date(2026, 7, 8), resolve_by=date(2026, 7, 20), **stands) == coming


@pytest.mark.parametrize(
    ("on", "left"),
    [
        pytest.param(date(2026, 7, 10), 0, id="the last day itself"),
        pytest.param(date(2026, 7, 13), 1, id="Monday, seen on a Friday"),
        pytest.param(date(2026, 7, 17), 5, id="a week"),
        pytest.param(date(2026, 7, 9), -1, id="yesterday"),
        pytest.param(date(2026, 7, 3), -5, id="a week ago"),
    ],
)
def test_what_is_left_is_told_in_working_days(on, left):
    assert timing.working_days_left(on, date(2026, 7, 10), clock().between) == left


def test_a_deadline_on_a_friday_is_late_on_saturday():
    assert timing.working_days_left(date(2026, 7, 10), date(2026, 7, 11), clock().between) == -1


@given(on=days, today=days, calendar=calendars)
def test_a_day_that_has_passed_is_never_told_as_left(on, today, calendar):
    assert (timing.working_days_left(on, today, clock(calendar).between) < 0) == (on < today)
