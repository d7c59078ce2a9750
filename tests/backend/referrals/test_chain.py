"""A chain over HTTP: first tier, specialist, onward, back to the specialist, home with medicine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.access import Role, working_for
from backend.kit import clock
from backend.referrals import service
from backend.referrals.rules import Basis
from tests.factories.providers import make_provider
from tests.factories.referrals import NETWORK, Region, accept, make_referral, make_region

PATH = "/api/v1/referrals"


@pytest.fixture
def region(app) -> Region:
    return make_region()


@pytest.mark.requirement("S0-21")
@pytest.mark.requirement("S0-28")
@pytest.mark.requirement("S0-36")
@pytest.mark.requirement("S4-23")
def test_the_first_clinic_refers_and_the_specialist_accepts_the_code(http, region):
    body = {"member_id": str(region.member_id), "specialty": "JAN", "diagnosis": "I25.1", "doctor": "dr. Rina"}
    made = http.post(PATH, json=body, headers=region.desk(region.clinic))
    assert made.status_code == 201, made.json
    assert (made.json["state"], made.json["to_tier"], made.json["from_tier"]) == ("issued", "ppk2", "ppk1")
    accepted = http.post(f"{PATH}/{made.json['code']}/accept", json={}, headers=region.desk(region.specialist))
    assert (accepted.status_code, accepted.json["state"], accepted.json["visits_left"]) == (200, "accepted", 5)
    assert accepted.json["diagnosis"]["code"] == "I25.1"
    with working_for(region.client.id) as scope:
        cover = service.covers_visit(scope, region.member_id, region.specialist, region.today(), "JAN")
    assert (cover.basis, cover.referral.code) == (Basis.REFERRAL, made.json["code"])


@pytest.mark.requirement("S0-25")
def test_a_specialist_refers_on_without_a_new_first_level_visit(http, region):
    code = accept(region, make_referral(region).code).code
    body = {"specialty": "SAR", "to_provider_id": str(region.other_specialist)}
    onward = http.post(f"{PATH}/{code}/onward", json=body, headers=region.desk(region.specialist))
    assert (onward.status_code, onward.json["kind"], onward.json["earlier_code"]) == (201, "onward", None)
    assert onward.json["from_provider"]["id"] == str(region.specialist)
    seen = http.get(f"{PATH}/{onward.json['code']}", headers=region.patient()).json
    assert seen["earlier_code"] == code


def test_a_referral_names_no_facility_without_the_specialty(http, region):
    with working_for(region.client.id) as scope:
        eyes = make_provider(scope, network=NETWORK, kind="hospital", tier="ppk2", name="RS Mata", specialties=["MAT"])
    body = {"member_id": str(region.member_id), "specialty": "JAN", "to_provider_id": str(eyes.id)}
    refused = http.post(PATH, json=body, headers=region.desk(region.clinic))
    assert (refused.status_code, refused.json["reason"]) == (409, "referrals.specialty_not_there"), refused.json
    assert "RS Mata has no Cardiology" in refused.json["message"]
    assert http.post(PATH, json=body | {"specialty": "MAT"}, headers=region.desk(region.clinic)).status_code == 201


@pytest.mark.requirement("S0-24")
def test_a_member_takes_the_right_to_come_back_by_themselves(http, region):
    code = accept(region, make_referral(region).code).code
    http.post(f"{PATH}/{code}/complete", json={}, headers=region.desk(region.specialist))
    again = http.post(f"{PATH}/{code}/continuation", json={}, headers=region.patient())
    assert (again.status_code, again.json["kind"]) == (201, "continuation"), again.json
    assert again.json["to_provider"]["id"] == str(region.specialist)
    assert again.json["valid_until"] == (region.today() + timedelta(days=90)).isoformat()


@pytest.mark.requirement("S0-24")
def test_the_right_to_come_back_ends_and_does_not_renew_itself(http, region):
    code = accept(region, make_referral(region).code).code
    http.post(f"{PATH}/{code}/complete", json={}, headers=region.desk(region.specialist))
    with clock.at(clock.now() + timedelta(days=80)):
        again = http.post(f"{PATH}/{code}/continuation", json={}, headers=region.staff()).json
        accept(region, again["code"])
        http.post(f"{PATH}/{again['code']}/complete", json={}, headers=region.desk(region.specialist))
    with clock.at(clock.now() + timedelta(days=91)):
        third = http.post(f"{PATH}/{again['code']}/continuation", json={}, headers=region.staff())
    assert (third.status_code, third.json["reason"]) == (409, "referrals.return_over")


def test_a_stable_chronic_patient_goes_home_and_gets_medicine_by_the_month(http, region):
    code = accept(region, make_referral(region).code).code
    home = {"condition": "04", "stable": True, "certified_by": "dr. Sari, Sp.JP", "to_provider_id": str(region.clinic)}
    back = http.post(f"{PATH}/{code}/back", json=home, headers=region.desk(region.specialist))
    assert (back.status_code, back.json["kind"], back.json["to_tier"]) == (201, "back", "ppk1"), back.json
    assert http.get(f"{PATH}/{code}", headers=region.patient()).json["state"] == "completed"
    accept(region, back.json["code"], region.clinic)
    supplies = f"{PATH}/{back.json['code']}/supplies"
    assert http.post(supplies, json={"days": 60}, headers=region.desk(region.clinic)).json["reason"] == (
        "referrals.supply_too_long"
    )
    assert http.post(supplies, json={"days": 30}, headers=region.desk(region.clinic)).status_code == 201
    early = http.post(supplies, json={"days": 30}, headers=region.desk(region.clinic))
    assert early.json["reason"] == "referrals.supply_too_early"
    wanted = {"member_id": str(region.member_id), "specialty": "MAT"}
    held = http.post(PATH, json=wanted, headers=region.staff())
    assert (held.status_code, held.json["reason"]) == (409, "referrals.holds_supply")
    urgent = http.post(PATH, json=wanted | {"emergency": True}, headers=region.staff())
    assert urgent.status_code == 201, urgent.json


def test_the_employer_sees_that_there_is_a_referral_and_not_for_what(http, region):
    row = make_referral(region)
    seen = http.get(PATH, headers=region.staff(Role.HR))
    assert row.code not in seen.text
    assert {seen.json["items"][0][name] for name in ("specialty", "diagnosis", "to_provider", "code")} == {None}


def test_the_referral_on_paper(http, region):
    row = make_referral(region)
    paper = http.get(f"{PATH}/{row.code}/referral.pdf", headers=region.patient())
    assert (paper.status_code, paper.data[:4]) == (200, b"%PDF")
