"""A person takes a call: their telephone rings, a key joins the two, and of two people one wins."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from backend.access import working_for
from backend.conversations.telephone.models import StaffPhone
from backend.helpline import queries as cases
from backend.kit import clock
from tests.query_counter import counted_queries


@pytest.mark.requirement("S0-90", "S0-93")
def test_the_desk_sees_who_waits_with_the_case_and_the_thread(caller, desk, member):
    caller.send()
    for keys in ("2", "1", "1", "17051990"):
        caller.keys(keys)
    caller.keys("0")
    (item,) = desk.waiting()
    assert (item["position"], item["desk"], item["language"], item["emergency"]) == (1, "helpline", "en", False)
    assert item["member"]["id"] == str(member.id)
    assert item["case_id"] == str(desk.place().case_id)
    thread = desk.helpline.http.get(f"/api/v1/cases/{item['case_id']}/thread", headers=desk.sari).json["items"]
    assert any("card is active" in message["text"] for message in thread)


def test_the_list_costs_the_same_for_many(caller, desk):
    caller.queued()
    desk.waiting()
    with counted_queries() as seen:
        desk.waiting()
    assert len(seen) <= 3, seen


@pytest.mark.requirement("S0-93")
def test_the_agents_telephone_rings_and_a_key_joins_the_right_caller(caller, desk):
    caller.queued()
    leg = desk.rings(desk.answer(desk.sari))
    assert leg.call.to == "+62811222333"
    assert leg.call.sender == desk.helpline.voice
    assert "To take the call press 1" in leg.picks_up()
    said = leg.presses("1")
    assert f"<Queue>{desk.place().queue}</Queue>" in said
    assert desk.place().answered_at is not None
    assert desk.waiting() == []
    leg.finishes(DialCallStatus="completed", DequeueResult="bridged")
    caller.leaving("bridged")
    assert desk.place().outcome == "answered"


def _case(desk):
    with working_for(desk.helpline.client.id) as scope:
        return cases.case(scope, desk.place().case_id)


@pytest.mark.requirement("S0-93", "S0-90")
def test_who_answers_a_call_takes_its_case_and_nobody_waits_any_more(caller, desk):
    caller.queued()
    assert _case(desk).state == "open"
    leg = desk.rings(desk.answer(desk.sari))
    leg.picks_up()
    leg.presses("1")

    taken = _case(desk)
    assert (taken.state, taken.due_at) == ("taken", None)
    assert taken.first_reply_at is not None
    shown = desk.helpline.http.get(f"/api/v1/cases/{taken.id}", headers=desk.sari).json
    assert shown["assigned_to"]["name"] == "Sari"
    assert ("call_answered", "Sari") in [(step["kind"], step["by"]["name"]) for step in shown["events"]]


def test_a_case_that_a_colleague_works_on_stays_theirs(caller, desk):
    caller.queued()
    path = f"/api/v1/cases/{desk.place().case_id}"
    assert desk.helpline.http.post(f"{path}/take", headers=desk.budi).status_code == 200
    leg = desk.rings(desk.answer(desk.sari))
    leg.picks_up()
    leg.presses("1")
    assert desk.helpline.http.get(path, headers=desk.sari).json["assigned_to"]["name"] == "Budi"


def test_when_the_caller_was_gone_the_case_waits_again(caller, desk):
    caller.queued()
    leg = desk.rings(desk.answer(desk.sari))
    leg.picks_up()
    leg.presses("1")
    leg.finishes(DialCallStatus="failed", DequeueResult="queue-empty")
    again = _case(desk)
    assert (again.state, again.assigned_to) == ("open", None)
    assert again.due_at is not None


def test_nothing_is_recorded_without_being_asked(caller, desk):
    caller.queued()
    leg = desk.rings(desk.answer(desk.sari))
    leg.picks_up()
    assert "record" not in leg.presses("1").lower()


def test_of_two_people_the_second_is_told_who_was_first(caller, desk):
    caller.queued()
    assert desk.answer(desk.sari).status_code == 200
    refused = desk.answer(desk.budi)
    assert (refused.status_code, refused.json["reason"]) == (409, "calls.taken_by_other")
    assert refused.json["errors"]["name"] == "Sari"


def test_of_two_people_at_the_same_moment_one_wins(caller, desk, app):
    caller.queued()
    with ThreadPoolExecutor(2) as threads:
        made = list(threads.map(lambda who: desk.answer(who, http=app.test_client()), (desk.sari, desk.budi)))
    assert sorted(one.status_code for one in made) == [200, 409]
    before = len(desk.telephones.placed)
    desk.helpline.run_jobs()
    assert len(desk.telephones.placed) == before + 1


def test_pressing_answer_twice_rings_once(caller, desk):
    caller.queued()
    for _ in range(3):
        assert desk.answer(desk.sari).status_code == 200
    desk.helpline.run_jobs()
    assert len(desk.telephones.placed) == 1


def test_a_telephone_that_nobody_picks_up_gives_the_call_back(caller, desk):
    caller.queued()
    leg = desk.rings(desk.answer(desk.sari))
    for _ in range(10):
        assert leg.status("no-answer") == 204
    assert desk.answer(desk.budi).status_code == 200


def test_a_voicemail_box_that_picks_up_takes_no_caller(caller, desk):
    caller.queued()
    leg = desk.rings(desk.answer(desk.sari))
    leg.picks_up()
    assert "<Queue>" not in leg.presses("")
    assert desk.place().claimed_by is None
    assert len(desk.waiting()) == 1


def test_a_claim_passes_when_its_telephone_is_never_heard_of(caller, desk):
    caller.queued()
    assert desk.answer(desk.sari).status_code == 200
    with clock.at(clock.now() + timedelta(seconds=50)):
        assert desk.answer(desk.budi).status_code == 200


def test_a_vendor_that_does_not_ring_gives_the_call_back(caller, desk):
    caller.queued()
    desk.telephones.broken = 1
    assert desk.answer(desk.sari).status_code == 200
    desk.helpline.run_jobs()
    assert desk.answer(desk.budi).status_code == 200


def test_a_caller_who_has_gone_is_not_joined_with_anybody(caller, desk):
    caller.queued()
    leg = desk.rings(desk.answer(desk.sari))
    caller.leaving("hangup")
    assert "no longer waiting" in leg.picks_up()
    refused = desk.answer(desk.sari)
    assert (refused.status_code, refused.json["reason"]) == (409, "calls.gone")


def test_a_caller_who_hangs_up_in_the_moment_of_joining_was_not_answered(caller, desk):
    caller.queued()
    leg = desk.rings(desk.answer(desk.sari))
    leg.picks_up()
    leg.presses("1")
    assert "no longer waiting" in leg.finishes(DialCallStatus="no-answer", DequeueResult="queue-empty")
    caller.leaving("hangup")
    assert (desk.place().outcome, desk.place().answered_at) == ("abandoned", None)


def test_webhooks_of_the_agents_telephone_in_any_order_and_number_change_nothing(caller, desk):
    caller.queued()
    leg = desk.rings(desk.answer(desk.sari))
    leg.picks_up()
    accept = leg.heard
    leg.presses("1")
    leg.finishes(DialCallStatus="completed")
    settled = desk.place()
    caller.leaving("bridged")
    for _ in range(10):
        leg.status("completed")
        leg.heard = accept
        leg.presses("1")
    again = desk.place()
    assert (again.outcome, again.left_at, again.answered_at) == ("answered", settled.left_at, settled.answered_at)


def test_another_call_cannot_speak_for_the_agents_telephone(caller, desk):
    caller.queued()
    leg = desk.rings(desk.answer(desk.sari))
    leg.picks_up()
    leg.sid = "CA" + "f" * 32
    assert "<Queue>" not in leg.presses("1")


@pytest.mark.requirement("S0-92")
def test_what_waits_for_a_doctor_is_answered_by_a_doctor(caller, desk):
    caller.queued()
    caller.waiting()
    caller.keys("5")
    refused = desk.answer(desk.sari)
    assert (refused.status_code, refused.json["reason"]) == (409, "calls.for_a_doctor")
    assert desk.answer(desk.doctor).status_code == 200


@pytest.mark.requirement("S0-80")
def test_an_emergency_is_answered_by_whoever_is_there(caller, desk):
    caller.send()
    caller.keys("9")
    (item,) = desk.waiting()
    assert item["emergency"] is True
    assert desk.answer(desk.sari).status_code == 200


def test_the_number_given_last_is_on_file(caller, desk):
    caller.queued()
    refused = desk.answer(desk.sari, {})
    assert (refused.status_code, refused.json["reason"]) == (409, "calls.no_telephone")
    assert desk.answer(desk.sari, {"phone": "0811 222 333"}).status_code == 200
    assert desk.only(StaffPhone).phone == "+62811222333"


@pytest.mark.parametrize("number", ["12345", "not a number", "+62"])
def test_a_number_nobody_can_be_called_at_is_refused_in_words(caller, desk, number):
    caller.queued()
    refused = desk.answer(desk.sari, {"phone": number})
    assert refused.status_code == 422
