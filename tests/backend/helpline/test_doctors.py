"""Who asks the helpline for a doctor: danger first, then the doctors' queue, in three languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.branding import loader as branding
from backend.conversations import first_look
from backend.conversations.queries import conversation_of_member
from backend.conversations.talk import open_talk
from backend.helpline.answers import doctors
from backend.helpline.asker import Asker
from backend.helpline.catalogue import Reply, say
from backend.helpline.models import HelplineCase
from backend.telemedicine import queries, sealed
from tests.factories.cases import make_message, make_thread
from tests.factories.claims import make_household
from tests.factories.telemedicine import covered_household, make_consultation


def brand_of(household):
    brand = branding.brand_for(household.client)
    return replace(brand, features={**brand.features, "teleconsultation": True})


def ids_of(answer):
    return [reply.id for reply in answer.replies]


def asked(household, *, proved=True, channel="whatsapp", action=doctors.doctor, state=None):
    """What the helpline answers, and the reasons of the cases that are open afterwards."""
    own = household.employee_id if proved else None
    with working_for(household.client.id, channel=channel) as scope:
        thread = make_thread(scope, own)
        brand = brand_of(household)
        words = "My child has a cough"
        asker = Asker(thread.id, household.client, brand, "en", channel, own, state or {}, heard=lambda: words)
        answer = action(scope, asker, {})
        scope.session.flush()
        open_cases = scope.session.scalars(
            select(HelplineCase.reason).where(HelplineCase.client_id == scope.client_id, HelplineCase.state != "closed")
        )
        return answer, sorted(open_cases)


@pytest.fixture
def household(app):
    return covered_household(languages=("id", "en", "pt"))


@pytest.mark.requirement("S0-92")
def test_a_member_is_asked_about_danger_before_anything_is_queued(household):
    answer, reasons = asked(household)
    assert (ids_of(answer), reasons) == (["telemedicine_danger"], [])
    assert answer.state["telemedicine_words"] == "My child has a cough"


@pytest.mark.requirement("S0-84")
def test_without_danger_the_member_is_in_the_queue_with_their_own_words(household):
    state = {"telemedicine_words": "My child has a cough"}
    answer, reasons = asked(household, action=doctors.consultation, state=state)
    assert (ids_of(answer), reasons) == (["telemedicine_asked"], [])
    assert answer.replies[0].args["position"] == 1
    with working_for(household.client.id) as scope:
        row = queries.open_of(scope, household.employee_id)
        told = sealed.unseal(row.answers, "teleconsultation.answers", row.id)
        assert (row.state, told) == ("waiting", {"told": "My child has a cough"})


def test_a_stranger_has_the_doctors_case_at_once_and_loses_nothing(household):
    answer, reasons = asked(household, proved=False)
    assert (ids_of(answer), reasons) == (["doctor", "telemedicine_danger"], ["doctor"])


def test_on_the_telephone_the_caller_is_put_through_to_the_doctors(household):
    answer, reasons = asked(household, channel="voice")
    assert (ids_of(answer), reasons) == (["doctor"], ["doctor"])


def test_who_waits_already_keeps_the_place(household):
    row = make_consultation(household)
    with working_for(household.client.id) as scope:
        thread_id = queries.consultation(scope, row.id).conversation_id
        asker = Asker(thread_id, household.client, brand_of(household), "en", "app", household.employee_id)
        answer = doctors.doctor(scope, asker, {})
    assert (ids_of(answer), answer.replies[0].args["number"]) == (["telemedicine_known"], row.number)


def test_who_is_not_covered_still_reaches_a_doctor(app):
    answer, reasons = asked(make_household(), action=doctors.consultation)
    assert (ids_of(answer), reasons) == (["telemedicine_not_covered"], ["doctor"])


@pytest.mark.requirement("S0-92")
@pytest.mark.parametrize(("language", "yes", "no"), [("id", "ya", "tidak"), ("en", "yes", "no"), ("pt", "sim", "não")])
def test_yes_is_an_emergency_and_no_is_the_queue_in_each_language(household, language, yes, no):
    said = {}
    for word in (yes, no):
        with working_for(household.client.id, channel="app") as scope:
            thread = conversation_of_member(scope, household.employee_id)
            thread = thread or make_thread(scope, household.employee_id, language=language, channel="app")
            talk = open_talk(scope, thread.id, "app")
            talk.brand = brand_of(household)
            talk.remember(awaits=doctors.DANGER)
            message = make_message(scope, thread.id, word, channel="app", language=language)
            said[word] = [reply.id for reply in first_look.decide(talk, message).replies]
    assert said == {yes: ["emergency"], no: ["telemedicine_asked"]}


@pytest.mark.parametrize(
    ("language", "label"), [("id", "Tidak ada"), ("en", "none of these"), ("pt", "Nada disso"), ("id", "1")]
)
def test_the_words_on_the_button_are_an_answer_even_when_they_could_mean_danger(household, language, label):
    with working_for(household.client.id, channel="app") as scope:
        thread = make_thread(scope, household.employee_id, language=language, channel="app")
        talk = open_talk(scope, thread.id, "app")
        talk.brand = brand_of(household)
        talk.remember(awaits=doctors.DANGER, last=[{"reply": doctors.DANGER, "args": {}}])
        message = make_message(scope, thread.id, label, channel="app", language=language)
        assert [reply.id for reply in first_look.decide(talk, message).replies] == ["telemedicine_asked"]


def test_danger_told_instead_of_an_answer_is_heard(household):
    with working_for(household.client.id, channel="app") as scope:
        thread = make_thread(scope, household.employee_id, language="en", channel="app")
        talk = open_talk(scope, thread.id, "app")
        talk.brand = brand_of(household)
        talk.remember(awaits=doctors.DANGER, last=[{"reply": doctors.DANGER, "args": {}}])
        words = "no but I have a crushing chest pain and cannot breathe"
        message = make_message(scope, thread.id, words, channel="app")
        assert [reply.id for reply in first_look.decide(talk, message).replies] == ["emergency"]


def test_the_question_of_danger_has_two_ways_on_in_every_language():
    for language in ("id", "en", "pt"):
        said = say(Reply.of(doctors.DANGER), language)
        assert [button.payload for button in said.buttons] == [
            "action:action_teleconsultation",
            "action:action_emergency",
        ]
        assert all(len(button.label) <= 20 for button in said.buttons)
