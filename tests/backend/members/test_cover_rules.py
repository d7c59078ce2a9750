from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kit import ids
from backend.members.rules.cover import (
    CoverState,
    Period,
    Relative,
    age_on,
    cover_state,
    has_own_access,
    is_covered,
    may_add_dependant,
)

PLAN, OTHER_PLAN = ids.new_id(), ids.new_id()
TODAY = date(2026, 6, 15)
EMPLOYEE = Relative("employee", "Budi Santoso", date(1985, 3, 2))
SPOUSE = Relative("spouse", "Ani Santoso", date(1988, 7, 1))
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.requirement("S2-3")
@pytest.mark.parametrize(
    ("on", "covered"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_both_days_of_an_enrolment_count(on: date, covered: bool):
    assert is_covered([Period(PLAN, date(2026, 1, 1), date(2026, 12, 31))], None, on) is covered


def test_the_last_day_cuts_an_open_enrolment():
    periods = [Period(PLAN, date(2026, 1, 1))]
    assert is_covered(periods, TODAY, TODAY)
    assert not is_covered(periods, TODAY, TODAY + timedelta(days=1))


def test_nobody_without_an_enrolment_is_covered():
    assert cover_state([], None, TODAY) == CoverState("none")


def test_a_plan_change_counts_from_its_first_day():
    periods = [Period(OTHER_PLAN, date(2026, 7, 1)), Period(PLAN, date(2025, 1, 1), date(2026, 6, 30))]
    assert cover_state(periods, None, date(2026, 6, 30)).plan_id == PLAN
    assert cover_state(periods, None, date(2026, 7, 1)).plan_id == OTHER_PLAN


@pytest.mark.parametrize(
    ("next_one", "left_on", "until"),
    [
        (Period(OTHER_PLAN, date(2026, 7, 1)), None, None),
        (Period(OTHER_PLAN, date(2026, 7, 1), date(2026, 12, 31)), None, date(2026, 12, 31)),
        (Period(OTHER_PLAN, date(2026, 7, 1)), date(2026, 8, 31), date(2026, 8, 31)),
        (Period(OTHER_PLAN, date(2026, 7, 2)), None, date(2026, 6, 30)),
    ],
)
def test_cover_that_goes_on_the_next_day_does_not_end(next_one: Period, left_on: date | None, until: date | None):
    periods = [next_one, Period(PLAN, date(2025, 1, 1), date(2026, 6, 30))]
    assert cover_state(periods, left_on, TODAY).valid_until == until


def test_cover_that_begins_later_is_announced():
    state = cover_state([Period(PLAN, date(2026, 7, 1))], None, TODAY)
    assert (state.state, state.valid_from, state.is_covered) == ("not_yet", date(2026, 7, 1), False)


@given(days, st.integers(0, 900), days)
def test_a_period_covers_exactly_its_days(start: date, length: int, on: date):
    end = start + timedelta(days=length)
    assert is_covered([Period(PLAN, start, end)], None, on) is (start <= on <= end)


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2000, 6, 15), date(2026, 6, 15), 26),
        (date(2000, 6, 16), date(2026, 6, 15), 25),
        (date(2004, 2, 29), date(2025, 2, 28), 20),
        (date(2004, 2, 29), date(2025, 3, 1), 21),
    ],
)
def test_age_counts_completed_years(birth: date, on: date, age: int):
    assert age_on(birth, on) == age


def test_from_the_agreed_birthday_on_only_the_member_reads_their_data():
    assert not has_own_access(date(2009, 6, 16), TODAY, 17)
    assert has_own_access(date(2009, 6, 15), TODAY, 17)


@pytest.mark.parametrize(
    ("employee", "family", "new", "reason"),
    [
        (SPOUSE, [], Relative("child", "Citra", date(2015, 1, 1)), "members.not_an_employee"),
        (
            Relative("employee", "Budi", date(1985, 3, 2), date(2026, 6, 1)),
            [],
            Relative("child", "Citra", date(2015, 1, 1)),
            "members.employee_left",
        ),
        (EMPLOYEE, [SPOUSE], Relative("spouse", "Dewi", date(1990, 1, 1)), "members.spouse_already_there"),
        (EMPLOYEE, [SPOUSE], Relative("child", "ANI  santoso", date(1988, 7, 1)), "members.already_in_family"),
        (EMPLOYEE, [], Relative("child", "Eka", date(2001, 6, 15)), "members.child_too_old"),
        (EMPLOYEE, [], Relative("child", "Eka", date(1980, 1, 1)), "members.child_older_than_parent"),
        (EMPLOYEE, [], Relative("child", "Eka", date(2026, 6, 16)), "members.born_in_future"),
        (EMPLOYEE, [], Relative("spouse", "Fitri", date(2015, 1, 1)), "members.spouse_too_young"),
    ],
)
def test_a_family_does_not_grow_by(employee: Relative, family: list[Relative], new: Relative, reason: str):
    refusal = may_add_dependant(employee, family, new, TODAY)
    assert refusal is not None
    assert refusal.reason == reason


@pytest.mark.parametrize(
    "new",
    [
        Relative("child", "Citra", TODAY),
        Relative("child", "Citra", date(2001, 6, 16)),
        Relative("spouse", "Dewi", date(1990, 1, 1)),
    ],
)
def test_a_family_grows_by(new: Relative):
    assert may_add_dependant(EMPLOYEE, [], new, TODAY) is None


def test_a_spouse_who_left_makes_room():
    gone = Relative("spouse", "Ani", date(1988, 7, 1), date(2026, 1, 1))
    assert may_add_dependant(EMPLOYEE, [gone], Relative("spouse", "Dewi", date(1990, 1, 1)), TODAY) is None
