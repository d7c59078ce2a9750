"""An answer in the app rings when nobody looks there, and once."""

from datetime import timedelta

import pytest

from backend.access import Role, working_for
from backend.helpline import service
from backend.kit import clock
from tests.factories.accounts import headers_for
from tests.factories.cases import make_message, make_thread

ANNOUNCED = "Our team has answered you"


@pytest.fixture
def answers(helpline, member, phone):
    """Somebody wrote (or called) some minutes ago and an agent answers now; what was announced by SMS."""

    def answer(channel: str, minutes_ago: int, replies: int = 1) -> int:
        with working_for(helpline.client.id, channel=channel) as scope:
            thread = make_thread(scope, member.id, channel=channel)
            make_message(scope, thread.id, channel=channel, created_at=clock.now() - timedelta(minutes=minutes_ago))
            caller = service.Caller(member.id, "en", channel)
            case = service.open_case(scope, thread.id, "person", caller=caller)
        headers = headers_for(Role.AGENT, helpline.client)
        for number in range(replies):
            body = {"text": f"answer {number}"}
            sent = helpline.http.post(f"/api/v1/cases/{case.id}/reply", json=body, headers=headers)
            assert sent.status_code == 201
            helpline.run_jobs()
        return sum(ANNOUNCED in text for text in helpline.outbox(phone, "sms"))

    return answer


def test_who_is_just_writing_in_the_app_is_not_rung(answers):
    assert answers("app", minutes_ago=1) == 0


@pytest.mark.requirement("S0-95")
def test_who_has_left_the_app_is_told(answers):
    assert answers("app", minutes_ago=6) == 1


@pytest.mark.requirement("S0-95")
def test_who_called_is_told(answers):
    assert answers("voice", minutes_ago=1) == 1


def test_two_answers_in_a_row_ring_once(answers):
    assert answers("app", minutes_ago=30, replies=2) == 1
