"""Referrals on WhatsApp and the phone: really asked for, the codes read out, and told when none is needed."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.helpline.models import HelplineCase
from backend.providers.models import PrimaryProvider
from backend.referrals.models import ReferralRequest
from backend.referrals.vocabulary import specialty_in
from tests.factories.benefits import make_plan
from tests.factories.members import make_member
from tests.factories.referrals import NETWORK, SPECIALIST_LINE, Region, accept, make_referral, make_region

BORN = "17-05-1990"


@pytest.fixture
def region(helpline, bot, phone) -> Region:
    """A member with the number on file, in a plan that asks for referrals."""
    bot.running = False
    made = make_region(helpline.client)
    with working_for(helpline.client.id) as scope:
        person = make_member(scope, plan_id=made.plan_id, phone=phone, language="en", full_name="Rina Hartono")
    return Region(made.client, person.id, made.plan_id, made.clinic, made.specialist, made.other_specialist, made.top)


def _kept(helpline, table):
    with working_for(helpline.client.id) as scope:
        return list(scope.session.scalars(select(table).where(table.client_id == scope.client_id)))


def test_how_it_works_is_told_at_once_and_the_request_follows_the_proof(helpline, phone, region):
    helpline.writes(phone, "I need a referral to a cardiologist")
    assert "In an emergency you need none" in "\n".join(helpline.outbox(phone))
    assert _kept(helpline, ReferralRequest) == []
    helpline.writes(phone, BORN)
    (asked,) = _kept(helpline, ReferralRequest)
    (case,) = _kept(helpline, HelplineCase)
    assert (asked.specialty, asked.kind, asked.state, asked.case_id) == ("JAN", "tiered", "open", case.id)
    assert (case.reason, case.desk) == ("referral", "doctor")
    assert case.number in helpline.said(phone)


def test_the_chosen_clinic_is_asked(helpline, phone, region):
    with working_for(helpline.client.id) as scope:
        scope.session.add(
            PrimaryProvider(
                client_id=scope.client_id,
                member_id=region.member_id,
                provider_id=region.clinic,
                starts_on=region.today(),
                chosen_by="member",
                channel="app",
            )
        )
    helpline.writes(phone, "I need a referral to a specialist")
    helpline.writes(phone, BORN)
    (asked,) = _kept(helpline, ReferralRequest)
    assert (asked.provider_id, asked.specialty) == (region.clinic, "ANY")
    assert "Klinik Melati" in helpline.said(phone)


def test_a_code_that_is_there_is_read_out_instead_of_asking_again(helpline, phone, region):
    code = make_referral(region).code
    helpline.writes(phone, "I need a referral to a cardiologist")
    helpline.writes(phone, BORN)
    assert code in helpline.said(phone)
    assert _kept(helpline, ReferralRequest) == []


def test_the_state_of_ones_referrals(helpline, phone, region):
    code = make_referral(region, to_provider_id=region.specialist).code
    helpline.writes(phone, "what is my referral status")
    helpline.writes(phone, BORN)
    assert f"Cardiology: code {code}" in helpline.said(phone)


def test_the_specialist_is_asked_whether_the_patient_may_go_home(helpline, phone, region):
    accept(region, make_referral(region).code)
    helpline.writes(phone, "back referral for my chronic medicine please, prb")
    helpline.writes(phone, BORN)
    (asked,) = _kept(helpline, ReferralRequest)
    assert (asked.kind, asked.provider_id) == ("back", region.specialist)
    assert "stable" in helpline.said(phone)


def test_a_plan_without_tiers_needs_no_referral(helpline, bot, phone):
    bot.running = False
    with working_for(helpline.client.id) as scope:
        plan = make_plan(scope, SPECIALIST_LINE, network=NETWORK, product="indemnity")
        make_member(scope, plan_id=plan.id, phone=phone, language="en")
    helpline.writes(phone, "I need a referral to a specialist")
    helpline.writes(phone, BORN)
    assert "no referral" in helpline.said(phone)
    assert _kept(helpline, ReferralRequest) == []
    assert _kept(helpline, HelplineCase) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("saya mau rujukan ke dokter jantung", "JAN"),
        ("rujukan dokter mata dong", "MAT"),
        ("I want to see a skin doctor", "KLT"),
        ("quero um neurologista", "SAR"),
        ("rujukan ke spesialis penyakit dalam", "INT"),
        ("minta rujukan", None),
        ("the matter is urgent", None),
    ],
)
def test_which_specialist_is_meant(words, code):
    assert specialty_in(words) == code
