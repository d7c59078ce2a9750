"""The steps about decisions, walked over HTTP on the application alone; what the worker would read is put in place."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from backend.access import Actor, Role, working_for
from backend.claims.models import Claim, ClaimDocument
from backend.clients.registry import ClientFacts
from backend.devstack.journey import decision_steps as steps
from backend.devstack.journey import member_steps
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import Stack
from backend.documents.models import Document
from backend.funds import service as funds
from backend.kit import clock
from backend.kit.money import Money
from tests.factories.accounts import headers_for, make_staff
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.web.conftest import serving

LINES = (
    {"code": "RX", "benefit_group": "pharmacy", "limits": [limit("visit", 1_000_000_00)]},
    {"code": "DENTAL", "benefit_group": "dental", "limits": [], "co_payment": {"percent": 20, "cap": None}},
)
TERMS = {"straight_through": True, "straight_through_limit_minor": 1_000_000_00}


@pytest.fixture(params=[True, False], ids=["read surely", "not read"])
def person(app: Flask, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """A member of a client whose contract lets the rules decide small claims, with its fund and its staff."""
    client = make_client(terms=TERMS)
    people = {role: make_staff(client, role) for role in (Role.CLAIMS, Role.FINANCE, Role.ADMIN)}
    with working_for(client.id) as scope:
        plan = make_plan(scope, *LINES)
        member = make_member(scope, plan_id=plan.id, card=True, language="id")
    _fund(client, people)

    def token(_stack: Stack, role: str, _slug: str) -> str:
        headers = headers_for(Role(role), client, staff_id=people[Role(role)])
        return headers["Authorization"].removeprefix("Bearer ")

    def read(_stack: Stack, _token: str, document_id: str) -> None:
        _write_reading(client, UUID(document_id), sure=request.param)

    monkeypatch.setattr(steps, "staff_token", token)
    monkeypatch.setattr(member_steps, "await_text", read)
    own = headers_for(Role.MEMBER, client, (member.id,))["Authorization"].removeprefix("Bearer ")
    with serving(app) as address:
        stack = Stack({"base_url": address})
        yield Person(stack, {"slug": client.slug}, member.phone or "", "id", own, date(1990, 5, 17))


def _fund(client: ClientFacts, people: dict[Role, UUID]) -> None:
    """Open and full, with the company's account confirmed for longer than its waiting day."""
    finance, admin = (Actor(role, id=people[role]) for role in (Role.FINANCE, Role.ADMIN))
    with clock.at(clock.now() - timedelta(days=3)):
        with working_for(client.id, finance) as scope:
            funds.open_fund(scope, Money.of_major(9_000_000_000, "IDR"), "bca", "5270001234", "Dana Kesehatan")
            funds.record_deposit(scope, Money.of_major(2_250_000_000, "IDR"), clock.today(client.timezone), "D-1")
            account = funds.give_account(
                scope, "company", bank="mandiri", account_number="1370012345678", holder_name=client.name
            )
        with working_for(client.id, admin) as scope:
            funds.confirm_account(scope, account.id)


def _write_reading(client: ClientFacts, document_id: UUID, *, sure: bool) -> None:
    """What a machine reads: the total that is claimed, without doubt or with."""
    with working_for(client.id) as scope:
        claims = select(Claim).join(ClaimDocument, ClaimDocument.claim_id == Claim.id)
        claim = scope.session.scalars(claims.where(ClaimDocument.document_id == document_id).limit(1)).one()
        paper = scope.session.get_one(Document, (client.id, document_id))
        value = {"amount_minor": claim.claimed_minor, "currency": claim.currency}
        paper.state = "ready"
        paper.extracted = {"total": {"value": value, "confidence": 0.95 if sure else 0.4, "doubtful": not sure}}


@pytest.mark.requirement("S0-47", "S0-81", "S0-68")
def test_a_photo_is_decided_and_its_money_stands_on_the_bank_file(person: Person):
    for _ in range(2):  # a journey may be walked again
        claim = steps.straight_through(person)
        completed_by_hand = [step["status"] for step in claim["history"]].count("complete")
        assert completed_by_hand == 1
        assert steps.on_the_bank_file(person, claim)["state"] == "sent"


@pytest.mark.requirement("S4-7", "S4-8")
def test_jkn_pays_first_and_the_plan_the_rest(person: Person):
    assert steps.beside_jkn(person)["status"] == "approved"


@pytest.mark.requirement("S1-29")
def test_an_appeal_is_answered(person: Person):
    assert steps.appealed(person)["status"] == "partly_approved"
