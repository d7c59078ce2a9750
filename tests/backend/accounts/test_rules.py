from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.accounts.rules import (
    ATTACK_GUESSES,
    CodeFacts,
    Person,
    Traffic,
    code_is_live,
    delivery_wait,
    may_guess,
    members_to_act_for,
    network_of,
    next_code_at,
    next_password_at,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def moments(count: int) -> tuple[datetime, ...]:
    return tuple(NOW - timedelta(seconds=count - place) for place in range(count))


def code(*, near: int = 0, far: int = 0, used: bool = False, age: timedelta = timedelta(0)) -> CodeFacts:
    return CodeFacts(NOW - age + timedelta(minutes=10), NOW if used else None, near, far)


class TestCodes:
    def test_a_code_lives_ten_minutes(self):
        assert code_is_live(code(age=timedelta(minutes=9, seconds=59)), NOW)
        assert not code_is_live(code(age=timedelta(minutes=10)), NOW)

    def test_a_used_code_is_dead(self):
        assert not code_is_live(code(used=True), NOW)

    def test_five_wrong_guesses_close_a_code_where_it_was_asked_for(self):
        assert may_guess(code(near=4), near=True, under_attack=False)
        assert not may_guess(code(near=5), near=True, under_attack=False)

    def test_strangers_cannot_use_up_the_owners_guesses(self):
        assert may_guess(code(far=5), near=True, under_attack=True)
        assert not may_guess(code(far=5), near=False, under_attack=False)

    def test_under_attack_a_code_works_only_where_it_was_asked_for(self):
        assert not may_guess(code(), near=False, under_attack=True)


class TestSpeed:
    def test_three_codes_come_at_once(self):
        assert next_code_at(Traffic(moments(2), (), familiar=False)) is None

    def test_then_pauses_double_up_to_a_quarter_of_an_hour(self):
        pauses = [next_code_at(Traffic(moments(count), (), familiar=True)) for count in (3, 4, 5, 40)]
        seconds = [(pause - moments(1)[0]).total_seconds() for pause in pauses if pause]
        assert seconds == [30, 60, 120, 900]

    def test_strangers_slow_down_other_strangers(self):
        assert next_code_at(Traffic((), moments(9), familiar=False)) is None
        assert next_code_at(Traffic((), moments(10), familiar=False)) is not None

    @given(st.integers(0, 500))
    def test_whatever_strangers_do_a_familiar_place_does_not_wait(self, flood: int):
        assert next_code_at(Traffic((), moments(flood), familiar=True)) is None
        assert next_password_at(Traffic((), moments(flood), familiar=True)) is None

    @given(st.integers(0, 500), st.integers(0, 500), st.booleans())
    def test_no_wait_is_longer_than_half_an_hour(self, here: int, elsewhere: int, familiar: bool):
        until = next_code_at(Traffic(moments(here), moments(elsewhere), familiar=familiar))
        assert until is None or until - NOW <= timedelta(minutes=30)

    @given(st.integers(0, 500), st.integers(0, 500))
    def test_nobody_waits_more_than_a_minute_for_what_others_did_to_a_password(self, elsewhere: int, here: int):
        until = next_password_at(Traffic(moments(min(here, 4)), moments(elsewhere), familiar=False))
        assert until is None or until - NOW <= timedelta(minutes=1)

    def test_a_distributed_guesser_has_less_than_a_chance_in_two_thousand_a_day(self):
        sent: list[datetime] = []
        moment, day = NOW, NOW + timedelta(days=1)
        while moment < day:
            next_at = next_code_at(Traffic((), sent, familiar=False))
            moment = max(moment + timedelta(seconds=1), next_at or moment)
            sent.append(moment)
        guesses = 5 * len(sent) + ATTACK_GUESSES * 2
        assert guesses / 10**6 < 1 / 2000

    def test_a_busy_client_delivers_later_but_delivers(self):
        assert delivery_wait(3000) == 0
        assert 0 < delivery_wait(4000) <= delivery_wait(1_000_000) == 300


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("114.10.9.200", "114.10.9.0/24"),
        ("2404:8000:1027:85f::1", "2404:8000:1027:800::/56"),
        ("not an address", "unknown"),
    ],
)
def test_a_phone_is_recognised_by_its_network(address: str, network: str):
    assert network_of(address) == network


def person(relationship: str, years: float, *, left: int | None = None, consents: bool = False) -> Person:
    born = TODAY - timedelta(days=round(years * 365.25))
    return Person(uuid4(), relationship, born, TODAY - timedelta(days=left) if left is not None else None, consents)


def acting(own: list[Person], dependants: list[Person]) -> tuple[object, ...]:
    return members_to_act_for(own, dependants, on=TODAY, own_access_age=17, former_member_days=365)


class TestActingFor:
    employee = person("employee", 40)

    def test_oneself_comes_first_then_the_children(self):
        child = person("child", 8)
        assert acting([self.employee], [child]) == (self.employee.id, child.id)

    def test_a_child_of_seventeen_acts_alone(self):
        child = Person(uuid4(), "child", date(2009, 3, 2), None)
        assert acting([self.employee], [child]) == (self.employee.id,)

    def test_the_day_before_the_birthday_the_employee_still_acts(self):
        child = Person(uuid4(), "child", date(2009, 3, 3), None)
        assert acting([self.employee], [child]) == (self.employee.id, child.id)

    def test_a_spouse_is_included_only_with_consent(self):
        silent, agreed = person("spouse", 38), person("spouse", 38, consents=True)
        assert acting([self.employee], [silent]) == (self.employee.id,)
        assert acting([self.employee], [agreed]) == (self.employee.id, agreed.id)

    def test_somebody_who_left_reads_on_for_a_year(self):
        assert acting([person("employee", 40, left=365)], []) != ()
        assert acting([person("employee", 40, left=366)], []) == ()

    def test_nobody_signs_in_through_a_dependant_when_they_have_no_access_themselves(self):
        assert acting([person("employee", 40, left=900)], [person("child", 5)]) == ()

    def test_a_family_on_one_number_is_each_listed_once(self):
        child = person("child", 8)
        assert acting([self.employee, child], [child]) == (self.employee.id, child.id)
