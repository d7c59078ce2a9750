"""The steps of an excess, walked over HTTP on the application alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from backend.access import Actor, Role, working_for
from backend.clients import registry
from backend.devstack.journey import member_steps
from backend.devstack.journey.excess_steps import Excess
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import Stack
from backend.funds import service as funds
from backend.kit import clock
from backend.kit.money import Money
from tests.factories.accounts import headers_for, make_staff
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.factories.providers import make_provider
from tests.web.conftest import serving

NETWORK = "main"
ICU = {
    "code": "IP-ICU",
    "benefit_group": "inpatient",
    "limits": [limit("day", 2_500_000_00), limit("year", count=30)],
}
STAFF = (Role.PROVIDER, Role.CLAIMS, Role.FINANCE, Role.HR, Role.AGENT)


@pytest.fixture
def person(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """A patient whose plan pays a part of intensive care, a hospital, a fund, and everybody who acts."""
    client = make_client(country="ID", timezone="Asia/Jakarta", currency="IDR")
    # Time travels through every client's deadlines: those of all other tests would take longer than a request may.
    monkeypatch.setattr(registry._shelf, "all", lambda: (client,))
    people = {role: make_staff(client, role) for role in STAFF}
    with clock.at(clock.now() - timedelta(days=90)), working_for(client.id) as scope:
        plan = make_plan(scope, ICU, network=NETWORK)
        member = make_member(scope, plan_id=plan.id, card=True, language="id")
        hospital = make_provider(scope, network=NETWORK, kind="hospital", tier="ppk2", name="RS Satu Gunung")
        funds.open_fund(scope, Money.of_major(9_000_000_000, "IDR"), "bca", "5270001234", "Dana Kesehatan")
    finance = Actor(Role.FINANCE, id=people[Role.FINANCE])
    with clock.at(clock.now() - timedelta(days=89)), working_for(client.id, finance) as scope:
        funds.record_deposit(scope, Money.of_major(2_250_000_000, "IDR"), clock.today(client.timezone), "D-1")

    def token(_stack: Stack, role: str, _slug: str, place: int = 0) -> str:
        sits_at = hospital.id if role == Role.PROVIDER else None
        headers = headers_for(Role(role), client, staff_id=people[Role(role)], provider_id=sits_at)
        return headers["Authorization"].removeprefix("Bearer ")

    monkeypatch.setattr(member_steps, "staff_token", token)
    own = headers_for(Role.MEMBER, client, (member.id,))["Authorization"].removeprefix("Bearer ")
    with serving(app) as address:
        stack = Stack({"base_url": address})
        facts = {"slug": client.slug, "timezone": client.timezone}
        yield Person(stack, facts, member.phone or "", "id", own, date(1990, 5, 17))


@pytest.mark.requirement("S1-18", "S1-76", "S1-77", "S1-78", "S1-82", "S1-84")
def test_an_excess_leads_from_its_letter_to_the_card_that_works_again(person: Person, run_jobs, monkeypatch):
    kept = Excess._mail

    def delivered(self: Excess) -> list[dict[str, object]]:
        run_jobs()
        return kept(self)

    monkeypatch.setattr(Excess, "_mail", delivered)
    for _ in range(2):  # a journey may be walked again
        excess = Excess(person)
        for work in (excess.asked_for, excess.disputed, excess.card_stopped, excess.paid):
            assert work()
