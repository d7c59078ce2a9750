"""One thread per person: what began elsewhere goes on in the app, and identities join only when proved."""

import re

import pytest
from sqlalchemy import func, select

from backend.access import Role, working_for
from backend.conversations.models import ContactIdentifier, Conversation, Message
from tests.backend.conversations.caller import Caller
from tests.factories.accounts import headers_for

pytestmark = pytest.mark.requirement("S0-93")
HIDDEN = {"From": "whatsapp:ID.45665461302", "ExternalUserId": "whatsapp:ID.45665461302"}


@pytest.fixture
def app_chat(helpline, http, member):
    """The member writes in the app and reads all answers."""
    headers = headers_for(Role.MEMBER, helpline.client, (member.id,))

    def says(text, **more):
        made = http.post("/api/v1/conversations/messages", json={"text": text, **more}, headers=headers)
        assert made.status_code == 201, made.json
        return [one["text"] for one in made.json["messages"][1:]]

    return says


@pytest.fixture
def in_the_app(helpline, http, member):
    headers = headers_for(Role.MEMBER, helpline.client, (member.id,))
    return lambda: http.get("/api/v1/conversations/messages", headers=headers).json["items"]


def _threads(helpline):
    with working_for(helpline.client.id) as scope:
        query = select(func.count()).select_from(Conversation).where(Conversation.client_id == scope.client_id)
        return scope.session.scalar(query.where(Conversation.merged_into_id.is_(None)))


def _proves(helpline, phone):
    helpline.writes(phone, "my card please")
    helpline.writes(phone, "17-05-1990")


class TestFromWhatsAppToTheApp:
    def test_the_bot_is_asked_in_the_same_session(self, helpline, bot, phone, member, app_chat):
        bot.running = False
        _proves(helpline, phone)
        bot.running = True
        helpline.writes(phone, "a question")
        app_chat("the same question in the app")
        assert bot.turns[0].sender == bot.turns[1].sender

    def test_a_form_goes_on_where_it_was(self, helpline, bot, phone, member, app_chat):
        bot.running = False
        _proves(helpline, phone)
        bot.running = True
        question = "utter_ask_claim_treatment_date"
        bot.says("I want my money back", question, form="reimbursement_form", asked="claim_treatment_date")
        helpline.writes(phone, "I want my money back")

        app_chat("14-08-2026")

        assert bot.turns[-1].message == "14-08-2026"
        with working_for(helpline.client.id) as scope:
            own = select(Conversation.state).where(Conversation.client_id == scope.client_id)
            state = scope.session.scalars(own.where(Conversation.merged_into_id.is_(None))).one()
        assert "after_proof" not in state

    def test_the_last_question_can_be_answered_by_its_number_in_the_app(self, helpline, bot, phone, member, app_chat):
        bot.running = False
        _proves(helpline, phone)
        helpline.writes(phone, "what paperwork is needed?")
        assert "For what kind" in helpline.said(phone)
        (answer,) = app_chat("2")
        assert "For what kind" not in answer

    def test_the_language_chosen_there_is_the_language_here(self, helpline, bot, phone, member, app_chat):
        bot.running = False
        _proves(helpline, phone)
        helpline.writes(phone, "Bahasa Indonesia")
        bot.running = True
        (answer,) = app_chat("halo")
        assert "Halo" in answer

    def test_what_was_said_there_is_read_here_with_its_channel(self, helpline, bot, phone, member, in_the_app):
        bot.running = False
        _proves(helpline, phone)
        helpline.writes(phone, "what is the phone number of the hotline?")
        assert {"my card please", "what is the phone number of the hotline?"} <= {one["text"] for one in in_the_app()}
        assert {one["channel"] for one in in_the_app()} == {"whatsapp"}

    def test_an_agent_answers_on_the_channel_used_last(self, helpline, bot, phone, app_chat, in_the_app):
        bot.running = False
        _proves(helpline, phone)
        helpline.writes(phone, "I want to talk to a person please")
        app_chat("I am in the app now")
        agent = headers_for(Role.AGENT, helpline.client)
        http = helpline.http
        case = http.get("/api/v1/cases", headers=agent).json["items"][0]
        http.post(f"/api/v1/cases/{case['id']}/take", headers=agent)
        http.post(f"/api/v1/cases/{case['id']}/reply", json={"text": "Here I am."}, headers=agent)
        before = helpline.outbox(phone)
        helpline.run_jobs()
        assert in_the_app()[-1]["text"] == "Here I am."
        assert helpline.outbox(phone) == before


class TestFromTheTelephoneToTheApp:
    def test_a_call_is_read_in_the_app_once_the_caller_is_proved(self, helpline, bot, phone, member, in_the_app):
        bot.running = False
        caller = Caller(helpline, phone)
        caller.send()
        caller.keys("2")
        caller.keys("1")
        caller.keys("1")
        assert in_the_app() == []
        caller.keys("17051990")
        assert any("Your card" in one["text"] for one in in_the_app())
        assert {one["channel"] for one in in_the_app()} == {"voice"}

    def test_a_form_of_the_call_goes_on_in_the_app(self, helpline, bot, phone, member, app_chat):
        caller = Caller(helpline, phone)
        caller.send()
        caller.keys("2")
        bot.running = False
        caller.keys("1")
        caller.keys("1")
        caller.keys("17051990")
        bot.running = True
        bot.says("a complaint", "utter_ask_complaint_description", form="complaint_form", asked="complaint_description")
        caller.says("a complaint")
        app_chat("The clinic on Melati street refused my card on Monday.")
        assert bot.turns[-1].message.startswith("The clinic")
        assert bot.turns[-1].sender == bot.turns[-2].sender


class TestWhoIsWho:
    def test_the_same_number_on_two_channels_joins_only_when_proved(self, helpline, bot, phone, member, in_the_app):
        helpline.writes(phone, "hello there")
        assert in_the_app() == []
        assert _threads(helpline) == 1
        bot.running = False
        _proves(helpline, phone)
        assert in_the_app() != []

    def test_a_wrong_factor_joins_nothing(self, helpline, bot, phone, member, in_the_app):
        bot.running = False
        helpline.writes(phone, "my card please")
        helpline.writes(phone, "01-01-1980")
        assert in_the_app() == []

    def test_an_app_thread_flows_into_the_proved_one(self, helpline, bot, phone, app_chat, in_the_app):
        app_chat("first in the app")
        bot.running = False
        _proves(helpline, phone)
        texts = [one["text"] for one in in_the_app()]
        assert "first in the app" in texts
        assert "my card please" in texts
        assert _threads(helpline) == 1

    def test_a_hidden_number_is_one_person_whatever_the_webhook_names(self, helpline, bot):
        helpline.writes("", "hello", **HIDDEN)
        helpline.writes("", "again", From="whatsapp:ID.45665461302")
        assert _threads(helpline) == 1

    def test_a_number_that_is_shown_later_joins_its_hidden_thread(self, helpline, bot, phone):
        helpline.writes("", "hello", **HIDDEN)
        helpline.writes(phone, "now with my number", ExternalUserId=HIDDEN["ExternalUserId"])
        assert _threads(helpline) == 1
        with working_for(helpline.client.id) as scope:
            query = select(ContactIdentifier.kind).where(ContactIdentifier.client_id == scope.client_id)
            assert set(scope.session.scalars(query)) == {"bsuid", "phone"}

    def test_a_hidden_number_never_counts_as_the_members_own(self, helpline, bot, phone, member):
        bot.running = False
        helpline.writes("", "my card please", **HIDDEN)
        sent = helpline.http.get("/demo/outbox.json").json
        assert "member number" in next(row["text"] for row in sent if row["to"] == "ID.45665461302")

    def test_a_hidden_number_is_proved_by_the_code_and_goes_on(self, helpline, bot, phone, member, in_the_app):
        bot.running = False
        helpline.writes("", "my card please", **HIDDEN)
        helpline.writes("", member.number, **HIDDEN)
        helpline.writes("", re.search(r"\b\d{6}\b", helpline.outbox(phone, "sms")[-1])[0], **HIDDEN)
        assert any("Rina Hartono" in one["text"] for one in in_the_app())

    def test_a_new_hidden_id_after_a_change_of_number_is_a_stranger(self, helpline, bot, phone, member, in_the_app):
        bot.running = False
        _proves(helpline, phone)
        new = {"From": "whatsapp:ID.999", "ExternalUserId": "whatsapp:ID.999"}
        helpline.writes("", "my card please", **new)
        sent = helpline.http.get("/demo/outbox.json").json
        assert "member number" in next(row["text"] for row in sent if row["to"] == "ID.999")
        assert _threads(helpline) == 2

    def test_the_same_person_on_hidden_and_shown_numbers_at_once_is_one_thread(self, helpline, bot, phone, member):
        bot.running = False
        _proves(helpline, phone)
        helpline.writes("", "my card please", **HIDDEN)
        helpline.writes("", member.number, **HIDDEN)
        helpline.writes("", re.search(r"\b\d{6}\b", helpline.outbox(phone, "sms")[-1])[0], **HIDDEN)
        assert _threads(helpline) == 1
        with working_for(helpline.client.id) as scope:
            lost = (
                select(func.count())
                .select_from(Message)
                .join(
                    Conversation,
                    (Conversation.id == Message.conversation_id) & Conversation.merged_into_id.is_not(None),
                )
            )
            assert scope.session.scalar(lost.where(Message.client_id == scope.client_id)) == 0
