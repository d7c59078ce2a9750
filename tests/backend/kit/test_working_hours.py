"""Working hours: rows as on a wall calendar, and what must hold for every week, zone and duration."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit.deadlines import WorkCalendar
from backend.kit.working_hours import NeverOpen, Spell, WorkingHours, every_day

WEEKDAYS = range(5)
OFFICE = every_day(time(8, 30), time(17, 30), WEEKDAYS)
WITH_SATURDAY = (*every_day(time(8, 30), time(18, 30), WEEKDAYS), Spell(5, time(9, 30), time(14, 30)))
THREE_SHIFTS = (
    *every_day(time(6), time(14)),
    *every_day(time(14), time(22)),
    *every_day(time(22), time(6)),
)
NIGHTS = every_day(time(22), time(6), WEEKDAYS)
DAY_AND_EVENING = (*every_day(time(8), time(12), WEEKDAYS), *every_day(time(16), time(20), WEEKDAYS))

ID, ID_WITH_JOINT_LEAVE = WorkCalendar("ID"), WorkCalendar("ID", joint_leave_free=True)
MZ, AO = WorkCalendar("MZ"), WorkCalendar("AO")
WIB, WITA, WIT, MAPUTO, LUANDA = (
    "Asia/Jakarta",
    "Asia/Makassar",
    "Asia/Jayapura",
    "Africa/Maputo",
    "Africa/Luanda",
)


def _local(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("hours", "start", "work", "end"),
    [
        pytest.param(WorkingHours(WIB, OFFICE, ID), "2026-11-23T09:00", 4, "2026-11-23T13:00", id="within a day"),
        pytest.param(WorkingHours(WIB, OFFICE, ID), "2026-11-23T03:00", 1, "2026-11-23T09:30", id="before opening"),
        pytest.param(
            WorkingHours(WIB, OFFICE, ID), "2026-11-23T08:30", 9, "2026-11-23T17:30", id="a whole day ends with it"
        ),
        pytest.param(
            WorkingHours(WIB, OFFICE, ID), "2026-11-27T22:00", 4, "2026-11-30T12:30", id="Friday night to Monday"
        ),
        pytest.param(
            WorkingHours(MAPUTO, WITH_SATURDAY, MZ),
            "2026-11-27T18:00",
            4,
            "2026-11-28T13:00",
            id="Friday evening to Saturday (S2-55)",
        ),
        pytest.param(
            WorkingHours(MAPUTO, WITH_SATURDAY, MZ),
            "2026-11-28T14:00",
            4,
            "2026-11-30T12:00",
            id="Saturday over a closed Sunday (S2-55)",
        ),
        pytest.param(
            WorkingHours(WIB, DAY_AND_EVENING, ID), "2026-11-23T11:00", 2, "2026-11-23T17:00", id="two spells a day"
        ),
        pytest.param(
            WorkingHours(WIB, THREE_SHIFTS, ID),
            "2026-11-23T13:00",
            30,
            "2026-11-24T19:00",
            id="three shifts are one day without end",
        ),
        pytest.param(WorkingHours(WIB, OFFICE, ID), "2026-12-31T16:30", 2, "2027-01-04T09:30", id="over the year end"),
        pytest.param(
            WorkingHours(WIB, OFFICE, ID),
            "2026-03-20T16:30",
            2,
            "2026-03-23T09:30",
            id="Lebaran 2026, joint leave worked",
        ),
        pytest.param(
            WorkingHours(WIB, OFFICE, ID_WITH_JOINT_LEAVE),
            "2026-03-17T16:30",
            2,
            "2026-03-25T09:30",
            id="Lebaran 2026, joint leave free",
        ),
        pytest.param(
            WorkingHours(WIB, OFFICE, ID),
            "2027-03-09T16:30",
            2,
            "2027-03-12T09:30",
            id="Lebaran 2027, joint leave worked",
        ),
        pytest.param(
            WorkingHours(WIB, OFFICE, ID_WITH_JOINT_LEAVE),
            "2027-03-05T16:30",
            2,
            "2027-03-16T09:30",
            id="Lebaran 2027, joint leave free: a week and two days",
        ),
        pytest.param(
            WorkingHours(MAPUTO, OFFICE, MZ),
            "2028-02-28T17:00",
            10,
            "2028-03-01T09:00",
            id="over the leap day, a Tuesday",
        ),
        pytest.param(
            WorkingHours(LUANDA, OFFICE, AO),
            "2026-09-16T17:00",
            1,
            "2026-09-21T09:00",
            id="a holiday and its bridge day",
        ),
        pytest.param(
            WorkingHours(WIB, NIGHTS, ID),
            "2026-12-24T23:00",
            7,
            "2026-12-25T06:00",
            id="the night before a holiday is worked to its end",
        ),
        pytest.param(
            WorkingHours(WIB, NIGHTS, ID),
            "2026-12-25T12:00",
            1,
            "2026-12-28T23:00",
            id="the night of a holiday is not begun, nor the weekend's",
        ),
        pytest.param(
            WorkingHours(WIB, NIGHTS, ID), "2026-11-27T23:00", 8, "2026-11-30T23:00", id="Friday night ends on Saturday"
        ),
        pytest.param(
            WorkingHours(WIB, OFFICE, ID, frozenset({date(2026, 11, 24)})),
            "2026-11-23T17:00",
            1,
            "2026-11-25T09:00",
            id="a closed day",
        ),
        pytest.param(WorkingHours(WIB), "2026-11-27T22:00", 48, "2026-11-29T22:00", id="no week at all is a stopwatch"),
    ],
)
def test_work_ends_where_a_wall_calendar_says(hours, start, work, end):
    assert hours.after(_local(start, hours.zone), timedelta(hours=work)) == _local(end, hours.zone)


@pytest.mark.parametrize(
    ("zone", "utc"),
    [
        pytest.param(WIB, "2026-11-23T01:30", id="WIB"),
        pytest.param(WITA, "2026-11-23T00:30", id="WITA"),
        pytest.param(WIT, "2026-11-22T23:30", id="WIT"),
        pytest.param(MAPUTO, "2026-11-23T06:30", id="Maputo"),
        pytest.param(LUANDA, "2026-11-23T07:30", id="Luanda"),
    ],
)
def test_half_past_eight_is_another_instant_in_every_zone(zone, utc):
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert WorkingHours(zone, OFFICE).next_opening(sunday) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "worked"),
    [
        pytest.param("2026-03-28T22:00", 7, id="the clocks go forward: the night has seven hours"),
        pytest.param("2026-10-24T22:00", 9, id="the clocks go back: it has nine"),
    ],
)
def test_a_night_is_as_long_as_it_is_where_clocks_change(local, worked):
    hours = WorkingHours("Europe/Lisbon", every_day(time(22), time(6)))
    start = _local(local, hours.zone)
    assert hours.between(start, start + timedelta(hours=12)) == timedelta(hours=worked)


def test_an_hour_that_the_clocks_skip_is_not_worked():
    hours = WorkingHours("Europe/Lisbon", (Spell(6, time(1), time(2)),))
    opening = hours.next_opening(_local("2026-03-28T12:00", hours.zone))
    assert opening == _local("2026-04-05T01:00", hours.zone)


def test_a_holiday_that_is_worked_is_open():
    hours = WorkingHours(WIB, every_day(time(7), time(0), on_holidays=True), ID)
    assert hours.is_open(_local("2026-12-25T23:59", WIB))


def test_a_saturday_declared_worked_has_the_hours_of_a_saturday():
    calendar = WorkCalendar("MZ", extra_working=frozenset({date(2026, 12, 25)}))
    assert WorkingHours(MAPUTO, WITH_SATURDAY, calendar).is_open(_local("2026-12-25T10:00", MAPUTO))


def test_the_end_of_the_spell_is_told_while_it_runs_and_not_otherwise():
    hours = WorkingHours(WIB, DAY_AND_EVENING, ID)
    assert hours.closes_after(_local("2026-11-23T11:00", WIB)) == _local("2026-11-23T12:00", WIB)
    assert hours.closes_after(_local("2026-11-23T13:00", WIB)) is None
    assert WorkingHours(WIB).closes_after(_local("2026-11-23T13:00", WIB)) is None


def test_hours_that_never_come_are_told_instead_of_searched_for_ever():
    every_sunday_is_a_holiday = WorkCalendar(
        "ID", extra_free=frozenset(date(2026, 1, 4) + timedelta(7 * n) for n in range(200))
    )
    hours = WorkingHours(WIB, (Spell(6, time(8), time(9)),), every_sunday_is_a_holiday)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert not hours.is_open(now)
    with pytest.raises(NeverOpen):
        hours.after(now, timedelta(hours=1))


def test_a_deadline_never_lies_in_the_past():
    with pytest.raises(ValueError, match="lies ahead"):
        WorkingHours(WIB, OFFICE).after(datetime(2026, 1, 1, tzinfo=UTC), timedelta(minutes=-1))


def test_work_between_is_counted_over_years():
    hours = WorkingHours(WIB, OFFICE)
    start = datetime(2026, 1, 5, tzinfo=UTC)
    assert hours.between(start, start + timedelta(weeks=156)) == timedelta(hours=9 * 5 * 156)


def test_nothing_is_worked_backwards():
    start = datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert WorkingHours(WIB, OFFICE).between(start, start - timedelta(days=3)) == timedelta(0)


_minutes = st.sampled_from([0, 15, 30, 45])
_times = st.builds(time, st.integers(0, 23), _minutes)
_spells = st.lists(st.builds(Spell, st.integers(0, 6), _times, _times, st.booleans()), min_size=1, max_size=8)
_weeks = st.builds(
    WorkingHours,
    st.sampled_from([WIB, WITA, WIT, MAPUTO, LUANDA, "Europe/Lisbon"]),
    _spells.map(tuple),
    st.sampled_from([None, ID, ID_WITH_JOINT_LEAVE, MZ, AO]),
    st.frozensets(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=5),
)
_moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
_work = st.integers(1, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))
_INSTANT = timedelta(microseconds=1)


@given(_weeks, _moments, _work)
def test_work_is_never_done_inside_closed_hours(hours, start, work):
    assert hours.is_open(hours.after(start, work) - _INSTANT)


@given(_weeks, _moments, _work, _work)
def test_more_work_is_done_later(hours, start, work, more):
    assert hours.after(start, work + more) > hours.after(start, work)


@given(_weeks, _moments, _work, st.integers(0, 60 * 24 * 20))
def test_a_later_start_is_never_done_earlier(hours, start, work, minutes):
    assert hours.after(start + timedelta(minutes=minutes), work) >= hours.after(start, work)


@given(_weeks, _moments, _work, _work)
def test_work_in_two_parts_is_done_when_the_whole_is(hours, start, first, second):
    assert hours.after(hours.after(start, first), second) == hours.after(start, first + second)


@given(_weeks, _moments, _work)
def test_between_start_and_due_lies_the_work_asked_for(hours, start, work):
    assert hours.between(start, hours.after(start, work)) == work


@given(_weeks, _moments, st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 20))
def test_what_is_worked_adds_up(hours, start, first, second):
    middle = start + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    assert hours.between(start, middle) + hours.between(middle, end) == hours.between(start, end)


@given(_weeks, _moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours, moment):
    opening = hours.next_opening(moment)
    assert hours.is_open(opening)
    assert hours.between(moment, opening) == timedelta(0)


@given(_spells.map(tuple), _moments, _work)
def test_holidays_never_bring_a_deadline_forward(spells, start, work):
    ordinary, festive = WorkingHours(WIB, spells), WorkingHours(WIB, spells, ID_WITH_JOINT_LEAVE)
    assert festive.after(start, work) >= ordinary.after(start, work)
