"""The steps about decisions, walked over HTTP on the application alone; what the worker would read is put in place."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from backend.access import Actor, Role, working_for
from backend.clients.registry import ClientFacts
from backend.devstack.journey import decision_steps as steps
from backend.devstack.journey import member_steps
from backend.devstack.journey.payment_steps import Payments
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import Stack, WrongAnswer
from backend.devstack.receipts import receipt_photo
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
    {"code": "EMERGENCY", "benefit_group": "emergency", "limits": [limit("case", 10_000_000_00)]},
)
TERMS = {"straight_through": True, "straight_through_limit_minor": 1_000_000_00}


@pytest.fixture(params=[True, False], ids=["read surely", "not read"])
def person(app: Flask, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch):
    """A member of a client whose contract lets the rules decide small claims, with its fund and its staff."""
    client = make_client(terms=TERMS, country="ID", timezone="Asia/Jakarta", currency="IDR")
    people = {
        (role, place): make_staff(client, role) for role in (Role.CLAIMS, Role.FINANCE, Role.ADMIN) for place in (0, 1)
    }
    with working_for(client.id) as scope:
        plan = make_plan(scope, *LINES)
        member = make_member(scope, plan_id=plan.id, card=True, language="id")
    _fund(client, people)

    def token(_stack: Stack, role: str, _slug: str, place: int = 0) -> str:
        headers = headers_for(Role(role), client, staff_id=people[Role(role), place])
        return headers["Authorization"].removeprefix("Bearer ")

    written: list[int] = []

    def photo(*told: object, kind: str) -> tuple[bytes, object]:
        data, truth = receipt_photo(*told, kind=kind)
        written.append(truth.total_minor)
        return data, truth

    def read(_stack: Stack, _token: str, document_id: str) -> None:
        _write_reading(client, UUID(document_id), written[-1], sure=request.param)

    monkeypatch.setattr(member_steps, "staff_token", token)
    monkeypatch.setattr(member_steps, "await_text", read)
    monkeypatch.setattr(steps, "receipt_photo", photo)
    own = headers_for(Role.MEMBER, client, (member.id,))["Authorization"].removeprefix("Bearer ")
    with serving(app) as address:
        stack = Stack({"base_url": address})
        facts = {"slug": client.slug, "timezone": client.timezone}
        yield Person(stack, facts, member.phone or "", "id", own, date(1990, 5, 17))


def _fund(client: ClientFacts, people: dict[tuple[Role, int], UUID]) -> None:
    """Open and full, with the company's account confirmed for longer than its waiting day."""
    finance, admin = (Actor(role, id=people[role, 0]) for role in (Role.FINANCE, Role.ADMIN))
    with clock.at(clock.now() - timedelta(days=3)):
        with working_for(client.id, finance) as scope:
            funds.open_fund(scope, Money.of_major(9_000_000_000, "IDR"), "bca", "5270001234", "Dana Kesehatan")
            funds.record_deposit(scope, Money.of_major(2_250_000_000, "IDR"), clock.today(client.timezone), "D-1")
            account = funds.give_account(
                scope, "company", bank="mandiri", account_number="1370012345678", holder_name=client.name
            )
        with working_for(client.id, admin) as scope:
            funds.confirm_account(scope, account.id)


def _write_reading(client: ClientFacts, document_id: UUID, total: int, *, sure: bool) -> None:
    """What a machine reads: the total on the paper, without doubt, or half of it and in doubt."""
    with working_for(client.id) as scope:
        paper = scope.session.get_one(Document, (client.id, document_id))
        value = {"amount_minor": total if sure else total // 2, "currency": client.currency}
        paper.state = "ready"
        paper.extracted = {"total": {"value": value, "confidence": 0.95 if sure else 0.4, "doubtful": not sure}}


@pytest.mark.requirement("S0-47", "S0-81", "S0-68", "S2-9")
def test_photos_are_decided_and_exactly_their_money_is_paid(person: Person):
    payments = Payments(person)
    for _ in range(2):  # a journey may be walked again
        payments.earlier_orders()
        claims = [steps.cut(person), steps.by_two_people(person), steps.straight_through(person)]
        completed_by_hand = [step["status"] for step in claims[-1]["history"]].count("complete")
        assert completed_by_hand == 1
        run = payments.paid({one["number"]: steps.plan_part(one) for one in claims})
        assert run["total"]["amount_minor"] == sum(map(steps.plan_part, claims))


@pytest.mark.requirement("S1-29")
def test_the_difference_of_an_appeal_is_paid_by_the_next_run(person: Person):
    payments, first = Payments(person), steps.cut(person)
    payments.paid({first["number"]: steps.plan_part(first)})
    again = steps.appealed(person, first)
    assert payments.paid({again["number"]: 600_000_00})["total"]["amount_minor"] == 600_000_00


@pytest.mark.requirement("S4-7", "S4-8")
def test_jkn_pays_first_and_the_plan_the_rest(person: Person):
    assert steps.beside_jkn(person)["status"] == "approved"


def test_a_run_that_pays_another_amount_is_a_wrong_answer(person: Person):
    claim = steps.straight_through(person)
    with pytest.raises(WrongAnswer, match="the ledger owes"):
        Payments(person).paid({claim["number"]: steps.plan_part(claim) + 1})
