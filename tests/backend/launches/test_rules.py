"""The checklist of a launch: what comes before what, and what keeps a client's first day from coming."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.deadlines import WorkCalendar, working_days_between
from backend.launches.rules import (
    CHECKLIST,
    TASKS,
    Evidence,
    blocked_by,
    due_on,
    may_finish,
    may_launch,
    may_plan,
    may_reopen,
)

CALENDAR = WorkCalendar("ID", joint_leave_free=True)
ALL = {task.code for task in CHECKLIST}
SEEN = dict.fromkeys(Evidence, True)
LAUNCH = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("S0-70", {"appointment_letter"}),
        ("S0-71", {"technical_discussion"}),
        ("S0-72", {"card_design", "card_approved"}),
        ("S0-73", {"benefits_set_up", "benefits_approved"}),
        ("S0-74", {"census_uploaded"}),
        ("S0-75", {"cards_issued"}),
        ("S0-76", {"internal_session"}),
        ("S0-77", {"provider_session"}),
        ("S0-78", {"member_session"}),
    ],
)
@pytest.mark.requirement("S0-70")
@pytest.mark.requirement("S0-71")
@pytest.mark.requirement("S0-76")
@pytest.mark.requirement("S0-77")
@pytest.mark.requirement("S0-78")
@pytest.mark.requirement("S2-11")
def test_every_step_of_the_way_has_its_tasks(row: str, codes: set[str]):
    assert {task.code for task in CHECKLIST if task.row == row} == codes


def test_a_task_waits_only_for_tasks_above_it_that_are_due_no_later():
    order = [task.code for task in CHECKLIST]
    for task in CHECKLIST:
        for needed in task.needs:
            assert order.index(needed) < order.index(task.code)
            assert TASKS[needed].days_before >= task.days_before


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.sampled_from(CHECKLIST))
def test_a_task_is_due_on_a_working_day_so_many_working_days_before(launch_on: date, task):
    due = due_on(task, launch_on, CALENDAR)
    assert CALENDAR.is_working_day(due)
    last = launch_on
    while not CALENDAR.is_working_day(last):
        last -= timedelta(days=1)
    assert working_days_between(due, last, CALENDAR) == task.days_before


@pytest.mark.parametrize(
    ("code", "done", "seen", "paper", "reason"),
    [
        ("appointment_letter", set(), SEEN, True, None),
        ("appointment_letter", set(), SEEN, False, "launches.paper_missing"),
        ("appointment_letter", {"appointment_letter"}, SEEN, True, "launches.already_done"),
        ("technical_discussion", set(), SEEN, False, "launches.blocked"),
        ("technical_discussion", {"appointment_letter"}, SEEN, False, None),
        ("census_uploaded", {"benefits_approved"}, SEEN | {Evidence.CENSUS: False}, False, "launches.not_there_yet"),
        ("census_uploaded", {"benefits_approved"}, SEEN, False, None),
        ("cards_issued", {"census_uploaded"}, SEEN, False, "launches.blocked"),
        ("card_design", {"technical_discussion"}, SEEN | {Evidence.BRAND: False}, False, "launches.not_there_yet"),
    ],
)
def test_a_task_is_ticked_off_when_it_may_be(code, done, seen, paper, reason):
    refusal = may_finish(TASKS[code], done, seen, has_paper=paper)
    assert (refusal.reason if refusal else None) == reason


def test_what_is_waited_for_is_named():
    refusal = may_finish(TASKS["cards_issued"], {"technical_discussion"}, SEEN, has_paper=False)
    assert refusal.figures == {"needs": "card_approved, census_uploaded"}
    assert blocked_by(TASKS["cards_issued"], ALL) == []


@pytest.mark.parametrize(
    ("code", "done", "launched", "reason"),
    [
        ("member_session", ALL, False, None),
        ("census_uploaded", ALL, False, "launches.blocked"),
        ("member_session", set(), False, "launches.not_done"),
        ("member_session", ALL, True, "launches.launched"),
    ],
)
def test_a_tick_is_taken_back_when_nothing_was_built_on_it(code, done, launched, reason):
    refusal = may_reopen(TASKS[code], done, launched=launched)
    assert (refusal.reason if refusal else None) == reason


@pytest.mark.requirement("S0-79")
@pytest.mark.parametrize(
    ("today", "done", "launched", "reason"),
    [
        (LAUNCH, ALL, False, None),
        (LAUNCH + timedelta(days=30), ALL, False, None),
        (LAUNCH - timedelta(days=1), ALL, False, "launches.not_the_day"),
        (LAUNCH, ALL - {"member_session"}, False, "launches.not_done"),
        (LAUNCH, ALL, True, "launches.launched"),
    ],
)
def test_members_are_let_in_on_the_day_with_everything_done(today, done, launched, reason):
    refusal = may_launch(LAUNCH, today, done, launched=launched)
    assert (refusal.reason if refusal else None) == reason


@pytest.mark.parametrize(
    ("day", "launched", "reason"),
    [
        (LAUNCH, False, None),
        (LAUNCH - timedelta(days=1), False, "launches.in_the_past"),
        (LAUNCH, True, "launches.launched"),
    ],
)
def test_a_launch_is_planned_ahead(day, launched, reason):
    refusal = may_plan(day, LAUNCH, launched=launched)
    assert (refusal.reason if refusal else None) == reason


@given(st.permutations(CHECKLIST))
def test_whatever_is_tried_first_everything_gets_done_in_the_end_and_nothing_too_early(tries):
    done: set[str] = set()
    while len(done) < len(ALL):
        before = len(done)
        for task in tries:
            if may_finish(task, done, SEEN, has_paper=True) is None:
                assert set(task.needs) <= done
                done.add(task.code)
        assert len(done) > before
