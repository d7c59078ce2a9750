"""A call from the first ring to the answer, through signed webhooks."""

import re

import pytest
from sqlalchemy import func, select

from backend.access import Role, working_for
from backend.conversations.models import Call, Message
from backend.helpline.models import HelplineCase
from tests.backend.conversations.caller import Caller
from tests.factories.accounts import headers_for


def _cases(helpline, reason):
    with working_for(helpline.client.id) as scope:
        query = select(func.count()).select_from(HelplineCase)
        return scope.session.scalar(
            query.where(HelplineCase.client_id == scope.client_id, HelplineCase.reason == reason)
        )


def test_a_call_begins_with_the_choice_of_language_in_each_language(caller):
    said = caller.send()
    assert "bahasa Indonesia" in said
    assert "For English, press 2" in said
    assert 'language="id-ID"' in said


@pytest.mark.requirement("S0-89")
def test_after_the_choice_the_call_goes_on_in_that_language(caller, bot):
    caller.send()
    assert "How can I help you" in caller.keys("2")
    bot.says("when am I paid", "payment_schedule", args={"days": "1, 16", "next": {"date": "2026-12-01"}})
    assert "1 December 2026" in caller.says("when am I paid")
    assert bot.turns[0].channel == "voice"


def test_a_goodbye_ends_the_call(caller, bot):
    caller.send()
    caller.keys("2")
    bot.says("bye for now", "utter_goodbye", intent="goodbye")
    assert "<Gather" not in caller.says("bye for now")


def test_a_language_chosen_by_speech_repeats_nothing_from_another_call(caller, bot, helpline, phone):
    caller.send()
    caller.keys("1")
    bot.says("jadwal bayar", "payment_schedule", args={"days": "1, 16", "next": {"date": "2026-12-01"}})
    caller.says("jadwal bayar")
    second = Caller(helpline, phone)
    second.send()
    assert "payment day" not in second.says("English")


@pytest.mark.requirement("S0-80", "S0-58")
def test_an_emergency_is_heard_before_the_language_is_chosen(caller, helpline):
    caller.send()
    said = caller.says("please help my mother is not breathing")
    assert "1, 1, 9" in said
    assert "<Enqueue" in said
    assert _cases(helpline, "emergency") == 1


def test_zero_puts_the_call_through_with_a_case(caller, helpline):
    caller.send()
    assert "<Enqueue" in caller.keys("0")
    assert _cases(helpline, "person") == 1


@pytest.mark.requirement("S0-93")
def test_a_caller_whose_case_a_person_has_is_put_through_with_what_they_say(caller, helpline, http):
    caller.queued()
    agent = headers_for(Role.AGENT, helpline.client)
    (case,) = http.get("/api/v1/cases", headers=agent).json["items"]
    assert http.post(f"/api/v1/cases/{case['id']}/take", headers=agent).status_code == 200
    again = Caller(helpline, caller.phone)
    again.send()
    again.keys("2")
    assert "<Enqueue" in again.says("I wanted to add something")
    thread = http.get(f"/api/v1/cases/{case['id']}/thread", headers=agent).json["items"]
    assert thread[-1]["text"] == "I wanted to add something"


def test_the_same_turn_again_gets_the_same_answer(caller, bot, helpline):
    caller.send()
    caller.keys("2")
    path = caller.path
    first = caller.says("hello")
    caller.path = path
    assert caller.says("hello") == first
    assert len(bot.turns) == 1


def test_a_call_goes_on_without_the_bot(caller, bot):
    caller.send()
    caller.keys("2")
    bot.running = False
    assert "simple way" in caller.says("qwertz")


def test_personal_answers_wait_for_the_birth_date_by_keys(caller, bot, member):
    caller.send()
    caller.keys("2")
    caller.keys("1")
    said = caller.keys("1")
    assert "date of birth" in said
    assert "speech" not in re.search(r'input="([^"]*)"', said)[1]
    said = caller.keys("17051990")
    assert "card is active" in said


def test_the_proof_of_a_call_ends_with_the_call(caller, bot, helpline, member, phone):
    caller.send()
    for keys in ("2", "1", "1", "17051990"):
        caller.keys(keys)
    again = Caller(helpline, phone)
    again.send()
    for keys in ("2", "1"):
        again.keys(keys)
    assert "date of birth" in again.keys("1")


def test_what_a_proved_caller_heard_is_not_said_again_to_the_next_call(caller, bot, helpline, member, phone):
    caller.send()
    for keys in ("2", "1", "1", "17051990"):
        caller.keys(keys)
    assert "card is active" in caller.heard
    again = Caller(helpline, phone)
    again.send()
    assert "card is active" not in again.keys("2")
    assert "card is active" not in again.says("say that again please")


def test_the_factor_does_not_stay_in_the_thread(caller, helpline, bot, member):
    caller.send()
    for keys in ("2", "1", "1", "17051990"):
        caller.keys(keys)
    with working_for(helpline.client.id) as scope:
        texts = scope.session.scalars(select(Message.text).where(Message.client_id == scope.client_id)).all()
    assert not any("17051990" in text for text in texts)


def test_a_withheld_number_is_welcome(helpline, bot):
    caller = Caller(helpline, "anonymous")
    caller.send()
    caller.keys("2")
    caller.keys("1")
    assert "member number" in caller.keys("1")


def test_a_status_ends_the_call(caller, helpline):
    caller.send()
    form = {"CallSid": caller.sid, "To": helpline.voice, "CallStatus": "completed"}
    assert helpline.post("/twilio/voice/status", form).status_code == 204
    with working_for(helpline.client.id) as scope:
        call = scope.session.scalars(select(Call).where(Call.client_id == scope.client_id)).one()
    assert call.status == "completed"
    assert call.ended_at is not None


def test_a_turn_of_an_unknown_call_hears_a_person_is_coming(helpline, bot):
    path = f"/twilio/voice/turn?client={helpline.client.slug}&turn=3"
    said = helpline.post(path, {"CallSid": "CAnothing", "To": helpline.voice, "Digits": "1"}).text
    assert "1, 1, 9" in said
    assert "/twilio/voice?again=1" in said


def test_the_fallback_asks_nobody(helpline):
    assert "1, 1, 9" in helpline.post("/twilio/voice/fallback", {"CallSid": "CA1", "To": helpline.voice}).text
