from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.clients.rules import Terms
from backend.kit.refusal import Refusal
from backend.providers.rules.first_choice import (
    Candidate,
    ChoiceTerms,
    Held,
    first_day,
    may_choose,
    months_after,
)
from backend.providers.rules.standing import Membership, standing

TODAY = date(2026, 6, 15)
HERE, THERE = UUID(int=1), UUID(int=2)
LONG_AGO = date(2025, 1, 1)


def terms(**given):
    return ChoiceTerms(**{"panel": "network", "counts_from": "next_month", "months": 0, **given})


@pytest.mark.requirement("S0-22")
@pytest.mark.parametrize(
    ("now", "said", "first"),
    [
        (None, {}, TODAY),
        (None, {"months": 12}, TODAY),
        (Held(HERE, LONG_AGO), {}, date(2026, 7, 1)),
        (Held(HERE, LONG_AGO), {"counts_from": "at_once"}, TODAY),
        (Held(HERE, TODAY), {"counts_from": "at_once"}, TODAY),
        (Held(HERE, date(2026, 3, 16)), {"months": 3}, "providers.change_too_soon"),
        (Held(HERE, date(2026, 3, 15)), {"months": 3}, date(2026, 7, 1)),
        (Held(HERE, date(2026, 6, 1), open_=False), {"months": 3}, TODAY),
    ],
)
def test_a_change_counts_from_the_day_the_contract_says(now, said, first):
    found = first_day(now, terms(**said), TODAY)
    assert (found.reason if isinstance(found, Refusal) else found) == first


def test_too_soon_says_from_when():
    assert first_day(Held(HERE, date(2026, 6, 1)), terms(months=3), TODAY).figures == {
        "from_day": date(2026, 9, 1),
        "months": 3,
    }


def candidate(**given):
    inside = standing("main", "ppk1", [Membership(LONG_AGO, None, True)], TODAY, open_=True)
    return Candidate(**{"id": THERE, "kind": "clinic", "tier": "ppk1", "active": True, "standing": inside, **given})


OUTSIDE = standing("main", "ppk1", [], TODAY, open_=True)


@pytest.mark.requirement("S0-22")
@pytest.mark.parametrize(
    ("given", "said", "reason"),
    [
        ({}, {}, None),
        ({"standing": OUTSIDE}, {}, "providers.not_in_network"),
        ({"standing": OUTSIDE}, {"panel": "any"}, None),
        ({"tier": "ppk2"}, {"panel": "any"}, "providers.not_first_tier"),
        ({"kind": "pharmacy"}, {}, "providers.not_first_tier"),
        ({"tier": None}, {}, "providers.not_first_tier"),
        ({"active": False}, {"panel": "any"}, "providers.closed"),
    ],
)
def test_the_panel_is_closed_or_any_as_the_contract_says(given, said, reason):
    refusal = may_choose(candidate(**given), None, None, terms(**said), network="main")
    assert (refusal and refusal.reason) == reason


@pytest.mark.parametrize(
    ("now", "planned", "reason"),
    [
        (Held(THERE, LONG_AGO), None, "providers.already_chosen"),
        (Held(HERE, LONG_AGO), Held(THERE, TODAY), "providers.already_chosen"),
        (Held(HERE, LONG_AGO), None, None),
    ],
)
def test_what_is_chosen_is_not_chosen_again(now, planned, reason):
    refusal = may_choose(candidate(), now, planned, terms(), network="main")
    assert (refusal and refusal.reason) == reason


def test_a_plan_without_a_network_has_no_first_clinic():
    assert may_choose(candidate(), None, None, terms(), network=None).reason == "providers.no_first_choice"


def test_the_defaults_are_the_sources_words():
    assert (Terms().primary_provider_panel, Terms().primary_provider_months) == ("network", 0)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(0, 36))
def test_months_go_on_and_never_past_the_end_of_a_month(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


@given(
    st.dates(date(2020, 1, 1), date(2026, 6, 15)),
    st.sampled_from(list(product(("next_month", "at_once"), (0, 1, 3, 12)))),
)
def test_a_choice_never_counts_before_today(since, said):
    found = first_day(Held(HERE, since), terms(counts_from=said[0], months=said[1]), TODAY)
    assert isinstance(found, Refusal) or TODAY <= found <= date(2026, 7, 1)
