"""A call in the queue, through signed webhooks: entered, told where it stands, left for something else, settled."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.branding import loader as branding
from backend.conversations import tasks
from backend.conversations.models import Call
from backend.conversations.telephone import capacity, queries
from backend.conversations.telephone.models import Callback, QueuedCall
from backend.helpline.models import HelplineCase
from backend.kit import clock
from tests.backend.conversations.caller import Caller
from tests.factories.calls import make_talk
from tests.factories.cases import make_thread
from tests.factories.staffing import put_on_duty, set_hours


def places(helpline):
    with working_for(helpline.client.id) as scope:
        query = select(QueuedCall).where(QueuedCall.client_id == scope.client_id).order_by(QueuedCall.entered_at)
        return scope.session.scalars(query).all()


def rows(helpline, table):
    with working_for(helpline.client.id) as scope:
        return scope.session.scalars(select(table).where(table.client_id == scope.client_id)).all()


@pytest.fixture
def nobody(monkeypatch):
    """Nobody is at any desk; it opens in twelve hours."""
    opens = clock.now() + timedelta(hours=12)
    monkeypatch.setattr(capacity, "people_at", lambda *_: 0)
    monkeypatch.setattr(capacity, "next_opening", lambda *_: opens)
    return opens


@pytest.fixture
def three_people(monkeypatch):
    monkeypatch.setattr(capacity, "people_at", lambda *_: 3)


def with_brand(helpline, monkeypatch, **changes):
    """The client's brand with another hotline or other features."""
    known = dict(branding.brands())
    brand = known[helpline.client.slug]
    if "fallback" in changes:
        brand = replace(brand, hotline=replace(brand.hotline, fallback=changes.pop("fallback")))
    known[helpline.client.slug] = replace(brand, **changes)
    monkeypatch.setattr(branding, "brands", lambda: known)


def test_a_call_put_through_has_a_place_with_its_case(caller, helpline):
    said = caller.queued()
    (place,) = places(helpline)
    (case,) = rows(helpline, HelplineCase)
    assert place.queue in said
    assert (place.desk, place.rank, place.language, place.case_id) == ("helpline", 2, "en", case.id)
    assert place.outcome is None


@pytest.mark.requirement("S0-80")
def test_an_emergency_stands_before_who_came_earlier(helpline, bot, phone):
    first, second = Caller(helpline, phone), Caller(helpline, phone[:-2] + "77")
    first.queued()
    second.send()
    second.says("my mother is not breathing")
    with working_for(helpline.client.id) as scope:
        waiting = queries.waiting_calls(scope)
        assert [(one.rank, one.desk) for one in waiting] == [(0, "doctor"), (2, "helpline")]
        assert [one.rank for one in queries.waiting_calls(scope, "helpline")] == [2]


@pytest.mark.requirement("S0-90")
def test_the_caller_hears_position_and_offers(helpline, bot, phone):
    first, second = Caller(helpline, phone), Caller(helpline, phone[:-2] + "78")
    first.queued()
    second.queued()
    assert "You are next" in first.waiting()
    said = second.waiting()
    assert "You are number 2" in said
    assert "To be called back press 1" in said
    assert "minute" not in said


@pytest.mark.requirement("S0-90")
def test_the_estimate_comes_from_the_talks_of_this_desk(caller, helpline, three_people):
    with working_for(helpline.client.id) as scope:
        thread = make_thread(scope).id
        for _ in range(6):
            make_talk(scope, thread, minutes=12)
            make_talk(scope, thread, minutes=90, desk="doctor")
    caller.queued()
    assert "about 4 minutes" in caller.waiting()


def test_waiting_is_asked_again_and_again_and_changes_nothing(caller, helpline):
    caller.queued()
    assert len({caller.waiting() for _ in range(10)}) == 1
    assert len(places(helpline)) == 1


@pytest.mark.parametrize("say", [lambda one: one.keys("1"), lambda one: one.says("call me back please")])
def test_a_call_back_gives_the_place_up(caller, helpline, phone, say):
    caller.queued()
    caller.waiting()
    said = say(caller)
    assert "We call you back" in said
    assert "<Hangup" in said
    (promised,) = rows(helpline, Callback)
    (place,) = places(helpline)
    assert (promised.phone, promised.state, promised.queued_call_id) == (phone, "due", place.id)
    assert promised.case_id == place.case_id
    assert place.outcome == "callback"


def test_a_call_back_is_promised_once_however_often_the_key_comes(caller, helpline):
    caller.queued()
    caller.waiting()
    path = caller.path
    first = caller.keys("1")
    for _ in range(10):
        assert caller.ask(path, Digits="1") == first
    caller.leaving("hangup")
    caller.hangs_up()
    assert len(rows(helpline, Callback)) == 1
    assert places(helpline)[0].outcome == "callback"


def test_a_withheld_number_is_offered_a_message_only(helpline, bot):
    caller = Caller(helpline, "anonymous")
    caller.queued()
    said = caller.waiting()
    assert "called back" not in said
    assert "leave a message" in said
    caller.keys("1")
    assert rows(helpline, Callback) == []


def test_a_message_from_the_queue_is_recorded_after_a_yes(caller, helpline):
    caller.queued()
    caller.waiting()
    assert "Your message is recorded" in caller.keys("2")
    assert "<Leave" in caller.keys("1")
    said = caller.leaving("leave")
    assert "<Record" in said
    assert "purpose=voicemail" in said
    assert places(helpline)[0].outcome == "voicemail"


def test_who_does_not_want_to_be_recorded_keeps_the_place(caller, helpline):
    caller.queued()
    caller.waiting()
    caller.keys("2")
    said = caller.keys("2")
    assert "/queue/wait" in said
    assert places(helpline)[0].outcome is None


@pytest.mark.requirement("S0-92")
def test_a_waiting_caller_may_ask_for_the_doctor_and_keeps_the_time(caller, helpline):
    caller.queued()
    before = places(helpline)[0]
    caller.waiting()
    assert "doctor on duty" in caller.keys("5")
    (place,) = places(helpline)
    assert (place.desk, place.rank, place.entered_at) == ("doctor", 1, before.entered_at)


@pytest.mark.requirement("S0-80")
@pytest.mark.parametrize("alarm", [{"Digits": "9"}, {"SpeechResult": "he has collapsed, help", "Confidence": "0.2"}])
def test_an_emergency_in_the_queue_goes_to_its_head(caller, helpline, alarm):
    caller.queued()
    caller.waiting()
    said = caller.send(**alarm)
    assert "1, 1, 9" in said
    (place,) = places(helpline)
    assert (place.rank, place.desk) == (0, "doctor")
    assert "first in line" in caller.waiting()


@pytest.mark.parametrize(
    ("result", "outcome"), [("hangup", "abandoned"), ("bridged", "answered"), ("queue-full", "abandoned")]
)
def test_what_twilio_says_settles_the_place_once(caller, helpline, result, outcome):
    caller.queued()
    first = caller.leaving(result)
    settled = places(helpline)[0]
    assert settled.outcome == outcome
    for other in (result, "hangup", "bridged", "leave", "redirected"):
        for _ in range(2):
            caller.leaving(other)
    again = places(helpline)[0]
    assert (again.outcome, again.left_at) == (outcome, settled.left_at)
    assert caller.leaving(result) == first


def test_a_queue_that_failed_leaves_the_caller_a_choice(caller, helpline):
    caller.queued()
    assert "called back press 1" in caller.leaving("system-error")
    assert "We call you back" in caller.keys("1")


def test_the_end_of_the_call_settles_what_the_queue_did_not(caller, helpline):
    caller.queued()
    caller.hangs_up()
    assert places(helpline)[0].outcome == "abandoned"


def test_a_call_that_was_never_heard_of_again_is_closed_by_the_clock(caller, helpline):
    caller.queued()
    with clock.at(clock.now() + timedelta(minutes=2)):
        tasks.close_silent_calls(0)
    assert places(helpline)[0].outcome is None
    with clock.at(clock.now() + timedelta(minutes=4)):
        tasks.close_silent_calls(0)
    assert places(helpline)[0].outcome == "abandoned"


def test_the_queue_at_twilio_is_deleted_afterwards(caller, helpline, telephones, run_jobs):
    caller.queued()
    caller.waiting()
    caller.leaving("hangup")
    run_jobs()
    assert f"QU{caller.sid[2:]}" in telephones.forgotten


@pytest.mark.requirement("S0-91")
def test_outside_hours_a_caller_hears_when_and_chooses(caller, helpline, nobody):
    said = caller.queued()
    assert "Nobody is at the desk" in said
    assert "We are back on" in said
    assert places(helpline) == []
    assert "as soon as we open" in caller.keys("1")
    assert rows(helpline, Callback)[0].due_from == nobody


@pytest.mark.requirement("S0-80", "S0-91", "S0-58")
@pytest.mark.parametrize("key", ["9", "5"])
def test_outside_hours_an_emergency_and_a_doctors_caller_still_ring(caller, helpline, nobody, monkeypatch, key):
    with_brand(helpline, monkeypatch, fallback="+622150099999")
    caller.send()
    caller.keys("2")
    caller.keys("1")
    said = caller.keys(key)
    assert "<Dial" in said
    assert "+622150099999" in said


def test_a_number_for_the_night_that_nobody_takes_leads_into_the_queue(caller, helpline, nobody, monkeypatch):
    with_brand(helpline, monkeypatch, fallback="+622150099999")
    caller.send()
    said = caller.keys("9")
    path = said.partition("/twilio/voice/rang")[2].partition('"')[0].replace("&amp;", "&")
    rang = f"/twilio/voice/rang{path}"
    answers = {caller.ask(rang, DialCallStatus="no-answer") for _ in range(10)}
    assert len(answers) == 1
    assert "<Enqueue" in answers.pop()
    assert [place.rank for place in places(helpline)] == [0]


@pytest.mark.requirement("S0-80")
def test_without_a_number_for_the_night_an_emergency_waits_in_the_queue(caller, helpline, nobody):
    caller.send()
    assert "<Enqueue" in caller.keys("9")


def test_a_webhook_of_a_strangers_call_says_nothing_of_ours(caller, helpline):
    caller.queued()
    caller.sid = "CA" + "0" * 32
    assert "You are next" not in caller.waiting()
    caller.leaving("hangup")
    assert places(helpline)[0].outcome is None


def test_a_call_merged_into_the_members_thread_takes_its_place_along(caller, helpline, member):
    caller.send()
    for keys in ("2", "1", "1", "17051990"):
        caller.keys(keys)
    caller.keys("0")
    with working_for(helpline.client.id) as scope:
        call = scope.session.scalars(select(Call).where(Call.client_id == scope.client_id)).one()
        (shown,) = queries.shown_calls(scope)
    assert places(helpline)[0].conversation_id == call.conversation_id
    assert shown.member_id == member.id


@pytest.mark.requirement("S0-91", "S2-55")
def test_the_clients_roster_decides_whether_somebody_is_there(helpline):
    now = clock.now()
    with working_for(helpline.client.id) as scope:
        assert capacity.people_at(scope, now, "helpline") is None
    put_on_duty(helpline.client)
    with working_for(helpline.client.id) as scope:
        assert capacity.people_at(scope, now, "helpline") == 1
        assert capacity.people_at(scope, now, "doctor") == 0
        assert capacity.people_at(scope, now + timedelta(hours=20), "helpline") == 0


@pytest.mark.requirement("S0-91")
def test_a_call_outside_the_clients_own_hours_hears_when_they_begin(caller, helpline):
    monday = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 22:00 in Jakarta
    set_hours(helpline.client, "helpline", [{"weekday": 1, "opens": time(8), "closes": time(17)}])
    with clock.at(monday):
        said = caller.queued()
        assert "We are back on Tuesday at 08:00" in said
        caller.keys("1")
    assert rows(helpline, Callback)[0].due_from == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
