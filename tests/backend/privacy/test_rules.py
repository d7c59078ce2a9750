"""Clocks, who may ask, what stands in the way, what must be kept: as rules."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.privacy.rules import requests as rules
from backend.privacy.rules import retention
from backend.privacy.rules.requests import Matters, Notice, RefusalGround, Relative
from backend.privacy.rules.retention import Category

FRIDAY = datetime(2026, 12, 25, 9, 30, tzinfo=UTC)
EMPLOYEE, SPOUSE, CHILD, GROWN, OTHER = (UUID(int=number) for number in range(1, 6))
TODAY, AGE = date(2026, 11, 28), 17
PEOPLE = {
    EMPLOYEE: Relative(EMPLOYEE, None, date(1988, 1, 1)),
    SPOUSE: Relative(SPOUSE, EMPLOYEE, date(1989, 1, 1)),
    CHILD: Relative(CHILD, EMPLOYEE, date(2015, 1, 1)),
    GROWN: Relative(GROWN, EMPLOYEE, date(2009, 11, 28)),
    OTHER: Relative(OTHER, UUID(int=99), date(2015, 1, 1)),
}


def test_a_request_is_due_after_72_hours_also_over_holidays():
    assert rules.due_at(FRIDAY) == datetime(2026, 12, 28, 9, 30, tzinfo=UTC)


@given(st.datetimes(timezones=st.just(UTC), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 - the zone is given beside
def test_every_clock_runs_3_times_24_hours(asked):
    assert rules.due_at(asked) - asked == timedelta(hours=3 * 24)


@pytest.mark.parametrize(
    ("after", "left"),
    [
        (timedelta(0), 72),
        (timedelta(seconds=1), 71),
        (timedelta(hours=72), 0),
        (timedelta(hours=72, seconds=1), -1),
        (timedelta(hours=80), -8),
    ],
)
def test_hours_left_are_whole_and_negative_when_late(after, left):
    assert rules.hours_left(rules.due_at(FRIDAY), FRIDAY + after) == left


@pytest.mark.parametrize(
    ("after", "told", "notice"),
    [
        (47, [], None),
        (48, [], Notice.SOON),
        (48, ["soon"], None),
        (71, ["soon"], None),
        (72, ["soon"], Notice.OVERDUE),
        (72, [], Notice.OVERDUE),
        (90, ["overdue"], None),
    ],
)
def test_staff_are_warned_once_a_day_before_the_end_and_once_at_it(after, told, notice):
    assert rules.notice_due(rules.due_at(FRIDAY), FRIDAY + timedelta(hours=after), told) == notice


@given(st.lists(st.integers(0, 200), min_size=1, max_size=30))
def test_no_round_of_checks_tells_anything_twice(hours):
    told: list[str] = []
    for hour in sorted(hours):
        notice = rules.notice_due(rules.due_at(FRIDAY), FRIDAY + timedelta(hours=hour), told)
        if notice:
            told.append(notice.value)
    assert len(told) == len(set(told))
    assert ("overdue" in told) == (max(hours) >= 72)


@pytest.mark.parametrize(
    ("person", "allowed"), [(EMPLOYEE, True), (CHILD, True), (SPOUSE, False), (GROWN, False), (OTHER, False)]
)
def test_an_employee_asks_for_themselves_and_for_a_child_without_access_of_its_own(person, allowed):
    refusal = rules.may_ask(PEOPLE[person], EMPLOYEE, TODAY, AGE)
    assert (refusal is None) == allowed


def test_a_child_does_not_ask_for_the_employee():
    assert rules.may_ask(PEOPLE[EMPLOYEE], CHILD, TODAY, AGE) is not None


def test_a_copy_holds_the_children_and_no_other_adult():
    assert rules.whose_data(PEOPLE[EMPLOYEE], list(PEOPLE.values()), TODAY, AGE) == [EMPLOYEE, CHILD]


def test_a_spouse_gets_their_own_data_only():
    assert rules.whose_data(PEOPLE[SPOUSE], list(PEOPLE.values()), TODAY, AGE) == [SPOUSE]


@pytest.mark.parametrize(
    "matters",
    [
        Matters(covered=True),
        Matters(claims=1),
        Matters(complaints=1),
        Matters(letters=1),
        Matters(payments=1),
        Matters(excesses=1),
    ],
)
def test_nobody_is_erased_while_something_is_going_on(matters):
    refusal = rules.may_erase(matters)
    assert refusal is not None
    assert refusal.reason == rules.IN_THE_WAY


def test_somebody_with_nothing_open_may_be_erased():
    assert rules.may_erase(Matters()) is None


def test_a_ground_of_a_refusal_is_one_that_is_true():
    assert rules.grounds(Matters()) == [RefusalGround.LEGAL_CLAIM]
    assert rules.grounds(Matters(covered=True)) == [RefusalGround.COVERED, RefusalGround.LEGAL_CLAIM]
    assert RefusalGround.OPEN_MATTERS in rules.grounds(Matters(claims=2))


def test_claims_stay_ten_years_from_the_end_of_their_year():
    (kept,) = retention.kept({Category.ACCOUNTING: date(2026, 2, 3)}, "ID", TODAY)
    assert (kept.until, kept.source, kept.checked) == (date(2036, 12, 31), "UU 8/1997 Ps 11", True)


def test_doctors_records_stay_25_years():
    (kept,) = retention.kept({Category.MEDICAL: date(2026, 2, 3)}, "ID", TODAY)
    assert kept.until == date(2051, 12, 31)


def test_nothing_is_kept_where_there_is_no_record_or_its_time_is_over():
    assert retention.kept({Category.ACCOUNTING: None, Category.MEDICAL: date(2000, 6, 1)}, "ID", TODAY) == []


@pytest.mark.parametrize("country", ["MZ", "AO"])
@pytest.mark.parametrize("category", list(Category))
def test_a_country_whose_law_nobody_has_read_yet_says_so(country, category):
    assert not retention.rule_for(category, country, TODAY).checked


def test_a_rule_counts_from_its_own_date():
    before = retention.rule_for(Category.EVIDENCE, "ID", date(2020, 1, 1))
    assert before.country is None
