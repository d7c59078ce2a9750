"""A claim under a plan with several benefits for a visit: what its words decide, and what the member is asked once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.claims import service
from backend.claims.models import Claim, ClaimStatus
from backend.clients.models import Contract
from backend.documents.models import Document
from backend.kit.money import Money
from tests.factories.benefits import limit, make_benefit
from tests.factories.claims import Household, make_claim, make_household

SERVICES = {
    "GP": ["general_practitioner", "treatment", "registration"],
    "SPEC": ["specialist", "treatment", "registration"],
    "LAB": ["test"],
}


@pytest.fixture
def home(app) -> Household:
    """A family whose plan has three benefits for visits and one for medicine; clean claims are decided by rules."""
    household = make_household(language="en")
    with working_for(household.client.id) as scope:
        for place, (code, services) in enumerate(SERVICES.items()):
            limits = [limit("visit", 350_000_00)]
            make_benefit(scope, household.plan_id, code=code, services=services, limits=limits, position=place)
        pharmacy = {"code": "RX", "benefit_group": "pharmacy", "services": ["medicine", "vitamin"], "position": 4}
        vitamins = {"code": "vitamins", "names": {"en": "Vitamins"}, "conditions": []}
        make_benefit(scope, household.plan_id, **pharmacy, exclusions=[vitamins])
        contract = scope.session.scalars(select(Contract)).one()
        contract.terms = {**contract.terms, "straight_through": True}
    return household


def rp(amount: int) -> Money:
    return Money.of_major(amount, "IDR")


def lines(*given: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"description": text, "quantity": 1, "amount": rp(amount)} for text, amount in given]


def a_claim(home: Household, *given: tuple[str, int], read: dict | None = None, **facts: Any) -> Claim:
    """A draft whose papers say its total for sure."""
    total = sum(amount for _, amount in given) or 250_000
    claim = make_claim(home, claimed=rp(total), lines=lines(*given), **facts)
    value = {"value": rp(total).as_json(), "confidence": 0.97, "doubtful": False}
    with working_for(home.client.id) as scope:
        for paper in scope.session.scalars(select(Document).where(Document.client_id == home.client.id)):
            paper.extracted = {"total": value, **(read or {})}
    return claim


def sent(home: Household, claim: Claim) -> dict[str, Any]:
    """The claim handed in, as the member sees it."""
    with working_for(home.client.id, home.actor, language="en", channel="app") as scope:
        service.submit_claim(scope, claim.id)
        return service.claim_answer(scope, claim.id)


def asked(home: Household, claim: Claim) -> list[str]:
    with working_for(home.client.id, home.actor, language="en") as scope:
        return [one["code"] for one in service.claim_answer(scope, claim.id)["benefit_choices"]]


def sentences(answer: dict[str, Any]) -> list[str]:
    return [line["steps"][0]["sentence"] for line in answer["decision"]["receipt"]["lines"]]


@pytest.mark.requirement("S0-47", "S2-35")
def test_a_bill_that_names_its_services_is_decided_without_a_person(home):
    """Doctor 180.000 and registration 20.000 under GP (350.000 a visit), medicine 125.000 under RX: all 325.000."""
    claim = a_claim(
        home, ("Konsultasi dokter umum", 180_000), ("Administrasi", 20_000), ("Amoxicillin 500 mg", 125_000)
    )
    answer = sent(home, claim)
    assert answer["status"] == ClaimStatus.APPROVED
    assert answer["decision"]["receipt"]["totals"]["plan"] == rp(325_000)
    assert sentences(answer) == [
        "Read from the words “dokter umum”: general practitioner.",
        "Read from the words “administrasi”: it goes with the rest of the visit.",
        "Read from the words “amoxicillin 500 mg”: medicine.",
    ]


def test_what_the_words_leave_open_is_asked_once_and_waits_when_nobody_answers(home):
    claim = a_claim(home, ("Konsultasi dokter", 180_000), ("Administrasi", 20_000))
    assert asked(home, claim) == ["GP", "SPEC"]
    answer = sent(home, claim)
    assert (answer["status"], answer["history"][-1]["reason"]) == (ClaimStatus.IN_REVIEW, "claims.lines_uncoded")


def test_a_member_who_answers_is_paid_at_once_and_the_receipt_says_so(home):
    """180.000 + 20.000 under the benefit of their choice."""
    claim = a_claim(home, ("Konsultasi dokter", 180_000), ("Administrasi", 20_000))
    with working_for(home.client.id, home.actor, language="en") as scope:
        service.change_claim(scope, claim.id, {"chosen_benefit": "GP"})
    assert asked(home, claim) == ["GP", "SPEC"], "the question stays, so that an answer can be changed"
    answer = sent(home, claim)
    assert answer["status"] == ClaimStatus.APPROVED
    assert sentences(answer)[0] == "It falls under the benefit that you chose when you sent the claim."


def test_nothing_is_asked_where_the_words_decide(home):
    assert asked(home, a_claim(home, ("Laboratorium darah lengkap", 240_000))) == []
    assert asked(home, a_claim(home, ("Amoxicillin 500 mg", 90_000), benefit="pharmacy")) == []


def test_another_kind_of_care_forgets_the_choice(home):
    claim = a_claim(home, ("Konsultasi dokter", 180_000), chosen_benefit="GP")
    with working_for(home.client.id, home.actor, language="en") as scope:
        changed = service.change_claim(scope, claim.id, {"benefit_group": "pharmacy"})
        assert changed.chosen_benefit is None


@pytest.mark.requirement("S1-72", "S2-34")
def test_a_vitamin_that_the_plan_excludes_is_not_paid_as_medicine(home):
    """Before words were read the whole pharmacy bill was medicine."""
    papers = ("prescription_copy", "pharmacy_receipt")
    claim = a_claim(home, ("Vitamin C 500 mg tablet", 60_000), benefit="pharmacy", papers=papers)
    answer = sent(home, claim)
    assert (answer["status"], answer["history"][-1]["reason"]) == (ClaimStatus.IN_REVIEW, "claims.review_refusal")


@pytest.mark.requirement("S1-13", "S1-75")
def test_soap_among_medicine_waits_for_a_person(home):
    papers = ("prescription_copy", "pharmacy_receipt")
    claim = a_claim(home, ("Amoxicillin", 60_000), ("Sabun mandi", 15_000), benefit="pharmacy", papers=papers)
    assert sent(home, claim)["status"] == ClaimStatus.IN_REVIEW


def as_read(text: str, amount: int, *, doubtful: bool = False) -> dict[str, Any]:
    """A line as it was read on the photo."""
    return {"text": text, "quantity": 1, "amount": rp(amount).as_json(), "confidence": 0.95, "doubtful": doubtful}


def test_lines_that_were_surely_read_are_judged_as_if_somebody_had_typed_them(home):
    """150.000 + 100.000 = 250.000, what is claimed."""
    read = {"lines": [as_read("Konsultasi dokter umum", 150_000), as_read("Parasetamol 500mg", 100_000)]}
    answer = sent(home, a_claim(home, read=read))
    assert answer["status"] == ClaimStatus.APPROVED
    said = [line["description"] for line in answer["decision"]["receipt"]["lines"]]
    assert said == ["Konsultasi dokter umum", "Parasetamol 500mg"]


@pytest.mark.parametrize(
    "read",
    [
        [as_read("Konsultasi dokter umum", 150_000), as_read("Parasetamol", 100_000, doubtful=True)],
        [as_read("Konsultasi dokter umum", 150_000)],
    ],
    ids=["a doubtful line", "not the whole bill"],
)
def test_lines_that_were_read_in_doubt_or_in_part_are_not_taken(home, read: list[dict]):
    claim = a_claim(home, read={"lines": read})
    assert asked(home, claim) == ["GP", "SPEC", "LAB"]
    assert sent(home, claim)["status"] == ClaimStatus.IN_REVIEW


def test_a_bill_of_another_payer_is_never_decided_by_its_words(home):
    claim = a_claim(home, ("Konsultasi dokter umum", 150_000), ("Selisih biaya BPJS", 90_000))
    assert sent(home, claim)["status"] == ClaimStatus.IN_REVIEW


def test_the_choice_is_offered_and_taken_over_http(http, home):
    claim = a_claim(home, ("Konsultasi dokter", 180_000), visit_on=home.today() - timedelta(days=2))
    answer = http.patch(f"/api/v1/claims/{claim.id}", headers=home.headers, json={"chosen_benefit": "SPEC"})
    assert answer.status_code == 200
    assert answer.json["chosen_benefit"] == "SPEC"
    assert [one["name"] for one in answer.json["benefit_choices"]] == ["Benefit GP", "Benefit SPEC"]
