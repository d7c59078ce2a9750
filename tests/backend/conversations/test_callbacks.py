"""Call-backs: due, attempted by a person, done, or given up after three calls with a word to the member."""

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.conversations.telephone.models import Callback
from backend.helpline.models import HelplineCase
from backend.notifications.models import Notification
from tests.backend.conversations.caller import Agent
from tests.factories.calls import make_callback
from tests.factories.cases import make_thread


@pytest.fixture
def due(helpline, member):
    with working_for(helpline.client.id) as scope:
        return make_callback(scope, make_thread(scope, member.id).id)


def told(desk):
    with working_for(desk.helpline.client.id) as scope:
        query = select(Notification.event).where(Notification.client_id == scope.client_id)
        return list(scope.session.scalars(query))


@pytest.fixture
def calling(desk, due):
    """One attempt: the agent picks up and presses the key, the member's telephone ends as said."""

    def call(**ending):
        leg = desk.rings(desk.attempt(desk.sari))
        leg.picks_up()
        heard = leg.presses("1")
        leg.finishes(**ending)
        return heard

    return call


@pytest.mark.requirement("S0-93")
def test_the_desk_lists_whom_to_call_with_a_masked_number(desk, member, due):
    (item,) = desk.helpline.http.get("/api/v1/desk/callbacks", headers=desk.sari).json["items"]
    assert item["member"]["id"] == str(member.id)
    assert item["state"] == "due"
    assert due.phone not in str(item)
    assert item["phone_masked"].endswith(due.phone[-3:])


@pytest.mark.requirement("S0-93")
def test_an_attempt_rings_the_agent_then_the_member_in_the_clients_name(desk, due, calling):
    heard = calling(DialCallStatus="completed")
    assert f"<Number>{due.phone}</Number>" in heard
    assert f'callerId="{desk.helpline.voice}"' in heard
    assert (desk.only(Callback).state, desk.only(Callback).attempts) == ("done", 1)


def test_after_three_calls_nobody_answers_the_member_is_told_once(desk, member, due, calling):
    for count in (1, 2):
        calling(DialCallStatus="no-answer")
        assert (desk.only(Callback).state, desk.only(Callback).attempts) == ("due", count)
    assert told(desk) == []
    calling(DialCallStatus="busy")
    assert (desk.only(Callback).state, desk.only(Callback).attempts) == ("failed", 3)
    assert told(desk) == ["call_back_failed"]
    with working_for(desk.helpline.client.id) as scope:
        cases = scope.session.scalars(select(HelplineCase.reason).where(HelplineCase.client_id == scope.client_id))
        assert list(cases) == ["call_back"]
    refused = desk.attempt(desk.sari)
    assert (refused.status_code, refused.json["reason"]) == (409, "calls.callback_over")


def test_an_agent_who_does_not_pick_up_has_not_tried(desk, due):
    assert desk.attempt(desk.sari).status_code == 200
    desk.helpline.run_jobs()
    Agent(desk.helpline, desk.telephones).status("no-answer")
    assert (desk.only(Callback).state, desk.only(Callback).attempts) == ("due", 0)


def test_the_end_of_a_call_reported_ten_times_counts_once(desk, due):
    desk.attempt(desk.sari)
    desk.helpline.run_jobs()
    leg = Agent(desk.helpline, desk.telephones)
    leg.picks_up()
    leg.presses("1")
    heard = leg.heard
    for _ in range(10):
        leg.heard = heard
        leg.finishes(DialCallStatus="no-answer")
        leg.status("completed")
    assert (desk.only(Callback).state, desk.only(Callback).attempts) == ("due", 1)


def test_a_late_report_of_an_earlier_attempt_does_not_end_a_new_one(desk, due):
    desk.attempt(desk.sari)
    desk.helpline.run_jobs()
    first = Agent(desk.helpline, desk.telephones)
    first.picks_up()
    first.presses("1")
    heard = first.heard
    first.finishes(DialCallStatus="no-answer")
    desk.attempt(desk.sari)
    desk.helpline.run_jobs()
    first.heard = heard
    first.finishes(DialCallStatus="no-answer")
    assert (desk.only(Callback).state, desk.only(Callback).attempts) == ("calling", 1)


def test_two_people_do_not_call_the_same_member_at_once(desk, due):
    assert desk.attempt(desk.sari).status_code == 200
    refused = desk.attempt(desk.budi)
    assert (refused.status_code, refused.json["reason"]) == (409, "calls.callback_running")


def test_what_was_settled_in_another_way_is_done(desk, due):
    for _ in range(2):
        done = desk.helpline.http.post(f"/api/v1/desk/callbacks/{due.id}/done", headers=desk.sari)
        assert (done.status_code, done.json["state"]) == (200, "done")
    assert desk.helpline.http.get("/api/v1/desk/callbacks", headers=desk.sari).json["items"] == []


def test_a_vendor_that_does_not_ring_leaves_the_call_back_due(desk, due):
    desk.telephones.broken = 1
    desk.attempt(desk.sari)
    desk.helpline.run_jobs()
    assert (desk.only(Callback).state, desk.only(Callback).attempts) == ("due", 0)
