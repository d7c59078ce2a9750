"""What an analyst sees beside a claim and may tell the rules: nights, another payer, repeats, accidents, positions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Actor, Role, working_for
from backend.branding.loader import brand_for
from backend.claims import service
from backend.claims.models import Claim, ClaimStatus
from backend.errors import Conflict, NotFound, RuleRefused
from backend.funds import service as funds
from backend.funds.models import Payable
from backend.helpline.answers.claims import decision
from backend.helpline.asker import Asker
from backend.helpline.catalogue import say
from backend.kit import ids
from backend.kit.money import Money
from tests.factories.accounts import make_staff
from tests.factories.benefits import limit, make_benefit
from tests.factories.claims import Household, make_claim, make_household, make_paper
from tests.factories.providers import make_provider

DESK = Actor(Role.CLAIMS, id=ids.new_id())


def rp(amount: int) -> Money:
    return Money.of_major(amount, "IDR")


@dataclass
class Bench:
    """A household with three benefits, and an analyst who works on its claims."""

    home: Household
    analyst: Actor

    def claim(self, benefit: str = "outpatient", **facts) -> Claim:
        claim = make_claim(self.home, benefit=benefit, submitted=True, **facts)
        with working_for(self.home.client.id, DESK) as scope:
            return service.complete_claim(scope, claim.id, accept_without=claim.missing)

    def tell(self, claim: Claim, **told) -> dict:
        """What the rules would decide once this was told."""
        with working_for(self.home.client.id, self.analyst, language="en") as scope:
            service.assess_claim(scope, claim.id, told)
            return service.propose(scope, claim.id)["receipt"]

    def as_analyst(self, verb, claim: Claim, *args) -> Claim:
        with working_for(self.home.client.id, self.analyst) as scope:
            return verb(scope, claim.id, *args)

    def sees(self, claim: Claim, actor: Actor | None = None) -> dict:
        with working_for(self.home.client.id, actor or self.analyst, language="en") as scope:
            return service.workbench(scope, claim.id)


@pytest.fixture
def bench(app) -> Bench:
    home = make_household(sign_in=True)
    with working_for(home.client.id) as scope:
        make_benefit(scope, home.plan_id, code="OP", benefit_group="outpatient", limits=[limit("year", 5_000_000_00)])
        make_benefit(scope, home.plan_id, code="OBAT", benefit_group="pharmacy", limits=[limit("year", 5_000_000_00)])
        make_benefit(scope, home.plan_id, code="IP", benefit_group="inpatient", room_rate_minor=500_000_00, limits=[])
    return Bench(home, Actor(Role.CLAIMS, id=make_staff(home.client, Role.CLAIMS, name="Ratna Dewanti")))


def shares(receipt: dict) -> tuple[int, int, int, int]:
    totals = receipt["totals"]
    return tuple(totals[payer].amount_minor // 100 for payer in ("plan", "other", "member", "provider"))


@pytest.mark.requirement("S4-10")
def test_what_another_plan_paid_is_taken_off_the_bill(bench):
    """350.000 billed, the other plan paid 100.000: 250.000 are left for ours."""
    claim = bench.claim()
    other = {"name": "Asuransi Mitra", "way": "balance", "paid_minor": 100_000_00}
    assert shares(bench.tell(claim, other=other)) == (250_000, 100_000, 0, 0)
    assert shares(bench.tell(claim, other=None)) == (350_000, 0, 0, 0)


@pytest.mark.requirement("S4-7", "S4-8")
def test_jkn_pays_its_share_of_the_tariff_by_the_decree_of_2024(bench):
    """KMK 1366/2024: 75 % of a tariff of 400.000 are 300.000; of 350.000 billed our plan pays 50.000."""
    other = {"name": "JKN", "way": "kmk_1366_2024", "tariff_minor": 400_000_00}
    assert shares(bench.tell(bench.claim(), other=other)) == (50_000, 300_000, 0, 0)


@pytest.mark.requirement("S4-7")
def test_jkn_pays_the_tariff_of_the_class_one_has_and_nobody_owes_what_lies_above(bench):
    """Permenkes 3/2023, no upgrade: JKN pays 300.000 of 350.000; nobody owes the 50.000 above its tariff."""
    other = {"name": "JKN", "way": "permenkes_3_2023", "tariff_minor": 300_000_00}
    assert shares(bench.tell(bench.claim(), other=other)) == (0, 300_000, 0, 50_000)


@pytest.mark.requirement("S1-63")
def test_nights_in_a_dearer_room_at_own_wish_are_paid_up_to_the_entitled_rate(bench):
    """Three nights at 800.000 with an entitlement of 500.000 and beds free: 1.500.000 by the plan, 900.000 own."""
    day = bench.home.today() - timedelta(days=9)
    lines = [{"description": "Kamar VIP", "amount": rp(2_400_000), "quantity": 3}]
    claim = bench.claim(
        "inpatient", lines=lines, claimed=rp(2_400_000), visit_on=day, discharge_on=day + timedelta(days=3)
    )
    coded = [{"position": 1, "benefit_code": "IP", "item": "room"}]
    stay = {"nights": [{"count": 3, "rate_minor": 800_000_00, "entitled_free": True}], "own_request": True}
    receipt = bench.tell(claim, lines=coded, stay=stay)
    assert shares(receipt) == (1_500_000, 0, 900_000, 0)
    assert [step["rule"] for step in receipt["lines"][0]["steps"]].count("room_refused") <= 3


@pytest.mark.requirement("S1-73")
@pytest.mark.parametrize(
    ("told", "paid"),
    [
        ({"number": 0, "days": 0}, 350_000),
        ({"number": 1, "days": 10}, 350_000),
        ({"number": 9, "days": 20}, 0),
        ({"number": 1, "days": 400}, 0),
        ({"number": 9, "days": 400, "written_approval": True}, 350_000),
    ],
)
def test_a_repeat_is_paid_in_its_number_and_its_days(bench, told: dict, paid: int):
    claim = bench.claim("pharmacy")
    first_on = claim.visit_on - timedelta(days=told["days"])
    dispensing = {"number": told["number"], "first_on": first_on}
    dispensing["written_approval"] = told.get("written_approval", False)
    assert shares(bench.tell(claim, dispensing=dispensing))[0] == paid


def test_positions_are_entered_from_the_photo_and_then_coded(bench):
    """A claim without positions: the analyst enters two from the receipt; soap is not medical care."""
    claim = bench.claim()
    positions = [
        {"description": "Konsultasi", "quantity": 1, "amount_minor": 300_000_00},
        {"description": "Sabun", "quantity": 1, "amount_minor": 50_000_00},
    ]
    bench.tell(claim, positions=positions)
    receipt = bench.tell(claim, lines=[{"position": 2, "item": "non_medical"}])
    assert shares(receipt) == (300_000, 0, 50_000, 0)
    assert [line["description"] for line in bench.sees(claim)["reading"]["lines"]] == ["Konsultasi", "Sabun"]
    with pytest.raises(NotFound):
        bench.tell(claim, lines=[{"position": 3, "item": "test"}])


def test_a_day_that_has_not_come_is_refused(bench):
    with pytest.raises(RuleRefused, match="claims.visit_in_future"):
        bench.tell(bench.claim(), visit_on=bench.home.today() + timedelta(days=3))


def test_what_was_told_is_still_there_when_the_page_is_opened_again(bench):
    claim = bench.claim()
    happened = bench.home.today() - timedelta(days=6)
    bench.tell(claim, diagnosis="S52.5", emergency=True, accident={"happened_on": happened, "hurt_on": happened})
    seen = bench.sees(claim)
    assert seen["reading"]["diagnosis"] == "S52.5"
    assert seen["reading"]["diagnosis_title"]
    assert seen["reading"]["circumstances"]["accident"]["happened_on"] == happened.isoformat()
    assert {one["code"] for one in seen["benefits"]} == {"OP", "OBAT", "IP"}
    assert seen["benefits"][0]["code"] == "OP"


def test_other_claims_of_the_member_and_claims_like_it_lie_beside(bench):
    """The same clinic and nearly the amount; another one at another place is the member's, but not alike."""
    claim = bench.claim()
    like = bench.claim(claimed=rp(370_000))
    bench.claim(claimed=rp(900_000), provider_name="Apotek Sehat")
    seen = bench.sees(claim)
    assert [(one["id"], one["why"]) for one in seen["similar"]] == [(like.id, ["same_place", "near_amount"])]
    assert len(seen["recent"]) == 2


def test_only_analysts_decide(bench):
    claim = bench.claim()
    assert bench.sees(claim)["barred"] == {"decide": None, "confirm": None}
    lead = Actor(Role.ADMIN, id=ids.new_id())
    assert bench.sees(claim, lead)["barred"]["decide"] == "Claims are decided by analysts."


def test_a_queue_can_begin_with_what_is_owed_first(bench, http):
    """An appeal is owed by its own day; what has no day yet comes last."""
    staff = bench.home.staff()
    waiting = make_claim(bench.home, submitted=True)
    claim = bench.claim()
    path = "/api/v1/claims/queue?status=submitted,complete&order=due"
    answer = http.get(f"{path}&limit=1", headers=staff).json
    assert [one["id"] for one in answer["items"]] == [str(claim.id)]
    assert answer["items"][0]["due_on"] == claim.settle_by.isoformat()
    following = http.get(f"{path}&cursor={answer['next_cursor']}", headers=staff).json
    assert [one["id"] for one in following["items"]] == [str(waiting.id)]
    assert following["items"][0]["due_on"] is None


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"other": {"name": "JKN", "way": "kmk_1366_2024"}}, 422),
        ({"other": {"name": "JKN", "way": "kmk_1366_2024", "tariff_minor": 100}}, 200),
        ({"stay": {"nights": []}}, 422),
        ({"dispensing": {"number": 1, "first_on": "2026-01-05"}}, 200),
        ({"accident": {"happened_on": "2026-01-05"}}, 422),
        ({"unheard_of": 1}, 422),
    ],
)
def test_what_is_told_over_http_has_its_shape(bench, http, told: dict, status: int):
    path = f"/api/v1/claims/{bench.claim().id}/assessment"
    assert http.put(path, headers=bench.home.staff(), json=told).status_code == status


def test_a_decided_claim_can_still_be_looked_at(bench):
    claim = bench.claim()
    with working_for(bench.home.client.id, bench.analyst) as scope:
        assert service.decide_claim(scope, claim.id).status == ClaimStatus.APPROVED
    assert bench.sees(claim)["barred"]["decide"].startswith("An appeal is decided by somebody")


@pytest.mark.requirement("S0-81", "S2-35")
@pytest.mark.parametrize(("voice", "written"), [(False, "*"), (True, "")])
def test_the_helpline_answers_with_the_receipt(bench, voice: bool, written: str):
    """400.000 with soap of 50.000 that nobody insures: paid 350.000, said with its reason, on WhatsApp and by voice."""
    claim = bench.claim(claimed=rp(400_000))
    positions = [
        {"description": "Konsultasi", "quantity": 1, "amount_minor": 350_000_00},
        {"description": "Sabun", "quantity": 1, "amount_minor": 50_000_00},
    ]
    bench.tell(claim, positions=positions)
    bench.tell(claim, lines=[{"position": 2, "item": "non_medical"}])
    client = bench.home.client
    asker = Asker(ids.new_id(), client, brand_for(client), "en", "whatsapp", bench.home.employee_id)

    def said() -> str:
        with working_for(client.id) as scope:
            replies = decision(scope, asker, {}).replies
        return "\n".join(say(reply, "en", voice=voice).text for reply in replies)

    assert "there is no decision yet" in said()
    bench.as_analyst(service.decide_claim, claim)
    answer = said()
    assert "Rp\xa0350,000" in answer
    assert "This is not medical care" in answer
    assert answer.startswith(written)


@pytest.mark.requirement("S1-29")
def test_new_papers_come_with_an_appeal(bench):
    claim = bench.claim()
    bench.as_analyst(service.decide_claim, claim)
    with working_for(bench.home.client.id, bench.home.actor) as scope:
        paper = make_paper(scope, bench.home.employee_id)
        with pytest.raises(Conflict):
            service.add_document(scope, claim.id, paper, "original_receipt")
        service.appeal_claim(scope, claim.id, "Ini resep dokternya")
        service.add_document(scope, claim.id, paper, "original_receipt")
    assert paper in {one["document_id"] for one in bench.sees(claim)["claim"]["documents"]}


def test_a_provider_that_was_not_paid_gets_the_money(bench):
    """Cashless at a clinic of the registry: the 350.000 are the clinic's, not the member's."""
    with working_for(bench.home.client.id) as scope:
        clinic = make_provider(scope).id
    claim = bench.claim(provider_id=clinic)
    bench.tell(claim, cashless=True)
    bench.as_analyst(service.decide_claim, claim)
    with working_for(bench.home.client.id) as scope:
        wanted = select(Payable).where(Payable.claim_id == claim.id)
        owed = [(row.payee, row.payee_id, row.plan_minor) for row in scope.session.scalars(wanted)]
    assert owed == [("provider", clinic, 350_000_00)]


@pytest.mark.requirement("S1-14", "S1-76")
def test_what_a_cashless_bill_asks_back_is_listed_with_its_reason(bench):
    """5,500,000 and 500,000 where the plan pays 5,000,000 a year: of the first 500,000, of the second all of it."""
    with working_for(bench.home.client.id) as scope:
        clinic = make_provider(scope).id
    billed = {"Operasi kecil": rp(5_500_000), "Obat": rp(500_000)}
    lines = [{"description": name, "amount": amount, "quantity": 1} for name, amount in billed.items()]
    claim = bench.claim(provider_id=clinic, lines=lines, claimed=rp(6_000_000))
    bench.tell(claim, cashless=True)
    bench.as_analyst(service.decide_claim, claim)
    with working_for(bench.home.client.id, bench.home.actor, language="en") as scope:
        (excess,) = funds.list_excess(scope)["items"]
        items = funds.excess_answer(scope, excess["id"])["items"]
    listed = [(one["description"], one["why"], one["amount"]) for one in items]
    why = "Above the limit of the plan"
    assert listed == [("Operasi kecil", why, rp(500_000)), ("Obat", why, rp(500_000))]
