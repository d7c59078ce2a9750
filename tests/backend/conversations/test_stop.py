"""Stop ends what nobody asked for: questions are still answered, and only the word for it starts messages again."""

import re

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.helpline.models import CaseEvent
from backend.notifications import service as notifications
from backend.notifications.models import OptOut
from tests.factories.accounts import headers_for


def _refused(helpline, phone):
    with working_for(helpline.client.id) as scope:
        query = select(OptOut.channel).where(OptOut.client_id == scope.client_id, OptOut.address == phone)
        return scope.session.scalars(query).all()


@pytest.mark.parametrize(
    "words",
    ["stop", "STOP!", "berhenti berlangganan", "jangan kirim pesan lagi", "parar", "unsubscribe", "sair da lista"],
)
def test_a_stop_keeps_notifications_from_the_number(helpline, bot, phone, member, words):
    helpline.writes(phone, words)
    assert _refused(helpline, phone) == ["whatsapp"]


def test_a_question_after_a_stop_is_answered_and_the_stop_stays(helpline, bot, phone, member):
    helpline.writes(phone, "stop")
    helpline.writes(phone, "hello there")

    assert "Hello" in helpline.said(phone)
    assert _refused(helpline, phone) == ["whatsapp"]


def test_after_a_stop_nothing_unasked_goes_to_the_number(helpline, bot, phone, member, run_jobs):
    helpline.writes(phone, "stop")
    before = len(helpline.outbox(phone))
    with working_for(helpline.client.id) as scope:
        notifications.notify(scope, "case_reply", member.id, {})
    run_jobs()

    assert len(helpline.outbox(phone)) == before


@pytest.mark.parametrize("words", ["START", "mulai", "começar", "quero receber mensagens"])
def test_the_word_for_it_starts_messages_again(helpline, bot, phone, member, words):
    helpline.writes(phone, "stop")
    helpline.writes(phone, words)

    assert _refused(helpline, phone) == []
    assert bot.turns == []


def test_start_means_nothing_to_somebody_who_never_stopped(helpline, bot, phone, member):
    helpline.writes(phone, "start")
    assert bot.turns[0].message == "start"


def test_a_stop_of_one_person_is_not_anothers(helpline, bot, phone, member):
    helpline.writes(phone, "stop")
    helpline.writes(f"{phone}9", "hello there")
    assert _refused(helpline, phone) == ["whatsapp"]


def test_a_stop_is_heard_while_a_person_of_the_helpline_has_the_thread(helpline, bot, phone, member):
    agent = headers_for(Role.AGENT, helpline.client)
    helpline.writes(phone, "I want to talk to a person please")
    case = helpline.http.get("/api/v1/cases", headers=agent).json["items"][0]
    helpline.http.post(f"/api/v1/cases/{case['id']}/take", headers=agent)

    helpline.writes(phone, "stop")

    assert _refused(helpline, phone) == ["whatsapp"]
    with working_for(helpline.client.id) as scope:
        told = scope.session.scalars(select(CaseEvent.text).where(CaseEvent.kind == "member_wrote"))
        assert "stop" in set(told)


def test_a_bare_stop_within_a_form_gives_up_the_form_only(helpline, bot, phone, member):
    bot.says("a complaint", "complaint_ask", form="complaint_form", asked="complaint_description")
    helpline.writes(phone, "a complaint")
    helpline.writes(phone, "stop")

    assert bot.turns[-1].message == "/cancel_form"
    assert _refused(helpline, phone) == []


def test_no_more_messages_is_heard_within_a_form_too(helpline, bot, phone, member):
    bot.says("a complaint", "complaint_ask", form="complaint_form", asked="complaint_description")
    helpline.writes(phone, "a complaint")
    helpline.writes(phone, "unsubscribe")

    assert _refused(helpline, phone) == ["whatsapp"]


def test_a_stop_from_a_hidden_number_keeps_messages_from_the_members_own(helpline, bot, phone, member):
    hidden = {"From": "whatsapp:ID.98765", "ExternalUserId": "whatsapp:ID.98765"}
    bot.running = False
    helpline.writes("", "my card please", **hidden)
    helpline.writes("", member.number, **hidden)
    helpline.writes("", re.search(r"\b\d{6}\b", helpline.outbox(phone, "sms")[-1])[0], **hidden)

    helpline.writes("", "stop", **hidden)

    assert _refused(helpline, phone) == ["whatsapp"]
