"""The member reads the decision on a claim: who pays what and why, on paper too, and asks for another one."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from backend.access import Actor, Role, working_for
from backend.claims import service
from backend.claims.models import Claim, ClaimStatus
from backend.clients.models import Contract
from backend.devstack.receipts import receipt_photo
from backend.kit import ids
from tests.web.people import Family, branded_client, enter, make_family, with_claim
from tests.web.test_screens import barriers, shifts_sideways

pytestmark = pytest.mark.browser

ADEQUATE = [
    {"description": "Konsultasi", "quantity": 1, "amount_minor": 385_000_00},
    {"description": "Obat batuk", "quantity": 3, "amount_minor": 300_000_00},
]


@pytest.fixture(autouse=True)
def analysts_decide(app: Flask) -> Iterator[None]:
    """The demo's contract, where another test has put it in, lets the rules decide small claims: not here."""
    client = branded_client("nusantara")
    with working_for(client.id) as scope:
        agreed = {row.id: dict(row.terms) for row in scope.session.scalars(select(Contract))}
        for contract_id, terms in agreed.items():
            scope.session.get_one(Contract, (client.id, contract_id)).terms = terms | {"straight_through": False}
    yield
    with working_for(client.id) as scope:
        for contract_id, terms in agreed.items():
            scope.session.get_one(Contract, (client.id, contract_id)).terms = terms


def decided(family: Family, note: str = "Satu botol cukup") -> str:
    """Of 300.000 for medicine 100.000 are adequate: the plan pays 485.000 of 685.000."""
    claim_id = UUID(with_claim(family))
    with working_for(family.client.id, Actor(Role.CLAIMS, id=ids.new_id())) as scope:
        service.complete_claim(scope, claim_id)
        service.assess_claim(scope, claim_id, {"positions": ADEQUATE})
        less = {"position": 2, "accepted_minor": 100_000_00, "finding": "quantity"}
        service.assess_claim(scope, claim_id, {"lines": [less]})
        service.decide_claim(scope, claim_id, note)
    return str(claim_id)


def status_of(family: Family, claim_id: str) -> str:
    with working_for(family.client.id) as scope:
        return scope.session.get_one(Claim, (family.client.id, UUID(claim_id))).status


@pytest.mark.requirement("S0-81", "S2-35")
def test_a_member_reads_who_pays_what_and_why(site: str, phone: Page):
    family = make_family("nusantara")
    enter(phone, site, family, f"/claims/{decided(family)}")
    decision = phone.get_by_role("region", name="Decision")
    expect(decision).to_contain_text("Rp\xa0485,000")
    expect(decision).to_contain_text("Rp\xa0200,000")
    expect(decision).to_contain_text("Satu botol cukup")
    decision.get_by_text("Obat batuk").click()
    expect(decision.get_by_text("Our doctor found Rp\xa0100,000 adequate")).to_be_visible()
    assert barriers(phone) == []
    assert not shifts_sideways(phone)
    with phone.expect_download() as download:
        decision.get_by_role("button", name="Receipt (PDF)").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


@pytest.mark.requirement("S1-29")
def test_a_member_asks_for_another_decision_and_reads_by_when(site: str, phone: Page):
    family = make_family("nusantara")
    claim_id = decided(family)
    enter(phone, site, family, f"/claims/{claim_id}")
    phone.get_by_role("button", name="Have it decided again").click()
    phone.get_by_label("Why do you see it otherwise?").fill("Dokter menganjurkan tiga botol")
    photo = {"name": "recipe.jpg", "mimeType": "image/jpeg", "buffer": receipt_photo(7, "ID", "jpeg")[0]}
    phone.locator('form input[type="file"]').set_input_files([photo])
    expect(phone.locator("form li").get_by_text("recipe.jpg")).to_be_visible()
    assert barriers(phone) == []
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_role("heading", name="You asked for a new decision")).to_be_visible()
    expect(phone.get_by_text("You get an answer by")).to_be_visible()
    expect(phone.get_by_role("button", name="Have it decided again")).to_have_count(0)
    assert status_of(family, claim_id) == ClaimStatus.APPEALED
    with working_for(family.client.id, family.actor) as scope:
        sent = [one["requirement"] for one in service.claim_answer(scope, UUID(claim_id))["documents"]]
    assert sent.count("other_evidence") == 1


def test_a_claim_that_nobody_decided_shows_no_decision(site: str, phone: Page):
    family = make_family("nusantara")
    enter(phone, site, family, f"/claims/{with_claim(family)}")
    expect(phone.get_by_role("heading", name="History")).to_be_visible()
    expect(phone.get_by_role("region", name="Decision")).to_have_count(0)
