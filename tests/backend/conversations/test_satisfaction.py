"""The one question after a closed case: where it is asked, when not, and what its answer does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.complaints import service as complaints
from backend.helpline import queries as cases
from backend.helpline import service
from backend.helpline.models import HelplineCase, Satisfaction
from backend.kit import clock
from backend.notifications import service as notifications
from tests.factories.accounts import headers_for
from tests.factories.cases import make_thread

pytestmark = pytest.mark.usefixtures("bot")
QUESTION = "How satisfied were you"


@pytest.fixture
def agent(helpline):
    return headers_for(Role.AGENT, helpline.client)


@pytest.fixture
def closes(helpline, agent):
    """An agent closes the only open case of the client."""

    def close() -> str:
        case = helpline.http.get("/api/v1/cases", headers=agent).json["items"][0]
        answer = helpline.http.post(f"/api/v1/cases/{case['id']}/close", json={"outcome": "Explained"}, headers=agent)
        assert answer.status_code == 200
        helpline.run_jobs()
        return case["id"]

    return close


@pytest.fixture
def asked(helpline, phone, closes):
    """Somebody on WhatsApp was helped and is asked."""
    helpline.writes(phone, "hello there")
    helpline.writes(phone, "I want to talk to a person please")
    return closes()


def _answer(helpline) -> Satisfaction | None:
    with working_for(helpline.client.id) as scope:
        return scope.session.scalar(select(Satisfaction).where(Satisfaction.client_id == scope.client_id))


def _follow_ups(helpline) -> list[HelplineCase]:
    with working_for(helpline.client.id) as scope:
        wanted = select(HelplineCase).where(
            HelplineCase.client_id == scope.client_id, HelplineCase.reason == "low_satisfaction"
        )
        return list(scope.session.scalars(wanted))


@pytest.mark.requirement("S0-95")
def test_within_a_day_it_is_asked_in_the_thread_with_choices(asked, helpline, phone):
    said = helpline.said(phone)
    assert QUESTION in said
    sent = next(row for row in helpline.http.get("/demo/outbox.json").json if row["to"] == phone)
    offered = sent["choices"]["items"]
    assert (offered[0]["label"], offered[-1]["label"]) == ("Very bad", "Very good")


@pytest.mark.requirement("S0-95")
@pytest.mark.parametrize(("words", "score"), [("4", 4), ("bagus", 4), ("⭐⭐⭐⭐⭐", 5), ("Good", 4)])
def test_the_answer_is_kept_and_thanked_for(asked, helpline, phone, words, score):
    helpline.writes(phone, words)
    assert "Thank you for your answer" in helpline.said(phone)
    assert (_answer(helpline).score, _follow_ups(helpline)) == (score, [])


@pytest.mark.requirement("S0-95")
@pytest.mark.parametrize("words", ["1", "2", "kurang memuaskan"])
def test_a_low_answer_opens_one_case_with_priority(asked, helpline, phone, words):
    helpline.writes(phone, words)
    (made,) = _follow_ups(helpline)
    assert (made.priority, _answer(helpline).follow_up_id) == ("high", made.id)
    assert made.number in helpline.said(phone)


def test_an_answer_is_not_asked_of_the_bot(asked, helpline, bot, phone):
    helpline.writes(phone, "bagus")
    assert "bagus" not in [turn.message for turn in bot.turns]


def test_only_the_first_answer_counts(asked, helpline, phone):
    helpline.writes(phone, "5")
    helpline.writes(phone, "1")
    assert (_answer(helpline).score, _follow_ups(helpline)) == (5, [])


def test_a_number_is_no_answer_when_nobody_asked(helpline, bot, phone):
    helpline.writes(phone, "hello there")
    helpline.writes(phone, "bagus")
    assert (bot.turns[-1].message, _answer(helpline)) == ("bagus", None)


def test_a_question_of_the_member_comes_before_the_answer(asked, helpline, bot, phone):
    helpline.writes(phone, "when is my claim paid")
    assert bot.turns[-1].message == "when is my claim paid"
    helpline.writes(phone, "good")
    assert _answer(helpline).score == 4


def test_in_a_form_a_number_answers_the_form(asked, helpline, bot, phone):
    bot.says("reimbursement", "utter_ask_claim_amount", form="reimbursement_form", asked="claim_amount")
    helpline.writes(phone, "reimbursement")
    helpline.writes(phone, "good")
    assert _answer(helpline).score is None


def test_after_three_days_a_number_is_a_number_again(asked, helpline, phone):
    helpline.writes(phone, "hello there")
    with clock.at(clock.now() + timedelta(days=4)):
        helpline.writes(phone, "good")
    assert _answer(helpline).score is None


def test_it_is_asked_once_however_often_the_job_runs(asked, helpline, agent, phone):
    before = helpline.outbox(phone)
    helpline.http.post(f"/api/v1/cases/{asked}/close", json={"outcome": "again"}, headers=agent)
    with working_for(helpline.client.id) as scope:
        service.handling.enqueue(
            scope, service.handling.jobs.tasks[service.ASK], client_id=str(scope.client_id), case_id=asked
        )
    helpline.run_jobs()
    assert helpline.outbox(phone) == before


def test_who_asked_to_stop_is_not_asked(helpline, phone, closes):
    helpline.writes(phone, "hello there")
    helpline.writes(phone, "I want to talk to a person please")
    helpline.writes(phone, "stop")
    closes()
    assert (_answer(helpline), QUESTION in helpline.said(phone)) == (None, False)


def test_after_an_emergency_nobody_is_asked(helpline, phone, closes):
    helpline.writes(phone, "my son is unconscious, send an ambulance")
    closes()
    assert _answer(helpline) is None


def _open_case(helpline, member, channel: str, reason: str = "person", hours_ago: int = 0) -> HelplineCase:
    with working_for(helpline.client.id, channel=channel) as scope:
        heard = clock.now() - timedelta(hours=hours_ago)
        thread = make_thread(scope, member.id, channel=channel, last_inbound_at=heard)
        return service.open_case(scope, thread.id, reason, caller=service.Caller(member.id, "en", channel))


@pytest.mark.requirement("S0-95")
@pytest.mark.parametrize(("channel", "hours_ago"), [("whatsapp", 25), ("voice", 0)])
def test_after_a_day_or_a_call_it_goes_out_by_template(helpline, member, closes, channel, hours_ago):
    with working_for(helpline.client.id) as scope:
        notifications.keep_preference(scope, member.id, channels=["mail"], muted=[], quiet_from=None, quiet_until=None)
        member = scope.session.merge(member)
        member.email = "rina@example.org"
    _open_case(helpline, member, channel, hours_ago=hours_ago)
    closes()
    rows = helpline.http.get("/demo/outbox.json").json
    assert "How was our help?" in next(row["text"] for row in rows if row["to"] == "rina@example.org")


@pytest.mark.requirement("S0-95")
def test_in_the_app_it_stands_in_the_thread_and_a_tap_answers(helpline, member, closes):
    _open_case(helpline, member, "app")
    closes()
    headers = headers_for(Role.MEMBER, helpline.client, (member.id,))
    messages = helpline.http.get("/api/v1/conversations/messages", headers=headers).json["items"]
    assert QUESTION in messages[-1]["text"]
    tap = messages[-1]["buttons"][4]
    body = {"text": tap["label"], "payload": tap["payload"]}
    assert helpline.http.post("/api/v1/conversations/messages", json=body, headers=headers).status_code == 201
    assert _answer(helpline).score == 5


def test_while_a_complaint_is_open_nobody_is_asked(helpline, member, closes):
    with working_for(helpline.client.id) as scope:
        complaints.lodge(scope, member.id, "service", "Nobody answered me for a week", channel="app", spoken=False)
    _open_case(helpline, member, "app")
    closes()
    assert _answer(helpline) is None


def test_who_muted_the_helpline_is_not_asked(helpline, member, closes):
    with working_for(helpline.client.id) as scope:
        notifications.keep_preference(
            scope, member.id, channels=[], muted=["helpline"], quiet_from=None, quiet_until=None
        )
    _open_case(helpline, member, "app")
    closes()
    assert _answer(helpline) is None


def test_the_case_after_a_low_answer_is_not_asked_about(asked, helpline, agent, phone, closes):
    helpline.writes(phone, "1")
    closes()
    with working_for(helpline.client.id) as scope:
        follow_up = cases.satisfaction_of(scope, _follow_ups(helpline)[0].id)
    assert follow_up is None
