"""Judging with the facts of the database."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from backend.access import Scope, working_for
from backend.adjudication import service
from backend.adjudication.rules import Bill, Item, Judgement, Line, Payer, Place, Rule
from backend.adjudication.rules.rooms import Night, Stay
from backend.benefits import service as benefits
from backend.benefits.service import Ask
from backend.clients.registry import ClientFacts
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.members.models import Member
from tests.factories.benefits import limit, make_plan
from tests.factories.bills import rp, split_of
from tests.factories.clients import make_client
from tests.factories.members import make_card, make_member
from tests.factories.providers import make_contract, make_provider, make_room, make_tariff
from tests.query_counter import counted_queries

MOST_QUERIES = 16

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.requirement("S2-35")
def test_a_bill_is_judged_by_the_members_own_plan():
    """A visit of Rp 500.000 under a limit of Rp 350.000 a visit: the plan pays 350.000, the member 150.000."""
    client = make_client()
    with working_for(client.id) as scope:
        plan = make_plan(scope, {"code": "OP", "limits": [limit("visit", 350_000_00)]})
        member = make_member(scope, plan_id=plan.id)
        asked = Line("1", "OP", Money.of_major(500_000, "IDR"))
        judgement = service.judge(
            scope, Bill(member.id, "quote", ids.new_id(), clock.today(client.timezone), "IDR", (asked,))
        )
    assert judgement.shares.plan == Money.of_major(350_000, "IDR")
    assert judgement.shares.member == Money.of_major(150_000, "IDR")
    assert [(step.rule, step.payer) for step in judgement.lines[0].steps] == [
        (Rule.OVER_LIMIT, Payer.MEMBER),
        (Rule.PLAN_PAYS, Payer.PLAN),
    ]


@pytest.fixture
def home():
    """A client with one member under an outpatient and a room benefit of network `main`, and its scope."""
    client = make_client()
    with working_for(client.id) as scope:
        plan = make_plan(
            scope,
            {"code": "OP", "network_only": True},
            {
                "code": "ROOM",
                "benefit_group": "inpatient",
                "room_rate_minor": 500_000_00,
                "deductible": {"amount_minor": 100_000_00, "basis": "case"},
                "limits": [limit("year", count=30)],
            },
            network="main",
        )
        member = make_member(scope, plan_id=plan.id)
        yield Home(scope, client, member)


@dataclass
class Home:
    scope: Scope
    client: ClientFacts
    member: Member

    def judged(self, *lines: Line, **facts) -> Judgement:
        """The judgement of a bill of today."""
        today = clock.today(self.client.timezone)
        return service.judge(
            self.scope, Bill(self.member.id, "quote", ids.new_id(), today, self.client.currency, lines, **facts)
        )


@pytest.mark.requirement("S0-22")
def test_the_registry_decides_what_is_in_the_network(home):
    inside = make_provider(home.scope, network="main")
    outside = make_provider(home.scope)
    asked = Line("1", "OP", rp(100_000))
    assert home.judged(asked, place=Place(inside.id)).lines[0].reasons == ()
    assert home.judged(asked, place=Place(outside.id)).lines[0].reasons == (Rule.OUTSIDE_NETWORK,)


@pytest.mark.requirement("S1-62")
def test_a_provider_in_another_country_is_abroad(home):
    singapore = make_provider(home.scope, network="main", country="SG")
    judgement = home.judged(Line("1", "OP", rp(100_000)), place=Place(singapore.id), cashless=True)
    assert judgement.lines[0].reasons == (Rule.ABROAD_PAY_FIRST,)


@pytest.mark.requirement("S0-23", "S2-44")
def test_the_agreed_price_of_the_day_is_held_against_the_bill(home):
    clinic = make_provider(home.scope, network="main")
    make_tariff(home.scope, make_contract(home.scope, clinic), prices={"GP": 150_000_00})
    judgement = home.judged(Line("1", "OP", rp(200_000), service="GP"), place=Place(clinic.id))
    assert split_of(judgement) == {"plan": 150_000, "provider": 50_000}
    assert judgement.lines[0].steps[0].inputs["version"].endswith("/1")


@pytest.mark.requirement("S1-63")
def test_the_hospitals_own_classes_say_what_one_class_higher_is(home):
    """Entitled to 500.000; the next class costs 700.000, so of a night at 900.000 the plan grants 700.000.

    The first 100.000 of the case are the deductible.
    """
    hospital = make_provider(home.scope, network="main", kind="hospital")
    for rank, rate in enumerate((500_000, 700_000, 900_000), start=1):
        make_room(home.scope, hospital, rank=rank, code=str(rank), rate_minor=rp(rate).amount_minor)
    night = Stay((Night(rp(900_000), entitled_free=False),))
    room = Line("1", "ROOM", rp(900_000), Item.ROOM, count=1)
    judgement = home.judged(room, place=Place(hospital.id), stay=night, hours=24)
    assert split_of(judgement) == {"plan": 600_000, "member": 300_000}
    assert judgement.lines[0].reasons == (Rule.ROOM_FULL_TOO_HIGH, Rule.DEDUCTIBLE)


@pytest.mark.requirement("S1-6")
def test_a_stay_in_a_clinic_is_no_stay_in_a_hospital(home):
    clinic = make_provider(home.scope, network="main", kind="clinic")
    room = Line("1", "ROOM", rp(500_000), Item.ROOM, count=1)
    assert home.judged(room, place=Place(clinic.id), hours=24).lines[0].reasons == (Rule.NO_HOSPITAL,)


@pytest.mark.requirement("S1-78")
def test_a_suspended_card_is_seen(home):
    make_card(home.scope, home.member.id, status="suspended")
    judgement = home.judged(Line("1", "OP", rp(100_000)), cashless=True)
    assert judgement.lines[0].reasons == (Rule.CARD_UNUSABLE,)


@pytest.mark.requirement("S0-9")
def test_who_left_yesterday_is_not_covered_today(home):
    home.member.left_on = clock.today(home.client.timezone) - timedelta(days=1)
    home.scope.session.flush()
    assert home.judged(Line("1", "OP", rp(100_000))).lines[0].reasons == (Rule.NO_COVER,)


@pytest.mark.requirement("S2-35")
def test_what_the_family_used_is_counted(home):
    today = clock.today(home.client.timezone)
    ask = Ask(home.member.id, "ROOM", rp(29_000_000), today, "claim", ids.new_id(), count=29)
    benefits.consume(home.scope, ask, "earlier")
    room = Line("1", "ROOM", rp(1_000_000), Item.ROOM, quantity=2, count=2)
    judgement = home.judged(room, hours=48)
    assert judgement.lines[0].reasons == (Rule.DEDUCTIBLE, Rule.OVER_COUNT)
    assert split_of(judgement) == {"plan": 450_000, "member": 550_000}


def test_judging_takes_few_questions_to_the_database(home):
    clinic = make_provider(home.scope, network="main")
    lines = [Line(str(number), "OP", rp(10_000), service=f"S{number}") for number in range(20)]
    with counted_queries() as asked:
        home.judged(*lines, place=Place(clinic.id))
    assert len(asked) <= MOST_QUERIES
