"""Own details are changed in writing: proof, code from the phone on file, the new value."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.conversations.models import Message
from backend.helpline.models import HelplineCase
from backend.kit import clock
from backend.members import queries as members
from tests.factories.accounts import headers_for

CHANGE = "please update my bank account details"


@pytest.fixture(autouse=True)
def without_bot(bot):
    bot.running = False
    return bot


@pytest.fixture
def proved(helpline, phone, member):
    helpline.writes(phone, CHANGE)
    helpline.writes(phone, "17-05-1990")


def _code(helpline, phone):
    return re.search(r"\b\d{6}\b", helpline.outbox(phone, "sms")[-1])[0]


def _chooses(helpline, phone, what):
    helpline.writes(phone, what, ListId=f"action:action_update_data?what={what}")
    helpline.writes(phone, _code(helpline, phone))


def _stored(helpline, member):
    with working_for(helpline.client.id) as scope:
        return members.member(scope, member.id), members.bank_account_of(scope, member.id)


def _incoming(helpline):
    with working_for(helpline.client.id) as scope:
        wanted = select(Message.text).where(Message.client_id == scope.client_id, Message.direction == "in")
        return scope.session.scalars(wanted.order_by(Message.created_at)).all()


def test_who_it_is_comes_before_what_to_change(helpline, phone, member):
    helpline.writes(phone, CHANGE)
    assert "date of birth" in helpline.said(phone)
    helpline.writes(phone, "17-05-1990")
    assert "What would you like to change?" in helpline.said(phone)


@pytest.mark.parametrize(("what", "typed"), [("email", "rina@new.example"), ("postal_address", "Jl. Melati 7, Depok")])
@pytest.mark.usefixtures("proved")
def test_contact_details_change_after_the_code(helpline, phone, member, what, typed):
    _chooses(helpline, phone, what)
    helpline.writes(phone, typed)
    assert typed in helpline.said(phone)
    assert getattr(_stored(helpline, member)[0], what) == typed


@pytest.mark.usefixtures("proved")
@pytest.mark.parametrize("typed", ["BCA, 123 456-7890, Rina Hartono", "Bank BCA 1234567890 Rina Hartono"])
def test_a_bank_account_changes_and_its_number_stays_nowhere_in_the_thread(helpline, phone, member, typed):
    _chooses(helpline, phone, "bank_account")
    helpline.writes(phone, typed)

    row = _stored(helpline, member)[1]
    assert (row.ending, row.holder_name) == ("7890", "Rina Hartono")
    assert "•••• 7890" in helpline.said(phone)
    assert not any("7890" in text for text in _incoming(helpline))


@pytest.mark.usefixtures("proved")
def test_a_new_phone_answers_for_itself_first(helpline, phone, member):
    new = "+6281377770001"
    _chooses(helpline, phone, "phone")
    helpline.writes(phone, "081377770001")
    assert _stored(helpline, member)[0].phone == phone

    helpline.writes(phone, _code(helpline, new))

    assert _stored(helpline, member)[0].phone == new
    assert any("was changed" in text for text in helpline.outbox(phone, "sms"))


@pytest.mark.usefixtures("proved")
def test_three_wrong_codes_reach_a_person_and_change_nothing(helpline, phone, member):
    helpline.writes(phone, "E-mail", ListId="action:action_update_data?what=email")
    for _ in range(3):
        helpline.writes(phone, "000000" if _code(helpline, phone) != "000000" else "111111")
    with working_for(helpline.client.id) as scope:
        reasons = scope.session.scalars(select(HelplineCase.reason).where(HelplineCase.client_id == scope.client_id))
        assert reasons.all() == ["update_data"]
    assert _stored(helpline, member)[0].email is None


@pytest.mark.usefixtures("proved")
def test_the_code_stays_nowhere_in_the_thread(helpline, phone, member):
    _chooses(helpline, phone, "email")
    assert _code(helpline, phone) not in _incoming(helpline)


@pytest.mark.usefixtures("proved")
def test_a_value_that_makes_no_sense_is_asked_for_again(helpline, phone, member):
    _chooses(helpline, phone, "email")
    helpline.writes(phone, "at home")
    assert "new e-mail address" in helpline.said(phone)
    helpline.writes(phone, "rina@new.example")
    assert _stored(helpline, member)[0].email == "rina@new.example"


@pytest.mark.usefixtures("proved")
def test_after_ten_minutes_it_begins_again(helpline, phone, member):
    _chooses(helpline, phone, "email")
    with clock.at(clock.now() + timedelta(minutes=11)):
        helpline.writes(phone, "rina@new.example")
    assert "begin again" in helpline.said(phone)
    assert _stored(helpline, member)[0].email is None


@pytest.mark.usefixtures("proved")
@pytest.mark.parametrize("words", ["cancel", "what is the phone number of the hotline?"])
def test_it_can_be_left_at_any_time(helpline, phone, member, words):
    _chooses(helpline, phone, "email")
    helpline.writes(phone, words)
    helpline.writes(phone, "rina@new.example")
    assert _stored(helpline, member)[0].email is None


def test_a_member_in_the_app_needs_the_code_too(helpline, phone, member, http):
    headers = headers_for(Role.MEMBER, helpline.client, (member.id,))

    def says(text, **more):
        made = http.post("/api/v1/conversations/messages", json={"text": text, **more}, headers=headers)
        helpline.run_jobs()
        return made.json["messages"][-1]["text"]

    says(CHANGE)
    assert "sent a code" in says("E-mail", payload="action:action_update_data?what=email")
    assert "new e-mail" in says(_code(helpline, phone))
    assert "Done" in says("rina@new.example")
    assert _stored(helpline, member)[0].email == "rina@new.example"
