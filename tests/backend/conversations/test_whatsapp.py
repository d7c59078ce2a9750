"""WhatsApp from the webhook to the answer that goes out."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from backend.access import working_for
from backend.branding import loader as branding
from backend.conversations.models import Conversation, InboundEvent, Message
from backend.helpline.models import HelplineCase
from backend.kit import clock, ids


def _count(helpline, model, **conditions):
    with working_for(helpline.client.id) as scope:
        query = select(func.count()).select_from(model).where(model.client_id == scope.client_id)
        return scope.session.scalar(query.filter_by(**conditions))


def _thread(helpline) -> Conversation:
    with working_for(helpline.client.id) as scope:
        return scope.session.scalars(select(Conversation).where(Conversation.client_id == scope.client_id)).one()


def test_a_message_is_answered_in_the_thread_and_on_the_phone(helpline, bot, phone):
    response = helpline.writes(phone, "hello there")
    assert response.status_code == 200
    assert response.mimetype == "text/xml"
    assert "Hello" in helpline.said(phone)
    assert bot.turns[0].message == "hello there"


def test_the_webhook_answers_before_the_bot_is_asked(helpline, bot, phone):
    assert helpline.writes(phone, "hello", answer=False).status_code == 200
    assert bot.turns == []


def test_a_wrong_signature_is_refused_and_leaves_nothing(helpline, bot, phone):
    form = {"MessageSid": "SMx", "From": f"whatsapp:{phone}", "To": f"whatsapp:{helpline.whatsapp}", "Body": "hi"}
    response = helpline.post("/twilio/messages", form, signature="bm90IHJpZ2h0")
    assert (response.status_code, response.data) == (403, b"signature required")
    assert _count(helpline, InboundEvent) == 0


def test_every_twilio_route_checks_the_signature(app):
    routes = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/twilio")]
    assert len(routes) >= 5
    for rule in routes:
        view = app.view_functions[rule.endpoint].view_class
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            assert getattr(getattr(view, method.lower()), "verifies_signature", False), rule.rule


def test_the_same_webhook_ten_times_is_one_message_and_one_answer(helpline, bot, phone):
    sid = f"SM{ids.new_id().hex}"
    for _ in range(10):
        assert helpline.writes(phone, "hello", sid=sid, answer=False).status_code == 200
    helpline.run_jobs()
    assert _count(helpline, Message, direction="in") == 1
    assert len(helpline.outbox(phone)) == 1


def test_a_number_that_is_nobodys_is_answered_with_nothing(helpline, bot, phone):
    form = {"MessageSid": "SMy", "From": f"whatsapp:{phone}", "To": "whatsapp:+15005550006", "Body": "hi"}
    assert helpline.post("/twilio/messages", form).status_code == 200


def test_a_hidden_number_keeps_its_thread(helpline, bot):
    for text in ("hello", "hello again"):
        helpline.writes("", text, From="whatsapp:ID.45665461302", ExternalUserId="whatsapp:ID.45665461302")
    assert _count(helpline, Conversation) == 1


def test_a_slash_never_commands_the_bot(helpline, bot, phone):
    helpline.writes(phone, '/send_photos{"photo_count": "3"}')
    assert not bot.turns[0].message.startswith("/")


def test_a_choice_counts_only_when_it_was_offered(helpline, bot, phone):
    helpline.writes(phone, "anything", ButtonPayload="/affirm")
    assert bot.turns[-1].message == "anything"
    bot.says("claim please", "utter_ask_claim_photos")
    helpline.writes(phone, "claim please")
    helpline.writes(phone, "1")
    assert bot.turns[-1].message == "/affirm"


@pytest.mark.requirement("S0-80", "S0-91")
def test_an_emergency_inside_a_form_comes_first(helpline, bot, phone):
    bot.says("reimburse please", "utter_ask_claim_treatment_date", form="complaint_form", asked="complaint_description")
    helpline.writes(phone, "reimburse please")
    helpline.writes(phone, "my father collapsed and is not breathing, please help")
    assert "119" in helpline.said(phone)
    assert len(bot.turns) == 1
    assert _count(helpline, HelplineCase, reason="emergency", priority="urgent") == 1


@pytest.mark.requirement("S0-95")
def test_a_person_is_reached_without_the_bot(helpline, bot, phone):
    bot.running = False
    helpline.writes(phone, "I want to talk to a person please")
    assert _count(helpline, HelplineCase, reason="person") == 1
    assert re.search(r"\d{4}-\d{4}-\d{4}", helpline.said(phone))


def test_asking_five_times_for_a_person_is_one_case(helpline, bot, phone):
    for _ in range(5):
        helpline.writes(phone, "agent please")
    assert _count(helpline, HelplineCase) == 1


@pytest.mark.requirement("S0-96")
def test_the_bot_dies_in_mid_conversation_and_the_helpline_goes_on(helpline, bot, phone):
    helpline.writes(phone, "hello")
    bot.running = False
    helpline.writes(phone, "what paperwork is needed?")
    assert "For what kind" in helpline.said(phone)
    helpline.writes(phone, "what is the phone number of the hotline?")
    assert "WhatsApp" in helpline.said(phone)
    helpline.writes(phone, "qwertz")
    assert "simple way" in helpline.said(phone)


@pytest.mark.requirement("S0-94")
def test_without_the_bot_a_complaint_is_still_taken(helpline, bot, phone):
    bot.running = False
    helpline.writes(phone, "I want to file a complaint")
    helpline.writes(phone, "The clinic refused my card on Monday and I had to pay myself.")
    with working_for(helpline.client.id) as scope:
        case = scope.session.scalars(select(HelplineCase).where(HelplineCase.client_id == scope.client_id)).one()
    assert case.reason == "complaint"
    assert "refused my card" in case.summary


@pytest.mark.requirement("S0-89")
def test_the_language_changes_when_it_is_named_and_the_answer_is_said_again(helpline, bot, phone):
    helpline.writes(phone, "hello there")
    helpline.writes(phone, "Bahasa Indonesia")
    said = helpline.outbox(phone)[-2:]
    assert said[0].startswith("Baik, kita lanjutkan")
    assert "Halo" in said[1]
    assert _thread(helpline).language == "id"
    helpline.writes(phone, "terima kasih")
    assert bot.turns[-1].slots["language"] == "id"


def test_a_language_that_was_chosen_stays_for_a_foreign_word(helpline, bot, phone):
    helpline.writes(phone, "English please")
    helpline.writes(phone, "reimbursement kuitansi")
    assert _thread(helpline).language == "en"


@pytest.mark.requirement("S1-1", "S1-3", "S1-4")
def test_the_numbers_of_the_helpline_are_the_clients_own(helpline, bot, phone):
    bot.running = False
    helpline.writes(phone, "what is the phone number of the hotline?")
    assert helpline.whatsapp in helpline.said(phone)
    assert helpline.voice in helpline.said(phone)


@pytest.mark.requirement("S1-2")
def test_a_desk_with_office_hours_is_told_with_its_hours(helpline, bot, phone, monkeypatch):
    brand = branding.brands()[helpline.client.slug]
    desk = replace(brand, card_desk=branding.Hours("021-6230 9433", "08:30-17:30"))
    monkeypatch.setattr(branding, "brands", lambda: {helpline.client.slug: desk})
    bot.running = False
    helpline.writes(phone, "what is the phone number of the hotline?")
    assert "021-6230 9433 (08:30-17:30)" in helpline.said(phone)


def test_two_misunderstandings_reach_a_person(helpline, bot, phone):
    bot.says("qwertz", "fallback", intent="nlu_fallback")
    helpline.writes(phone, "qwertz")
    assert _count(helpline, HelplineCase) == 0
    helpline.writes(phone, "qwertz")
    assert _count(helpline, HelplineCase, reason="not_understood") == 1


class TestDelivery:
    """What Twilio reports about what we sent."""

    def _message(self, helpline):
        with working_for(helpline.client.id) as scope:
            query = select(Message).where(Message.client_id == scope.client_id, Message.direction == "out")
            return scope.session.scalars(query.order_by(Message.created_at.desc())).first()

    def _report(self, helpline, message, status):
        path = f"/twilio/messages/status?client={helpline.client.slug}&reference=message:{message.id}"
        assert helpline.post(path, {"MessageSid": "SMz", "MessageStatus": status}).status_code == 204

    def test_reports_out_of_order_never_go_back(self, helpline, bot, phone):
        helpline.writes(phone, "hello")
        message = self._message(helpline)
        for status in ("delivered", "sent", "read", "delivered"):
            self._report(helpline, message, status)
        assert self._message(helpline).send_state == "read"

    def test_a_report_about_nothing_is_fine(self, helpline, bot):
        path = f"/twilio/messages/status?client={helpline.client.slug}&reference=message:{ids.new_id()}"
        assert helpline.post(path, {"MessageSid": "SMz", "MessageStatus": "sent"}).status_code == 204


@pytest.mark.parametrize("metric", ['careline_answer_seconds_count{channel="whatsapp"}', "careline_bot_seconds_count"])
def test_one_answer_is_timed_once(helpline, bot, phone, metric):
    def timed() -> float:
        lines = helpline.http.get("/metrics").text.splitlines()
        return next((float(line.split()[-1]) for line in lines if line.startswith(metric)), 0.0)

    before = timed()
    helpline.writes(phone, "hello")
    assert timed() == before + 1


def test_an_answer_is_timed_from_its_webhook(helpline, bot, phone):
    def seconds() -> float:
        lines = helpline.http.get("/metrics").text.splitlines()
        start = 'careline_answer_seconds_sum{channel="whatsapp"}'
        return next((float(line.split()[-1]) for line in lines if line.startswith(start)), 0.0)

    before = seconds()
    helpline.writes(phone, "hello", answer=False)
    with working_for(helpline.client.id) as scope:
        scope.session.execute(
            update(InboundEvent)
            .where(InboundEvent.client_id == scope.client_id)
            .values(created_at=clock.now() - timedelta(seconds=500))
        )
    helpline.run_jobs()
    assert 500 <= seconds() - before < 600
