"""The market's standard where nobody agreed on a price, with the sums a person would make (S2-44)."""

from __future__ import annotations

from datetime import date

import pytest

from backend.access import Scope, working_for
from backend.adjudication import service
from backend.adjudication.rules import Item, Place
from backend.clients.rules import Terms
from backend.kit import ids
from backend.providers.models import MarketPrice
from backend.providers.rules.market_line import StandardPrice, Unit, standard_price
from tests.factories.benefits import make_benefit
from tests.factories.bills import bill, line, rp, split_of
from tests.factories.claims import Household, make_household
from tests.factories.providers import make_contract, make_provider, make_tariff

DAY = date(2026, 3, 10)


@pytest.fixture
def home(app) -> Household:
    household = make_household(sign_in=False)
    with working_for(household.client.id) as scope:
        make_benefit(scope, household.plan_id, code="OP", benefit_group="outpatient", limits=[])
    return household


def market(scope: Scope, code: str, amount: int, *, region: str = "", since: date = date(2026, 1, 1), **facts) -> None:
    """A standard price of ``amount`` whole rupiah."""
    values = {"unit": "each", "name": "Konsultasi", "currency": "IDR", "valid_until": None, "source": None} | facts
    scope.session.add(
        MarketPrice(
            country="ID",
            region_code=region,
            service_code=code,
            amount_minor=amount * 100,
            valid_from=since,
            import_id=None,
            **values,
        )
    )
    scope.session.flush()


def a_code() -> str:
    """The table is every client's: each example has a service of its own."""
    return f"M{ids.new_id().hex[-12:]}"


def paid(scope: Scope, home: Household, code: str, amount: int, *, provider_id=None, on: date = DAY, **facts):
    """Who pays how much of ``amount`` rupiah for one piece of the service."""
    place = Place(provider_id=provider_id, in_network=provider_id is not None, region=facts.pop("region", "3171"))
    asked = bill(line(amount, service=code, **facts), member_id=home.employee_id, visit_on=on, place=place)
    return split_of(service.judge(scope, asked))


@pytest.mark.requirement("S2-44")
def test_an_agreed_price_goes_before_the_markets(home):
    """200.000 billed, 150.000 agreed, 120.000 usual: 150.000 the plan, and the 50.000 above nobody owes."""
    code = a_code()
    with working_for(home.client.id) as scope:
        clinic = make_provider(scope)
        make_tariff(scope, make_contract(scope, clinic), {code: 150_000_00})
        market(scope, code, 120_000)
        assert paid(scope, home, code, 200_000, provider_id=clinic.id) == {"plan": 150_000, "provider": 50_000}


@pytest.mark.requirement("S2-44")
def test_what_is_above_the_market_is_the_members_where_nobody_agreed(home):
    """200.000 billed, 120.000 usual and nothing agreed: 120.000 the plan, 80.000 the member."""
    code = a_code()
    with working_for(home.client.id) as scope:
        market(scope, code, 120_000)
        assert paid(scope, home, code, 200_000, provider_id=make_provider(scope).id) == {
            "plan": 120_000,
            "member": 80_000,
        }


@pytest.mark.requirement("S2-44")
def test_a_contract_may_let_the_plan_bear_what_is_above_the_market(app):
    """The same bill, and the contract says the plan: 200.000."""
    home = make_household(sign_in=False, terms={"above_market_borne_by": "plan"})
    code = a_code()
    with working_for(home.client.id) as scope:
        make_benefit(scope, home.plan_id, code="OP", benefit_group="outpatient", limits=[])
        market(scope, code, 120_000)
        assert paid(scope, home, code, 200_000, provider_id=make_provider(scope).id) == {"plan": 200_000}
    assert Terms().above_market_borne_by == "member"


@pytest.mark.requirement("S2-44")
def test_a_place_outside_the_registry_is_held_against_the_market_of_its_region(home):
    """No registered provider, only the regency 3171: 120.000 of 200.000."""
    code = a_code()
    with working_for(home.client.id) as scope:
        market(scope, code, 120_000, region="31")
        assert paid(scope, home, code, 200_000) == {"plan": 120_000, "member": 80_000}
        assert paid(scope, home, code, 200_000, region="5171") == {"plan": 200_000}


@pytest.mark.requirement("S2-44")
@pytest.mark.parametrize(
    ("on", "plan"),
    [
        (date(2025, 12, 31), 200_000),
        (date(2026, 1, 1), 120_000),
        (date(2026, 6, 30), 120_000),
        (date(2026, 7, 1), 140_000),
        (date(2026, 12, 31), 140_000),
    ],
    ids=["before there is one", "its first day", "its last day", "the next one", "much later"],
)
def test_the_price_of_the_day_of_the_visit_counts(home, on, plan):
    """120.000 in the first half of 2026, 140.000 from July on; before that nothing is known and 200.000 stand."""
    code = a_code()
    with working_for(home.client.id) as scope:
        market(scope, code, 120_000, since=date(2026, 1, 1), valid_until=date(2026, 6, 30))
        market(scope, code, 140_000, since=date(2026, 7, 1))
        clinic = make_provider(scope)
        assert paid(scope, home, code, 200_000, provider_id=clinic.id, on=on).get("plan") == plan


@pytest.mark.requirement("S2-44")
def test_a_days_price_is_held_against_rooms_and_never_against_pieces(home):
    """A room of two nights at 400.000 a night is usual at 300.000: 600.000 of 800.000."""
    code = a_code()
    with working_for(home.client.id) as scope:
        market(scope, code, 300_000, unit="day")
        room = paid(scope, home, code, 800_000, item=Item.ROOM, quantity=2, count=2)
        assert room == {"plan": 600_000, "member": 200_000}
        assert paid(scope, home, code, 800_000, quantity=2) == {"plan": 800_000}


@pytest.mark.requirement("S2-44")
def test_a_price_in_another_currency_is_no_price(home):
    code = a_code()
    with working_for(home.client.id) as scope:
        market(scope, code, 100, currency="USD")
        assert paid(scope, home, code, 200_000) == {"plan": 200_000}


def test_the_smaller_region_goes_before_the_larger_and_the_later_day_before_the_earlier():
    def price(region: str, since: date, amount: int) -> StandardPrice:
        return StandardPrice("GP", Unit.EACH, rp(amount), region, since)

    first, later = date(2026, 1, 1), date(2026, 2, 1)
    known = [price("", later, 1), price("31", first, 2), price("31", later, 3), price("3171", first, 4)]
    chosen = [standard_price(known, "GP", Unit.EACH, region, DAY) for region in ("3171", "3172", "5171", None)]
    assert [one and int(one.amount.major()) for one in chosen] == [4, 3, 1, 1]
    assert standard_price(known, "LAB", Unit.EACH, "3171", DAY) is None


def test_the_trace_names_the_day_and_the_region_of_the_price(home):
    code = a_code()
    with working_for(home.client.id) as scope:
        market(scope, code, 120_000, region="31")
        asked = bill(line(200_000, service=code), member_id=home.employee_id, visit_on=DAY, place=Place(region="3171"))
        steps = service.judge(scope, asked).lines[0].steps
    assert steps[0].inputs["version"] == "2026-01-01/ID-31"
