"""What members ask for, what a paid visit leads to, and the days that come by themselves."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from backend.access import Actor, Role, working_for
from backend.benefits.models import Benefit
from backend.claims import service as claims
from backend.claims.models import Claim
from backend.helpline.models import HelplineCase
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.notifications.models import Notification
from backend.referrals import queries
from backend.referrals.models import Referral
from backend.referrals.rules import Kind, Origin
from backend.referrals.tasks import check_days
from tests.factories.referrals import Region, accept, make_referral, make_region

REQUESTS, PATH = "/api/v1/referral-requests", "/api/v1/referrals"


@pytest.fixture
def region(app) -> Region:
    return make_region()


def _ask(http, region: Region, **facts):
    return http.post(REQUESTS, json={"member_id": str(region.member_id), **facts}, headers=region.patient())


def test_a_member_asks_and_the_doctor_on_duty_says_yes(http, region):
    asked = _ask(http, region, specialty="MAT", reason="My eyes hurt").json
    assert (asked["state"], asked["provider"], asked["reason"]) == ("open", None, "My eyes hurt")
    assert _ask(http, region, specialty="MAT").json["id"] == asked["id"]
    granted = http.post(f"{REQUESTS}/{asked['id']}/grant", json={"specialty": "MAT"}, headers=region.staff())
    assert (granted.status_code, granted.json["state"]) == (201, "issued"), granted.json
    assert http.get(f"{PATH}/{granted.json['code']}", headers=region.patient()).json["specialty"] == "MAT"
    again = http.post(f"{REQUESTS}/{asked['id']}/grant", json={"specialty": "MAT"}, headers=region.staff())
    assert (again.status_code, again.json["reason"]) == (409, "referrals.request_decided")


@pytest.mark.parametrize(("kind", "reason"), [("tiered", "referral"), ("back", "back_referral")])
def test_what_a_member_asks_for_in_the_app_is_a_case_of_the_doctor_until_it_is_decided(http, region, kind, reason):
    asked = _ask(http, region, kind=kind).json
    _ask(http, region, kind=kind)

    def cases() -> list[tuple[str, str, str]]:
        with working_for(region.client.id) as scope:
            wanted = select(HelplineCase).where(HelplineCase.client_id == region.client.id)
            return [(row.reason, row.desk, row.state) for row in scope.session.scalars(wanted)]

    assert cases() == [(reason, "doctor", "open")]
    http.post(f"{REQUESTS}/{asked['id']}/decline", json={"note": "Please try the drops first."}, headers=region.staff())
    assert cases() == [(reason, "doctor", "closed")]


def test_what_an_agent_notes_for_a_member_opens_no_case(http, region):
    body = {"member_id": str(region.member_id), "specialty": "MAT"}
    assert http.post(REQUESTS, json=body, headers=region.staff(Role.AGENT)).status_code == 201
    with working_for(region.client.id) as scope:
        wanted = select(HelplineCase).where(HelplineCase.client_id == region.client.id)
        assert scope.session.scalars(wanted).all() == []


def test_the_doctor_says_no_in_words_for_the_member(http, region):
    asked = _ask(http, region, specialty="MAT").json
    http.post(f"{REQUESTS}/{asked['id']}/decline", json={"note": "Please try the drops first."}, headers=region.staff())
    seen = http.get(f"{REQUESTS}/{asked['id']}", headers=region.patient()).json
    assert (seen["state"], seen["note"]) == ("refused", "Please try the drops first.")


def test_a_plan_that_asks_for_no_referral_says_so(http, region):
    with working_for(region.client.id) as scope:
        scope.session.execute(
            update(Benefit).where(Benefit.client_id == region.client.id).values(referral_required=False)
        )
    answer = _ask(http, region, specialty="MAT")
    assert (answer.status_code, answer.json["reason"]) == (409, "referrals.not_needed")


def _paid_visit(region: Region, *, complete: bool = True) -> UUID:
    """A claim of the patient for a visit at a clinic that is no partner."""
    with working_for(region.client.id, Actor(Role.MEMBER, id=ids.new_id(), member_ids=(region.member_id,))) as scope:
        claim = claims.start_claim(
            scope,
            region.member_id,
            "outpatient",
            visit_on=region.today() - timedelta(days=3),
            provider_name="Klinik Jauh",
            place_region="3171",
            claimed=Money.of_major(350_000, "IDR"),
        )
    with working_for(region.client.id) as scope:
        if complete:
            values = {"status": "complete", "submitted_at": clock.now(), "complete_at": clock.now()}
            scope.session.execute(update(Claim).where(Claim.id == claim.id).values(**values))
    return claim.id


@pytest.mark.requirement("S0-27")
def test_the_papers_of_a_paid_visit_lead_to_a_code_once(http, region):
    claim_id = _paid_visit(region)
    asked = _ask(http, region, specialty="JAN", claim_id=str(claim_id))
    assert asked.status_code == 201, asked.json
    body = {"specialty": "JAN", "diagnosis": "I25.1"}
    granted = http.post(f"{REQUESTS}/{asked.json['id']}/grant", json=body, headers=region.staff(Role.CLAIMS))
    assert granted.status_code == 201, granted.json
    made = http.get(f"{PATH}/{granted.json['code']}", headers=region.patient()).json
    assert (made["origin"], made["doctor"], made["to_tier"]) == ("reimbursed_visit", "Klinik Jauh", "ppk2")
    twice = {"member_id": str(region.member_id), "specialty": "SAR", "claim_id": str(claim_id)}
    refused = http.post(PATH, json=twice, headers=region.staff(Role.CLAIMS))
    assert (refused.status_code, refused.json["reason"]) == (409, "referrals.claim_used")


@pytest.mark.requirement("S0-27")
def test_a_claim_whose_papers_are_missing_leads_to_no_code(http, region):
    claim_id = _paid_visit(region, complete=False)
    body = {"member_id": str(region.member_id), "specialty": "JAN", "claim_id": str(claim_id)}
    refused = http.post(PATH, json=body, headers=region.staff(Role.CLAIMS))
    assert (refused.status_code, refused.json["reason"]) == (409, "referrals.claim_incomplete")
    without = http.post(PATH, json=body | {"claim_id": None}, headers=region.staff(Role.CLAIMS))
    assert without.status_code == 403


def _told(region: Region, event: str) -> list[dict]:
    with working_for(region.client.id) as scope:
        wanted = select(Notification.facts).where(
            Notification.client_id == region.client.id, Notification.event == event
        )
        return list(scope.session.scalars(wanted))


def test_members_are_reminded_before_a_referral_ends_each_day_once(region):
    row = make_referral(region)
    for days in (75, 76, 87, 90):
        with clock.at(clock.now() + timedelta(days=days)):
            check_days(0)
            check_days(0)
    until = row.valid_until.isoformat()
    assert _told(region, "referral_ending") == [{"code": row.code, "valid_until": until}] * 2
    with clock.at(clock.now() + timedelta(days=91)):
        check_days(0)
    with working_for(region.client.id) as scope:
        assert queries.referral(scope, row.code).state == "expired"


def test_the_review_of_a_chronic_patient_is_told_and_needs_no_new_first_visit(http, region):
    code = accept(region, make_referral(region).code).code
    home = {"condition": "04", "stable": True, "certified_by": "dr. Sari, Sp.JP"}
    back = http.post(f"{PATH}/{code}/back", json=home, headers=region.desk(region.specialist)).json
    assert back["kind"] == Kind.BACK
    with working_for(region.client.id) as scope:
        review = scope.session.scalar(select(Referral.review_on).where(Referral.code == back["code"]))
    with clock.at(clock.now() + (review - region.today()) - timedelta(days=3)):
        check_days(0)
        again = http.post(f"{PATH}/{code}/continuation", json={}, headers=region.staff())
    assert _told(region, "referral_review") == [{"review_on": review.isoformat()}]
    assert (again.status_code, again.json["kind"]) == (201, "continuation"), again.json


@pytest.mark.requirement("S0-26")
def test_a_teleconsultation_writes_the_same_referral(region):
    row = make_referral(region, origin=Origin.TELEMEDICINE, source_id=ids.new_id())
    assert (row.origin, row.from_tier, row.to_tier) == ("telemedicine", "ppk1", "ppk2")


def test_what_is_medical_lies_sealed(region):
    row = make_referral(region)
    assert b"I25" not in row.diagnosis_cipher
