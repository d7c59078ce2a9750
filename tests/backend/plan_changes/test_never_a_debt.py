"""Whatever rule is changed: no decided claim changes, nobody owes anything by it, and nothing left is negative."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from backend.access import Actor, Role, working_for
from backend.benefits import queries as benefits
from backend.claims import service as claims
from backend.funds.models import Excess
from backend.kit import clock, ids
from backend.kit.money import Money
from tests.backend.plan_changes.conftest import AUTUMN
from tests.factories.benefits import limit
from tests.factories.plan_changes import everything_else, make_change, make_decided, make_insured, put_in_force

SOMEBODY_ELSE = Actor(Role.CLAIMS, id=ids.new_id())
_BASES = ("day", "visit", "case", "year", "lifetime")


@st.composite
def rules_of_a_benefit(draw) -> dict[str, Any]:
    """Any mixture of rules: what a benefit gives, asks for, waits for, leaves out."""
    amount = st.integers(0, 2_000_000)
    one_limit = st.fixed_dictionaries(
        {"per": st.sampled_from(_BASES), "shared_by": st.sampled_from(("person", "family")), "amount": amount},
        optional={"count": st.integers(0, 5), "years": st.integers(1, 3)},
    )
    paid = st.fixed_dictionaries({"percent": st.integers(0, 100), "cap": st.none() | amount})
    borne = st.fixed_dictionaries({"amount": amount, "per": st.sampled_from(("visit", "case", "year"))})
    left_out = {"code": "knee", "names": {"en": "Knee", "id": "Lutut"}, "conditions": ["M"]}
    return draw(
        st.fixed_dictionaries(
            {"limits": st.lists(one_limit, max_size=3)},
            optional={
                "co_payment": st.none() | paid,
                "deductible": st.none() | borne,
                "waiting_days": st.integers(0, 4000),
                "exclusions": st.just([left_out]),
                "code": st.just("OTHER"),
                "referral_required": st.booleans(),
                "network_only": st.booleans(),
                "reimbursable": st.booleans(),
                "approval_required": st.booleans(),
            },
        )
    )


@pytest.mark.requirement("S2-35")
@given(changed=rules_of_a_benefit(), bills=st.lists(st.integers(10_000, 900_000), min_size=1, max_size=3))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_change_of_any_rule_changes_nothing_that_was_decided_and_creates_no_debt(app, changed, bills):
    with clock.at(AUTUMN):
        home = make_insured()
        decided = [make_decided(home, amount, days_ago=9 - number) for number, amount in enumerate(bills)]
        with working_for(home.client.id) as scope:
            before = everything_else(scope)
        put_in_force(home, make_change(home, lambda benefit: benefit.update(changed)))
        with working_for(home.client.id) as scope:
            assert everything_else(scope) == before
            for day in (home.today(), home.today() + timedelta(days=1)):
                for member_id in (home.employee_id, home.child_id):
                    _nothing_is_less_than_nothing(benefits.balances(scope, member_id, day))
        _decided_again_by_the_old_terms(home, decided[-1])


def _nothing_is_less_than_nothing(balances) -> None:
    for balance in balances:
        for state in balance.limits:
            assert state.left.amount is None or state.left.amount.amount_minor >= 0
            assert state.left.count is None or state.left.count >= 0


def _decided_again_by_the_old_terms(home, claim) -> None:
    """Looked at anew after the change, the last claim gets to the sen what it got before, and nobody owes anything."""
    first = _totals(home, claim)
    with working_for(home.client.id, home.actor) as scope:
        claims.appeal_claim(scope, claim.id, "Mohon diperiksa lagi")
    with clock.at(clock.now() + timedelta(days=3)), working_for(home.client.id, SOMEBODY_ELSE) as scope:
        claims.decide_claim(scope, claim.id)
        asked_of_members = select(func.count()).where(Excess.client_id == scope.client_id)
        assert scope.session.scalar(asked_of_members) == 0
    assert _totals(home, claim) == first


def _totals(home, claim) -> dict[str, Money]:
    with working_for(home.client.id, home.actor, language="en") as scope:
        return claims.claim_answer(scope, claim.id)["decision"]["receipt"]["totals"]


@pytest.mark.requirement("S2-35")
@given(lowered=st.integers(0, 700_000))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_limit_below_what_was_used_leaves_nothing_and_not_less(app, lowered):
    """700.000 were used of the year's 1.000.000; the year then gives less than that."""
    with clock.at(AUTUMN):
        home = make_insured([limit("year", 1_000_000_00)])
        for days_ago in (9, 7):
            make_decided(home, 350_000, days_ago=days_ago)

        def less(benefit):
            benefit["limits"][0]["amount"] = lowered

        put_in_force(home, make_change(home, less))
        with working_for(home.client.id) as scope:
            (balance,) = benefits.balances(scope, home.employee_id, home.today() + timedelta(days=1))
        left = balance.limits[0].left.amount
        assert left is not None
        assert left.amount_minor == 0
