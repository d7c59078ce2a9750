"""What staff are told goes to their own mail, at any hour, and says nothing about a member."""

from datetime import UTC, datetime

import pytest

from backend.access import Role, working_for
from backend.accounts import service as accounts
from backend.kit import clock
from backend.notifications import events, queries, service
from tests.factories.accounts import make_staff
from tests.factories.clients import make_client
from tests.factories.notifications import ScriptedSender, outside

NIGHT = datetime(2026, 11, 20, 16, tzinfo=UTC)
DUE = {"complaint_number": "2264-9027-6780", "due_by": "2026-12-08"}


@pytest.fixture
def client(app):
    return make_client()


def _sent(client, run_jobs, staff_id, event="complaint_warning", facts=DUE):
    mail, elsewhere = ScriptedSender(), ScriptedSender()
    with clock.at(NIGHT):
        with working_for(client.id) as scope:
            notification_id = service.notify_staff(scope, event, staff_id, facts)
        with outside(mail=mail, messaging=elsewhere, push=elsewhere):
            run_jobs()
    assert [message for message in elsewhere.seen if message.client == client.slug] == []
    with working_for(client.id) as scope:
        own = [message for message in mail.seen if message.client == client.slug]
        return own, [row.channel for row in queries.attempts_of(scope, notification_id)]


@pytest.mark.requirement("S0-94")
def test_a_warning_reaches_the_colleague_by_mail_at_night_in_the_clients_language(client, run_jobs):
    staff_id = make_staff(client, Role.AGENT, name="Sari Wulandari", email="sari@tpa.example")
    (message,), channels = _sent(client, run_jobs, staff_id)
    assert (message.to, channels) == ("sari@tpa.example", ["mail"])
    assert "2264-9027-6780" in message.subject
    assert "Halo Sari Wulandari," in message.text
    assert "8 Desember 2026" in message.text


def test_who_no_longer_works_here_is_not_written_to(client, run_jobs):
    staff_id = make_staff(client, Role.AGENT)
    with working_for(client.id) as scope:
        accounts.remove_staff(scope, staff_id)
    assert _sent(client, run_jobs, staff_id) == ([], [])


NAMES_NOBODY = {
    *("complaint_number", "letter_number", "excess_number", "run_number", "request_number"),
    *("due_by", "due_time", "level", "quarter", "count", "percent", "available", "top_up", "leaves_on"),
    *("plan_name", "plan_changes", "starts_on"),  # of a plan's terms, whoever is in it
}


def test_nothing_that_staff_are_told_names_a_member():
    told = [event for event in events.EVENTS.values() if event.topic == events.TO_STAFF]
    assert told
    for event in told:
        assert set(event.facts) <= NAMES_NOBODY
        assert event.topic not in events.TOPICS
