"""The steps at the desks, walked over HTTP on the application alone: they need nothing of what runs beside it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from backend.access import Role, working_for
from backend.clients.registry import client_by_slug
from backend.devstack.journey import front_desk_steps as steps
from backend.devstack.journey.person import Person
from backend.devstack.journey.talk import Stack
from backend.kit import ids
from backend.providers.models import Provider
from backend.referrals.rules import Origin
from backend.referrals.service import NewReferral, issue
from tests.factories.accounts import headers_for
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.members import make_member
from tests.factories.providers import make_provider
from tests.web.conftest import serving

NETWORK = "main"
OTHER = "RS Dua Sungai"
LINES = (
    {"code": "OP-SPECIALIST", "referral_required": True, "limits": [limit("year", 2_000_000_000)]},
    {"code": "IP-ROOM", "benefit_group": "inpatient", "limits": [limit("year", 9_000_000_000)]},
)


@pytest.fixture
def person(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """A patient with a plan that asks for referrals, two hospitals, and everybody's way in."""
    client = make_client()
    with working_for(client.id) as scope:
        plan = make_plan(scope, *LINES, network=NETWORK)
        member = make_member(scope, plan_id=plan.id, card=True, language="id")
        desk = _hospital(scope, "RS Satu Gunung")
        _hospital(scope, OTHER)
        make_provider(scope, network=NETWORK, name="Klinik Melati")

    def token(_stack: Stack, role: str, _slug: str) -> str:
        sits_at = desk.id if role == Role.PROVIDER else None
        return headers_for(Role(role), client, provider_id=sits_at)["Authorization"].removeprefix("Bearer ")

    monkeypatch.setattr(steps, "staff_token", token)
    own = headers_for(Role.MEMBER, client, (member.id,))["Authorization"].removeprefix("Bearer ")
    with serving(app) as address:
        stack = Stack({"base_url": address})
        yield Person(stack, {"slug": client.slug}, member.phone or "", "id", own, date(1990, 5, 17))


def _hospital(scope, name: str) -> Provider:
    return make_provider(scope, network=NETWORK, kind="hospital", tier="ppk2", name=name)


@pytest.mark.requirement("S0-28")
@pytest.mark.requirement("S0-46")
@pytest.mark.requirement("S4-27")
def test_the_path_of_care_leads_from_a_referral_back_to_the_first_tier(person: Person):
    for _ in range(2):  # a journey may be walked again
        condition, diagnosis = steps.chronic_illness(person)
        desk, other = steps.front_desk(person), steps.hospital_system(person, OTHER)
        referral = steps.referred(person, diagnosis)
        assert steps.seen_by(desk, referral["code"])["state"] == "submitted"
        onward = steps.referred_on(desk, referral, diagnosis)
        assert steps.seen_by(other, onward["code"])["provider"]["id"] == other.id
        letter = steps.admitted(other)
        assert letter["admitted_at"] is not None
        home = steps.gone_home(other, letter)
        assert home["settled"]["billed"]["amount_minor"] == 90_000_000
        assert steps.handed_back(other, onward["code"], condition)["condition"] == condition


def test_a_referral_of_a_doctor_at_home_is_accepted_at_a_desk(person: Person):
    member_id = UUID(person.get("/api/v1/me")["member_id"])
    wanted = NewReferral(
        member_id, specialty="ORT", diagnosis="M54.5", origin=Origin.TELEMEDICINE, source_id=ids.new_id()
    )
    with working_for(client_by_slug(person.client["slug"]).id) as scope:
        code = issue(scope, wanted).code
    assert steps.seen_by(steps.front_desk(person), code)["state"] == "submitted"
