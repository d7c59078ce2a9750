from dataclasses import fields
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.clients.rules import (
    CONTRACT_OVERLAPS,
    PERIOD_BACKWARDS,
    ContractFacts,
    InvalidTerms,
    PlanYearFacts,
    Terms,
    contract_in_force,
    governing_contract,
    period_problem,
    plan_year_for,
)


def contract(starts_on: date, ends_on: date) -> ContractFacts:
    return ContractFacts(uuid4(), "C", "indemnity", starts_on, ends_on, Terms())


OLD = contract(date(2024, 1, 1), date(2024, 12, 31))
NEW = contract(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31)])
def test_a_contract_is_in_force_on_its_first_and_last_day(day: date):
    assert contract_in_force([OLD, NEW], day) is NEW


def test_between_contracts_none_is_in_force():
    assert contract_in_force([OLD, NEW], date(2025, 6, 1)) is None


def test_the_terms_of_an_ended_contract_go_on_for_what_is_still_open():
    assert governing_contract([NEW, OLD], date(2025, 6, 1)) is OLD


def test_before_the_first_contract_its_own_terms_apply():
    assert governing_contract([NEW, OLD], date(2020, 1, 1)) is OLD


def test_a_day_counts_in_the_plan_year_around_it():
    years = [PlanYearFacts(uuid4(), OLD.id, date(2024, 4, 1), date(2025, 3, 31))]
    assert plan_year_for(years, date(2025, 3, 31)) is years[0]
    assert plan_year_for(years, date(2025, 4, 1)) is None


def test_periods_may_touch_but_not_share_a_day():
    assert period_problem(date(2025, 1, 1), date(2025, 12, 31), [OLD, NEW], CONTRACT_OVERLAPS) is None
    assert period_problem(date(2024, 12, 31), date(2025, 12, 31), [OLD], CONTRACT_OVERLAPS) == CONTRACT_OVERLAPS


def test_a_period_cannot_end_before_it_starts():
    assert period_problem(date(2025, 2, 1), date(2025, 1, 31), [], CONTRACT_OVERLAPS) == PERIOD_BACKWARDS


class TestTerms:
    @pytest.mark.requirement("S1-30")
    def test_the_defaults_are_what_the_sources_say(self):
        terms = Terms.of({})
        assert (terms.submission_days_inside, terms.submission_days_outside) == (30, 60)

    def test_a_contract_changes_only_what_it_names(self):
        terms = Terms.of({"submission_days_inside": 45})
        assert (terms.submission_days_inside, terms.submission_days_outside) == (45, 60)

    def test_the_capital_and_its_neighbours_are_inside(self):
        assert {"3171", "3276", "3674"} <= set(Terms().submission_region)

    @pytest.mark.parametrize(
        ("name", "reading"),
        [
            ("submission_anchor", "visit"),
            ("room_difference_borne_by", "plan"),
            ("deposit_basis", "budget"),
            ("top_up_basis", "initial"),
            ("late_joiner_fee", "pro_rata_before"),
            ("joint_leave_counts", True),
            ("fee_tier_marginal", True),
            ("employer_profit_share_percent", 30),
        ],
    )
    def test_the_other_reading_of_an_unclear_source_can_be_chosen(self, name: str, reading: object):
        assert getattr(Terms(), name) != reading
        assert getattr(Terms.of({name: reading}), name) == reading

    @pytest.mark.parametrize(
        "stored",
        [
            {"submision_anchor": "visit"},
            {"submission_anchor": "yesterday"},
            {"own_access_age": "17"},
            {"own_access_age": -1},
            {"own_access_age": True},
            {"joint_leave_counts": 1},
            {"submission_region": "3171"},
            {"payment_days": ["1"]},
        ],
    )
    def test_a_switch_that_does_not_exist_or_fit_is_named(self, stored: dict[str, object]):
        with pytest.raises(InvalidTerms, match=next(iter(stored))):
            Terms.of(stored)

    @given(st.sampled_from([field.name for field in fields(Terms)]))
    def test_every_default_is_a_value_that_could_be_stored(self, name: str):
        assert Terms.of({name: getattr(Terms(), name)}) == Terms()
