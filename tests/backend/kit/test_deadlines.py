from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.deadlines import (
    WorkCalendar,
    calendar_days_after,
    elapsed_hours_after,
    end_of_day,
    local_date,
    working_day_on_or_after,
    working_days_after,
    working_days_before,
    working_days_between,
)

JAKARTA = WorkCalendar("ID")
JAKARTA_WITH_JOINT_LEAVE = WorkCalendar("ID", joint_leave_free=True)
MAPUTO = WorkCalendar("MZ")
LUANDA = WorkCalendar("AO")

calendars = st.sampled_from([JAKARTA, JAKARTA_WITH_JOINT_LEAVE, MAPUTO, LUANDA])
days_of_our_time = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("calendar", "start", "days", "end"),
    [
        pytest.param(JAKARTA, date(2026, 3, 13), 5, date(2026, 3, 23), id="Lebaran, public holidays only"),
        pytest.param(JAKARTA_WITH_JOINT_LEAVE, date(2026, 3, 13), 5, date(2026, 3, 27), id="Lebaran, joint leave"),
        pytest.param(JAKARTA, date(2026, 3, 13), 10, date(2026, 3, 30), id="ten over Lebaran, public only"),
        pytest.param(JAKARTA_WITH_JOINT_LEAVE, date(2026, 3, 13), 10, date(2026, 4, 6), id="ten, joint leave"),
        pytest.param(JAKARTA, date(2026, 2, 6), 5, date(2026, 2, 13), id="an ordinary week"),
        pytest.param(JAKARTA, date(2026, 2, 7), 1, date(2026, 2, 9), id="from a Saturday"),
        pytest.param(
            JAKARTA,
            date(2026, 12, 30),
            3,
            date(2027, 1, 6),
            id="over the year end, and the Prophet's night journey on 5 January",
        ),
        pytest.param(MAPUTO, date(2028, 2, 25), 3, date(2028, 3, 1), id="over a leap day"),
        pytest.param(MAPUTO, date(2026, 10, 2), 1, date(2026, 10, 6), id="Peace Day on a Sunday is made up on Monday"),
        pytest.param(LUANDA, date(2026, 9, 16), 1, date(2026, 9, 21), id="a bridge day in Angola"),
        pytest.param(JAKARTA, date(2026, 2, 7), 0, date(2026, 2, 9), id="zero days from a Saturday"),
        pytest.param(JAKARTA, date(2026, 2, 9), 0, date(2026, 2, 9), id="zero days from a Monday"),
    ],
)
def test_working_days_end_where_a_wall_calendar_says(calendar, start, days, end):
    assert working_days_after(start, days, calendar) == end


@given(calendars, days_of_our_time, st.integers(0, 30))
def test_counting_back_is_undone_by_counting_on(calendar, end, days):
    begin = working_days_before(end, days, calendar)
    assert calendar.is_working_day(begin)
    last = working_days_before(end, 0, calendar)
    assert working_days_between(begin, last, calendar) == days


def test_preparing_backwards_leaves_lebaran_out():
    assert working_days_before(date(2026, 3, 27), 5, JAKARTA) == date(2026, 3, 20)
    assert working_days_before(date(2026, 3, 27), 5, JAKARTA_WITH_JOINT_LEAVE) == date(2026, 3, 13)
    assert working_days_before(date(2026, 3, 28), 0, JAKARTA) == date(2026, 3, 27)
    with pytest.raises(ValueError, match="before"):
        working_days_before(date(2026, 3, 27), -1, JAKARTA)


def test_joint_leave_is_known_in_indonesia_only():
    assert WorkCalendar("MZ", joint_leave_free=True).is_working_day(date(2026, 3, 20))


def test_a_decreed_day_off_moves_a_deadline():
    decreed = WorkCalendar("ID", extra_free=frozenset({date(2026, 2, 9)}))
    assert working_days_after(date(2026, 2, 6), 1, decreed) == date(2026, 2, 10)


def test_a_day_declared_worked_counts_although_it_is_a_saturday():
    decreed = WorkCalendar("ID", extra_working=frozenset({date(2026, 2, 7)}))
    assert working_days_after(date(2026, 2, 6), 1, decreed) == date(2026, 2, 7)


def test_a_calendar_that_never_works_is_refused():
    with pytest.raises(ValueError, match="without a working day"):
        WorkCalendar("ID", weekend=frozenset(range(7)))


@pytest.mark.parametrize("count", [working_days_after, lambda day, days, _: calendar_days_after(day, days)])
def test_a_deadline_never_lies_in_the_past(count):
    with pytest.raises(ValueError, match="lies ahead"):
        count(date(2026, 1, 1), -1, JAKARTA)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 1, 31), 30, date(2026, 3, 2)),
        (date(2028, 1, 31), 30, date(2028, 3, 1)),
        (date(2026, 12, 2), 30, date(2027, 1, 1)),
        (date(2026, 2, 20), 60, date(2026, 4, 21)),
    ],
)
def test_calendar_days_count_weekends_months_and_leap_days(start, days, end):
    assert calendar_days_after(start, days) == end


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        pytest.param("Asia/Jakarta", date(2026, 5, 1), id="WIB, 23:30 the day before"),
        pytest.param("Asia/Makassar", date(2026, 5, 2), id="WITA, half past midnight"),
        pytest.param("Asia/Jayapura", date(2026, 5, 2), id="WIT"),
        pytest.param("Africa/Maputo", date(2026, 5, 1), id="Maputo"),
        pytest.param("Africa/Luanda", date(2026, 5, 1), id="Luanda"),
    ],
)
def test_the_same_instant_is_another_date_elsewhere(zone, day):
    assert local_date(datetime(2026, 5, 1, 16, 30, tzinfo=UTC), zone) == day


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Asia/Jakarta", datetime(2026, 5, 1, 17, tzinfo=UTC)),
        ("Asia/Makassar", datetime(2026, 5, 1, 16, tzinfo=UTC)),
        ("Asia/Jayapura", datetime(2026, 5, 1, 15, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_of_its_own_zone(zone, instant):
    assert end_of_day(date(2026, 5, 1), zone) == instant


def test_forty_eight_hours_are_hours_not_days():
    assert elapsed_hours_after(datetime(2026, 12, 31, 22, 15, tzinfo=UTC), 48) == datetime(
        2027, 1, 2, 22, 15, tzinfo=UTC
    )


@given(days_of_our_time, st.integers(0, 60), calendars)
def test_a_working_day_deadline_is_a_working_day(start, days, calendar):
    assert calendar.is_working_day(working_days_after(start, days, calendar))


@given(days_of_our_time, st.integers(1, 60), calendars)
def test_one_more_day_is_later(start, days, calendar):
    assert working_days_after(start, days + 1, calendar) > working_days_after(start, days, calendar)


@given(days_of_our_time, st.integers(1, 60), st.integers(0, 30), calendars)
def test_a_later_start_never_ends_earlier(start, days, later, calendar):
    first = working_days_after(start, days, calendar)
    assert working_days_after(start + timedelta(days=later), days, calendar) >= first


@given(days_of_our_time, st.integers(1, 60), calendars)
def test_counting_back_gives_the_days_asked_for(start, days, calendar):
    assert working_days_between(start, working_days_after(start, days, calendar), calendar) == days


@given(days_of_our_time, st.integers(0, 60))
def test_joint_leave_never_brings_a_deadline_forward(start, days):
    assert working_days_after(start, days, JAKARTA_WITH_JOINT_LEAVE) >= working_days_after(start, days, JAKARTA)


@given(days_of_our_time, calendars)
def test_the_next_working_day_skips_none(day, calendar):
    landed = working_day_on_or_after(day, calendar)
    assert working_days_between(day - timedelta(days=1), landed, calendar) == 1
