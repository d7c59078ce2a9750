"""Who may hear what: decision record 0005."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.conversations.models import Message
from backend.helpline.models import HelplineCase
from backend.kit import clock
from tests.factories.accounts import headers_for
from tests.factories.members import make_card, make_dependant, make_member

CARD = "my card please"


@pytest.fixture(autouse=True)
def without_bot(bot):
    """The answers are the backend's own; the bot would only name them."""
    bot.running = False
    return bot


def test_a_known_number_is_asked_for_the_birth_date_and_then_answered(helpline, phone, member):
    helpline.writes(phone, CARD)
    assert "date of birth" in helpline.said(phone)
    helpline.writes(phone, "17 May 1990")
    said = helpline.outbox(phone)[-2:]
    assert said[0] == "Thank you, Rina."
    assert "Rina Hartono" in said[1]


def test_once_proved_the_channel_is_not_asked_again_for_a_month(helpline, phone, member):
    helpline.writes(phone, CARD)
    helpline.writes(phone, "17-05-1990")
    helpline.writes(phone, CARD)
    assert "Rina Hartono" in helpline.said(phone)
    with clock.at(clock.now() + timedelta(days=31)):
        helpline.writes(phone, CARD)
        assert "date of birth" in helpline.said(phone)


def test_three_wrong_dates_reach_a_person(helpline, phone, member):
    helpline.writes(phone, CARD)
    for _ in range(3):
        helpline.writes(phone, "01-01-1980")
    assert "a person goes on with you" in helpline.said(phone)
    with working_for(helpline.client.id) as scope:
        cases = scope.session.scalars(select(HelplineCase).where(HelplineCase.client_id == scope.client_id)).all()
    assert [case.reason for case in cases] == ["verification"]


def test_more_tries_on_the_same_day_are_refused(helpline, phone, member):
    for _ in range(2):
        helpline.writes(phone, CARD)
        for _ in range(3):
            helpline.writes(phone, "01-01-1980")
    helpline.writes(phone, CARD)
    helpline.writes(phone, "17-05-1990")
    assert not any("Rina Hartono" in text for text in helpline.outbox(phone))


def test_an_unknown_number_needs_the_code_from_the_phone_on_file(helpline, phone, member):
    stranger = "+6281399988877"
    helpline.writes(stranger, CARD)
    helpline.writes(stranger, member.number)
    code = re.search(r"\b\d{6}\b", helpline.outbox(phone, "sms")[-1])[0]
    helpline.writes(stranger, code)
    assert "Rina Hartono" in helpline.said(stranger)


def test_a_member_number_that_does_not_exist_is_answered_the_same(helpline, phone, member):
    stranger = "+6281399988866"
    helpline.writes(stranger, CARD)
    helpline.writes(stranger, "M999999")
    assert "If that number is right" in helpline.said(stranger)
    helpline.writes(stranger, "123456")
    assert "does not match" in helpline.said(stranger)


def test_somebody_else_on_the_same_phone_gets_a_thread_of_their_own(helpline, phone, member, http):
    born = date(1985, 3, 2)
    with working_for(helpline.client.id) as scope:
        spouse = make_dependant(scope, member, phone=phone, full_name="Budi Santoso", birth_date=born, language="en")
        make_card(scope, spouse.id)
    helpline.writes(phone, CARD)
    helpline.writes(phone, "17-05-1990")
    with clock.at(clock.now() + timedelta(days=31)):
        helpline.writes(phone, CARD)
        helpline.writes(phone, "2 March 1985")
        assert "Budi Santoso" in helpline.said(phone)
        headers = headers_for(Role.MEMBER, helpline.client, (member.id,))
        thread = http.get("/api/v1/conversations/messages", headers=headers).json["items"]
    assert not any("Budi" in item["text"] for item in thread)


def test_a_question_instead_of_the_factor_is_simply_answered(helpline, phone, member):
    helpline.writes(phone, CARD)
    helpline.writes(phone, "what is the phone number of the hotline?")
    assert helpline.whatsapp in helpline.said(phone)


def test_the_thread_goes_on_in_the_app(helpline, phone, member, http):
    helpline.writes(phone, CARD)
    helpline.writes(phone, "17-05-1990")
    headers = headers_for(Role.MEMBER, helpline.client, (member.id,))
    answer = http.post("/api/v1/conversations/messages", json={"text": "my card"}, headers=headers)
    assert answer.status_code == 201
    assert "Rina Hartono" in answer.json["messages"][1]["text"]
    items = http.get("/api/v1/conversations/messages", headers=headers).json["items"]
    assert {item["channel"] for item in items} == {"whatsapp", "app"}
    assert "17-05-1990" not in str(items)


def test_before_the_proof_the_app_shows_nothing_of_the_telephone(helpline, phone, member, http):
    helpline.writes(phone, "hello")
    headers = headers_for(Role.MEMBER, helpline.client, (member.id,))
    assert http.get("/api/v1/conversations/messages", headers=headers).json["items"] == []


def test_a_retry_in_the_app_is_one_message(helpline, member, http):
    headers = headers_for(Role.MEMBER, helpline.client, (member.id,)) | {"Idempotency-Key": "one-and-only"}
    bodies = [http.post("/api/v1/conversations/messages", json={"text": "hi"}, headers=headers).json for _ in range(3)]
    assert bodies[0] == bodies[1] == bodies[2]
    with working_for(helpline.client.id) as scope:
        query = select(Message).where(Message.client_id == scope.client_id, Message.direction == "in")
        assert len(scope.session.scalars(query).all()) == 1


def test_another_member_sees_nothing_of_it(helpline, phone, member, http):
    helpline.writes(phone, CARD)
    helpline.writes(phone, "17-05-1990")
    with working_for(helpline.client.id) as scope:
        other = make_member(scope)
    headers = headers_for(Role.MEMBER, helpline.client, (other.id,))
    assert http.get("/api/v1/conversations/messages", headers=headers).json["items"] == []
