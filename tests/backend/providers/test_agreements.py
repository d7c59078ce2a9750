"""What is agreed with a provider on a day: its standing in a network, its prices, its rooms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from backend.access import working_for
from backend.kit.money import Money
from backend.providers import queries, service
from backend.providers.models import ProviderContract, TariffLine
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.factories.providers import make_contract, make_membership, make_provider, make_room, make_tariff

TODAY = date(2026, 6, 15)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def scope(app):
    with working_for(make_client().id) as scope:
        yield scope


@pytest.mark.requirement("S1-15")
@pytest.mark.parametrize(
    ("contract", "membership", "problem"),
    [
        ({}, {}, None),
        ({"valid_until": TODAY}, {}, None),
        ({"valid_until": YESTERDAY}, {}, "providers.contract_ended"),
        ({"valid_from": TODAY + timedelta(days=1)}, {}, "providers.not_yet_in_network"),
        ({"suspended_from": TODAY}, {}, "providers.suspended"),
        ({}, {"valid_until": YESTERDAY}, "providers.contract_ended"),
        ({}, {"network": "other"}, "providers.not_in_network"),
    ],
)
def test_a_provider_counts_as_long_as_its_membership_and_its_contract(scope, contract, membership, problem):
    provider = make_provider(scope)
    agreed = make_contract(scope, provider, **contract)
    make_membership(scope, provider, **{"contract_id": agreed.id, **membership})
    where = queries.network_standing(scope, provider.id, "main", TODAY)
    assert (where.in_network, where.problem and where.problem.reason) == (problem is None, problem)


@pytest.mark.requirement("S1-15")
def test_a_contract_that_ended_says_its_last_day(scope):
    provider = make_provider(scope)
    make_membership(scope, provider, contract_id=make_contract(scope, provider, valid_until=YESTERDAY).id)
    problem = queries.network_standing(scope, provider.id, "main", TODAY).problem
    assert problem.figures == {"last_day": YESTERDAY}


def test_a_new_contract_after_an_old_one_counts_again(scope):
    provider = make_provider(scope)
    old = make_contract(scope, provider, valid_until=YESTERDAY)
    new = make_contract(scope, provider, valid_from=TODAY)
    make_membership(scope, provider, contract_id=old.id)
    make_membership(scope, provider, contract_id=new.id, valid_from=TODAY)
    assert queries.network_standing(scope, provider.id, "main", TODAY).contract.number == new.number
    assert queries.network_standing(scope, provider.id, "main", YESTERDAY).contract.number == old.number


def test_two_contracts_of_the_same_side_never_overlap(scope):
    provider = make_provider(scope)
    make_contract(scope, provider)
    make_contract(scope, provider, common=True)
    with pytest.raises(IntegrityError), scope.session.begin_nested():
        make_contract(scope, provider, valid_from=TODAY)


@pytest.mark.requirement("S2-39")
def test_a_clients_own_contract_is_nothing_that_another_client_reads(scope):
    provider = make_provider(scope)
    own, common = make_contract(scope, provider), make_contract(scope, provider, common=True)
    scope.unit.commit()
    with working_for(make_client().id) as other:
        assert other.session.get(ProviderContract, own.id) is None
        assert other.session.get(ProviderContract, common.id).number == common.number


@pytest.mark.requirement("S0-23")
@pytest.mark.requirement("S2-40")
def test_the_price_of_a_day_is_the_newest_list_begun_by_then(scope):
    provider = make_provider(scope)
    contract = make_contract(scope, provider)
    make_tariff(scope, contract, {"GP": 100_000_00})
    make_tariff(scope, contract, {"GP": 120_000_00}, valid_from=TODAY)
    before, after = (queries.tariff_for(scope, provider.id, "GP", day) for day in (YESTERDAY, TODAY))
    assert (before.amount, before.version) == (Money(100_000_00, "IDR"), 1)
    assert (after.amount, after.version, after.valid_from) == (Money(120_000_00, "IDR"), 2, TODAY)
    assert queries.tariff_for(scope, provider.id, "UNKNOWN", TODAY) is None


@pytest.mark.requirement("S2-39")
def test_a_clients_own_price_goes_before_the_common_one_which_fills_the_rest(scope):
    provider = make_provider(scope)
    make_tariff(scope, make_contract(scope, provider, common=True), {"GP": 100_000_00, "ECG": 90_000_00})
    make_tariff(scope, make_contract(scope, provider), {"GP": 80_000_00})
    assert queries.tariff_for(scope, provider.id, "GP", TODAY).amount == Money(80_000_00, "IDR")
    assert queries.tariff_for(scope, provider.id, "ECG", TODAY).amount == Money(90_000_00, "IDR")


def test_a_price_may_depend_on_the_room_class(scope):
    provider = make_provider(scope)
    make_tariff(scope, make_contract(scope, provider), {"APP/1": 9_000_000_00, "APP": 7_000_000_00})
    assert queries.tariff_for(scope, provider.id, "APP", TODAY, "1").amount == Money(9_000_000_00, "IDR")
    assert queries.tariff_for(scope, provider.id, "APP", TODAY, "3").amount == Money(7_000_000_00, "IDR")


def test_the_prices_of_a_contract_that_ended_are_no_prices(scope):
    provider = make_provider(scope)
    make_tariff(scope, make_contract(scope, provider, valid_until=YESTERDAY), {"GP": 100_000_00})
    assert queries.tariff_for(scope, provider.id, "GP", TODAY) is None


@pytest.mark.requirement("S2-40")
def test_nobody_rewrites_a_price_that_was_agreed(scope):
    make_tariff(scope, make_contract(scope, make_provider(scope)), {"GP": 100_000_00})
    with pytest.raises(ProgrammingError, match="permission denied"), scope.session.begin_nested():
        scope.session.execute(update(TariffLine).values(amount_minor=1))


def test_room_classes_come_in_their_order_at_the_rates_of_the_day(scope):
    provider = make_provider(scope, kind="hospital")
    make_room(scope, provider, "vip", 40, 1_500_000_00)
    make_room(scope, provider, "1", 30, 800_000_00)
    make_room(scope, provider, "1", 30, 850_000_00, valid_from=TODAY)
    before, now = (queries.room_classes(scope, provider.id, day) for day in (YESTERDAY, TODAY))
    assert [(one.code, one.rate) for one in before] == [
        ("1", Money(800_000_00, "IDR")),
        ("vip", Money(1_500_000_00, "IDR")),
    ]
    assert now[0].rate == Money(850_000_00, "IDR")


def test_somebody_who_never_chose_has_no_first_tier_provider(scope):
    assert service.primary_provider_of(scope, make_member(scope).id, TODAY) is None
