"""Cases from the queue to the answer on the member's own channel."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.audit.models import AuditRecord
from backend.conversations.models import Message
from backend.kit import clock
from tests.factories.accounts import headers_for
from tests.factories.clients import make_client


@pytest.fixture
def agent(helpline):
    return headers_for(Role.AGENT, helpline.client)


@pytest.fixture
def case(helpline, bot, phone, agent):
    """Somebody on WhatsApp asked for a person."""
    helpline.writes(phone, "hello there")
    helpline.writes(phone, "I want to talk to a person please")
    return helpline.http.get("/api/v1/cases", headers=agent).json["items"][0]


@pytest.mark.requirement("S0-95")
def test_an_agents_answer_arrives_where_the_member_wrote(case, helpline, bot, phone, agent):
    assert helpline.http.post(f"/api/v1/cases/{case['id']}/take", headers=agent).json["state"] == "taken"
    body = {"text": "Good morning, this is Sari. How can I help?"}
    assert helpline.http.post(f"/api/v1/cases/{case['id']}/reply", json=body, headers=agent).status_code == 201
    helpline.run_jobs()
    assert helpline.said(phone) == body["text"]


@pytest.mark.requirement("S0-95")
def test_after_a_day_an_answer_is_announced_like_any_notification(member, case, helpline, phone):
    helpline.writes(phone, "hello there")
    helpline.writes(phone, "1")
    helpline.writes(phone, "17-05-1990")
    with clock.at(clock.now() + timedelta(hours=25)):
        headers = headers_for(Role.AGENT, helpline.client)
        body = {"text": "Your letter is ready."}
        helpline.http.post(f"/api/v1/cases/{case['id']}/reply", json=body, headers=headers)
        helpline.run_jobs()
    assert body["text"] not in helpline.outbox(phone)
    assert "Our team has answered you" in helpline.outbox(phone, "sms")[-1]


def test_after_a_day_a_stranger_is_not_written_to(case, helpline, phone):
    sent = len(helpline.outbox(phone))
    with clock.at(clock.now() + timedelta(hours=25)):
        headers = headers_for(Role.AGENT, helpline.client)
        helpline.http.post(f"/api/v1/cases/{case['id']}/reply", json={"text": "Hello"}, headers=headers)
        helpline.run_jobs()
    assert len(helpline.outbox(phone)) == sent


def test_while_a_person_has_the_thread_the_bot_keeps_still(case, helpline, bot, phone, agent):
    helpline.http.post(f"/api/v1/cases/{case['id']}/take", headers=agent)
    asked, sent = len(bot.turns), len(helpline.outbox(phone))
    helpline.writes(phone, "it is about my bill")
    assert len(bot.turns) == asked
    assert len(helpline.outbox(phone)) == sent
    events = helpline.http.get(f"/api/v1/cases/{case['id']}", headers=agent).json["events"]
    assert events[-1]["text"] == "it is about my bill"


@pytest.mark.requirement("S0-80")
def test_an_emergency_is_heard_even_then_and_stands_first_in_the_queue(case, helpline, bot, phone, agent):
    helpline.http.post(f"/api/v1/cases/{case['id']}/take", headers=agent)
    helpline.writes(phone, "my son is unconscious, send an ambulance")
    assert "119" in helpline.said(phone)
    queue = helpline.http.get("/api/v1/cases", headers=agent).json["items"]
    assert [item["priority"] for item in queue] == ["urgent", "urgent", "normal"]
    assert {item["reason"] for item in queue[:2]} == {"emergency", "ambulance"}


def test_after_the_case_is_closed_the_bot_answers_again(case, helpline, bot, phone, agent):
    helpline.http.post(f"/api/v1/cases/{case['id']}/take", headers=agent)
    helpline.http.post(f"/api/v1/cases/{case['id']}/close", json={"outcome": "explained"}, headers=agent)
    helpline.writes(phone, "hello there")
    assert bot.turns[-1].message == "hello there"


def test_two_agents_cannot_have_one_case(case, helpline, agent):
    helpline.http.post(f"/api/v1/cases/{case['id']}/take", headers=agent)
    other = headers_for(Role.AGENT, helpline.client)
    refused = helpline.http.post(f"/api/v1/cases/{case['id']}/take", headers=other)
    assert (refused.status_code, refused.json["reason"]) == (409, "helpline.taken_by_other")


def test_a_closed_case_is_not_answered(case, helpline, agent):
    helpline.http.post(f"/api/v1/cases/{case['id']}/close", json={"outcome": "explained"}, headers=agent)
    refused = helpline.http.post(f"/api/v1/cases/{case['id']}/reply", json={"text": "too late"}, headers=agent)
    assert refused.json["reason"] == "helpline.case_closed"


def test_a_note_never_reaches_the_member(case, helpline, agent):
    helpline.http.post(f"/api/v1/cases/{case['id']}/notes", json={"text": "sounded worried"}, headers=agent)
    helpline.run_jobs()
    with working_for(helpline.client.id) as scope:
        texts = scope.session.scalars(select(Message.text).where(Message.client_id == scope.client_id)).all()
    assert "sounded worried" not in texts


def test_looking_at_a_case_is_recorded(case, helpline, agent):
    helpline.http.get(f"/api/v1/cases/{case['id']}", headers=agent)
    with working_for(helpline.client.id) as scope:
        query = select(AuditRecord).where(AuditRecord.object_type == "helpline_case", AuditRecord.action == "read")
        assert scope.session.scalars(query).first() is not None


def test_another_clients_agent_finds_nothing(case, helpline):
    foreign = headers_for(Role.AGENT, make_client())
    assert helpline.http.get(f"/api/v1/cases/{case['id']}", headers=foreign).status_code == 404
    assert helpline.http.get("/api/v1/cases", headers=foreign).json["items"] == []


def test_a_member_has_no_desk(case, helpline):
    headers = headers_for(Role.MEMBER, helpline.client)
    assert helpline.http.get("/api/v1/cases", headers=headers).status_code == 403


def test_words_that_the_vendor_refuses_as_too_late_are_announced_once(member, case, helpline, phone, agent):
    helpline.writes(phone, "hello there")
    helpline.writes(phone, "1")
    helpline.writes(phone, "17-05-1990")
    helpline.http.post(f"/api/v1/cases/{case['id']}/reply", json={"text": "Your letter is ready."}, headers=agent)
    helpline.run_jobs()
    with working_for(helpline.client.id) as scope:
        query = select(Message).where(Message.client_id == scope.client_id, Message.author == "agent")
        message = scope.session.scalars(query).one()
    path = f"/twilio/messages/status?client={helpline.client.slug}&reference=message:{message.id}"
    before = len(helpline.outbox(phone, "sms"))
    for _ in range(2):
        helpline.post(path, {"MessageSid": "SM9", "MessageStatus": "failed", "ErrorCode": "63016"})
        helpline.run_jobs()
    assert len(helpline.outbox(phone, "sms")) == before + 1
    assert "Our team has answered you" in helpline.outbox(phone, "sms")[-1]
