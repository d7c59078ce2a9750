"""Providers beside their peers: what is far off is named with its figures, what is ordinary never."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.claims import habits
from backend.claims.habits import Habits, patterns
from backend.kit import ids


def a_provider(**facts: Any) -> Habits:
    """A clinic with a hundred ordinary visits at Rp 200.000."""
    values: dict[str, Any] = {
        "kind": "clinic",
        "tier": "ppk1",
        "visits": 100,
        "days": 50,
        "billed": 100 * 200_000_00,
        "coded": 100,
        "most_diagnosis": 20,
        "closed_days": 2,
        "under_limit": 3,
        "most_total": 6,
    }
    return Habits(provider_id=ids.new_id(), **(values | facts))


def peers(count: int = 12, **facts: Any) -> list[Habits]:
    """Clinics around Rp 200.000 a visit, a little apart."""
    return [a_provider(billed=100 * (180_000_00 + at * 4_000_00), **facts) for at in range(count)]


def reasons(one: Habits, others: list[Habits]) -> list[str]:
    return [found.reason for found in patterns([*others, one]) if found.provider_id == one.provider_id]


@pytest.mark.requirement("S2-38", "S2-45")
@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"billed": 100 * 640_000_00}, habits.COST),
        ({"days": 12}, habits.PER_DAY),
        ({"most_diagnosis": 85}, habits.ONE_DIAGNOSIS),
        ({"closed_days": 40}, habits.CLOSED_DAYS),
        ({"under_limit": 45}, habits.UNDER_LIMIT),
        ({"most_total": 60}, habits.SAME_TOTALS),
    ],
)
def test_a_habit_far_from_the_peers_is_found_and_only_that_one(facts, reason):
    assert reasons(a_provider(**facts), peers()) == [reason]


def test_the_figures_say_how_far_from_whom():
    """640.000 a visit against a median of 202.000 among twelve: 316 %."""
    [found] = patterns([*peers(), a_provider(billed=100 * 640_000_00)])
    assert found.figures == {"value": 640_000_00, "median": 202_000_00, "percent": 316, "peers": 12, "visits": 100}


def test_an_ordinary_provider_is_not_named():
    assert patterns(peers(30)) == []


def test_less_than_usual_is_no_pattern():
    assert reasons(a_provider(billed=100 * 20_000_00, most_diagnosis=1, days=100), peers()) == []


@pytest.mark.parametrize(
    ("one", "others"),
    [
        ({"billed": 100 * 640_000_00}, peers(habits.LEAST_PEERS - 1)),
        ({"billed": 100 * 640_000_00, "kind": "hospital"}, peers()),
        ({"billed": 100 * 640_000_00, "tier": "ppk2"}, peers()),
        ({"billed": 19 * 640_000_00, "visits": habits.LEAST_VISITS - 1}, peers()),
    ],
    ids=["too few peers", "another kind", "another tier", "too few visits"],
)
def test_without_enough_peers_and_visits_nothing_is_said(one, others):
    assert reasons(a_provider(**one), others) == []


def test_peers_that_are_all_alike_need_more_than_a_hair():
    """All at 200.000: 210.000 is 5 % more and nothing; 320.000 is."""
    alike = [a_provider() for _ in range(10)]
    assert reasons(a_provider(billed=100 * 210_000_00), alike) == []
    assert reasons(a_provider(billed=100 * 320_000_00), alike) == [habits.COST]


def test_two_odd_peers_do_not_hide_a_third():
    """A mean and a standard deviation would follow them; the median does not."""
    odd = [a_provider(billed=100 * 900_000_00) for _ in range(2)]
    assert reasons(a_provider(billed=100 * 640_000_00), [*peers(), *odd]) == [habits.COST]


@given(st.integers(1, 50), st.integers(0, 100))
def test_the_order_of_providers_changes_nothing(times, share):
    known = [*peers(), a_provider(billed=times * 100 * 50_000_00, closed_days=share)]
    forth, back = patterns(known), patterns(known[::-1])
    assert sorted(map(str, forth)) == sorted(map(str, back))


@given(st.integers(2, 1000))
def test_another_currency_unit_changes_no_verdict(factor):
    known = [*peers(), a_provider(billed=100 * 640_000_00)]
    scaled = [replace(one, billed=one.billed * factor) for one in known]
    assert [one.reason for one in patterns(scaled)] == [one.reason for one in patterns(known)]
