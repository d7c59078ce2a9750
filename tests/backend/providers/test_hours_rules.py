"""Open or closed at an instant: the facility's own clock, past midnight, holidays, and the search's view of it."""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.access import working_for
from backend.kit import clock
from backend.providers import search_queries
from backend.providers.free_days import holidays_of, is_holiday
from backend.providers.rules.hours import DAYS, door_at, minutes_open, opening_hours, places_in_week
from backend.providers.search_queries import Search
from tests.factories.clients import make_client
from tests.factories.providers import make_provider

_serial = count(1)
WORKDAY = date(2026, 6, 15)
"""A Monday."""


def at(hour, minute=0, day=WORKDAY, offset=7):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=offset)


def door(written, moment, zone="Asia/Jakarta", holidays=()):
    found = door_at(opening_hours(written), moment, zone, lambda day: day in holidays)
    return found.open, found.until


@pytest.mark.requirement("S0-85")
@pytest.mark.parametrize(
    ("written", "moment", "answer"),
    [
        ("mon-fri 08:00-17:00", at(8), (True, "17:00")),
        ("mon-fri 08:00-17:00", at(7, 59), (False, None)),
        ("mon-fri 08:00-17:00", at(17), (False, None)),
        ("mon-fri 08:00-12:00; mon-fri 13:00-17:00", at(12, 30), (False, None)),
        ("mon-fri 08:00-12:00; mon-fri 12:00-17:00", at(12), (True, "17:00")),
        ("24/7", at(3), (True, None)),
        ("", at(12), (None, None)),
        ("sun 20:00-02:00", at(1), (True, "02:00")),
        ("sun 20:00-02:00", at(2), (False, None)),
        ("mon 20:00-02:00", at(1), (False, None)),
        ("mon closed", at(12), (False, None)),
    ],
)
def test_a_door_is_open_by_the_hours_of_the_day_they_begin_on(written, moment, answer):
    assert door(written, moment) == answer


@pytest.mark.parametrize(
    ("zone", "hour", "answer"), [("Asia/Jakarta", 16, True), ("Asia/Makassar", 16, False), ("Asia/Jayapura", 6, True)]
)
def test_the_clock_is_the_facilitys_own(zone, hour, answer):
    assert door("mon 08:00-17:00", at(hour), zone)[0] is answer


@pytest.mark.parametrize(
    ("written", "moment", "answer"),
    [
        ("mon 08:00-17:00", at(9), (None, None)),
        ("mon 08:00-17:00; hol closed", at(9), (False, None)),
        ("mon 08:00-17:00; hol 10:00-12:00", at(11), (True, "12:00")),
        ("24/7", at(9), (True, None)),
        ("sun 20:00-02:00", at(1), (True, "02:00")),
    ],
)
def test_on_a_public_holiday_the_hours_of_holidays_hold(written, moment, answer):
    assert door(written, moment, holidays={WORKDAY}) == answer


def test_a_night_that_begins_on_a_holiday_is_the_holidays():
    written, night = "sun 20:00-02:00; hol closed", at(1)
    assert door(written, night, holidays={WORKDAY - timedelta(days=1)}) == (False, None)


def test_the_holidays_of_a_country_that_nobody_lists_are_none():
    assert is_holiday("ID", date(2026, 8, 17))
    assert not is_holiday("XX", date(2026, 8, 17))


hours = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
spans = st.lists(st.tuples(hours, hours).map("-".join), max_size=2)
_MINUTES = st.integers(0, 365 * 24 * 60)
moments = _MINUTES.map(lambda passed: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=passed))
openings = st.dictionaries(st.sampled_from([*DAYS, "hol"]), spans)


@given(openings)
def test_open_minutes_are_in_order_and_apart(opening):
    found = minutes_open(opening)
    assert all(begin < end for begin, end in found)
    assert all(one[1] < other[0] for one, other in zip(found, found[1:], strict=False))


@given(openings, moments)
def test_open_is_what_lies_in_the_open_minutes(opening, moment):
    places = places_in_week(moment, "Asia/Makassar", holidays_of("ID"))
    inside = any(begin <= place < end for place in places for begin, end in minutes_open(opening))
    assert (door_at(opening, moment, "Asia/Makassar", holidays_of("ID")).open is True) == inside


@pytest.fixture
def client(app):
    return make_client()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(openings, st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]), moments)
def test_the_search_finds_open_what_the_rule_says_is_open(client, opening, zone, moment):
    with working_for(client.id) as scope:
        network = f"open {next(_serial)}"
        made = make_provider(scope, network=network, opening=opening, timezone=zone)
    with clock.at(moment), working_for(client.id) as scope:
        found = search_queries.search(scope, Search(network=network, open_now=True))
    expected = door_at(opening, moment, zone, holidays_of("ID")).open is True
    assert [one.provider.id for one in found] == ([made.id] if expected else [])
