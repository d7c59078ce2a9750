"""At a hospital's reception without the card: a case at once, the letter as soon as it is known for whom."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.guarantees.models import GuaranteeLetter
from backend.helpline.models import HelplineCase
from backend.members import queries as members
from tests.factories.guarantees import make_patient
from tests.factories.members import make_dependant

BORN = "17-05-1990"


@pytest.fixture
def asks(helpline, bot, phone):
    """Somebody with cover writes from the number on file that they are to be admitted."""
    bot.running = False

    def ask(*, relatives: bool = False) -> None:
        _, patient = make_patient(helpline.client, phone=phone, language="en", full_name="Rina Hartono")
        if relatives:
            with working_for(helpline.client.id) as scope:
                own = members.member(scope, patient)
                plan = members.enrolments_of(scope, patient)[0].plan_id
                make_dependant(scope, own, "child", full_name="Bima Hartono", plan_id=plan)
        helpline.writes(phone, "guarantee letter please")

    return ask


def _kept(helpline, table):
    with working_for(helpline.client.id) as scope:
        return list(scope.session.scalars(select(table).where(table.client_id == scope.client_id)))


def test_the_case_waits_before_anybody_proves_anything(helpline, asks):
    asks()
    (case,) = _kept(helpline, HelplineCase)
    assert (case.reason, case.priority, _kept(helpline, GuaranteeLetter)) == ("guarantee_letter", "high", [])


@pytest.mark.requirement("S1-55")
def test_the_letter_is_asked_for_with_the_proof(helpline, phone, asks):
    asks()
    helpline.writes(phone, BORN)
    (letter,) = _kept(helpline, GuaranteeLetter)
    assert letter.state == "requested"
    assert "Which hospital" in helpline.said(phone)


def test_the_hospital_that_is_named_stands_on_the_case(helpline, phone, asks):
    asks()
    helpline.writes(phone, BORN)
    helpline.writes(phone, "RS Harapan, Jakarta")
    (case,) = _kept(helpline, HelplineCase)
    assert case.filled["admission"] == "RS Harapan, Jakarta"
    assert case.number in helpline.said(phone)


def test_in_a_family_the_patient_is_asked_for_and_gets_the_letter(helpline, phone, asks):
    asks(relatives=True)
    helpline.writes(phone, BORN)
    assert "Who is the patient" in helpline.said(phone)
    helpline.writes(phone, "Bima, at RS Harapan")
    (letter,) = _kept(helpline, GuaranteeLetter)
    assert letter.state == "requested"


def test_another_question_is_not_taken_for_the_hospital(helpline, phone, asks):
    asks()
    helpline.writes(phone, BORN)
    helpline.writes(phone, "what is your phone number?")
    (case,) = _kept(helpline, HelplineCase)
    assert "admission" not in case.filled
