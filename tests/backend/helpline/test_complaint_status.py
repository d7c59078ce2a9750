"""Asked on any channel, the helpline says what comes next for a complaint and when, in the person's language."""

from datetime import timedelta

import pytest

from backend.access import Actor, Role, working_for
from backend.branding import loader as branding
from backend.complaints import service
from backend.complaints.models import Outcome
from backend.helpline import catalogue
from backend.helpline.answers import complaints
from backend.helpline.asker import Asker
from backend.kit import clock, ids
from tests.factories.claims import make_household


@pytest.fixture
def home(app):
    return make_household(sign_in=False)


@pytest.fixture
def complaint(home):
    with working_for(home.client.id, home.actor) as scope:
        return service.lodge(scope, home.employee_id, "service", "It took long.", channel="app", spoken=False)


def _said(home, language="en", *, channel="whatsapp") -> str:
    with working_for(home.client.id) as scope:
        asker = Asker(ids.new_id(), home.client, branding.brand_for(home.client), language, channel, home.employee_id)
        (reply,) = complaints.status(scope, asker, {}).replies
        return catalogue.say(reply, language, voice=channel == "voice").text


def _staff(home):
    return working_for(home.client.id, Actor(Role.CLAIMS, id=ids.new_id()))


def _day(day, language: str) -> str:
    return catalogue.in_words(day, language)


@pytest.mark.requirement("S0-94")
@pytest.mark.parametrize("language", ["id", "en", "pt"])
@pytest.mark.parametrize("channel", ["whatsapp", "voice", "app"])
def test_an_open_complaint_has_the_day_of_our_answer(home, complaint, language, channel):
    assert _day(complaint.resolve_by, language) in _said(home, language, channel=channel)


@pytest.mark.parametrize("language", ["id", "en", "pt"])
def test_a_complaint_that_waits_has_the_members_own_day(home, complaint, language):
    with _staff(home) as scope:
        asked = service.request_information(scope, complaint.id, "Which day was it?")
    assert _day(asked.information_by, language) in _said(home, language)


def test_a_longer_day_is_the_one_that_is_said(home, complaint):
    with _staff(home) as scope:
        longer = service.extend(scope, complaint.id, "third_party")
    assert _day(longer.resolve_by, "en") in _said(home)


def test_a_late_answer_is_called_late(home, complaint):
    with clock.at(clock.now() + timedelta(days=60)), working_for(home.client.id) as scope:
        service.check_deadlines(scope)
    assert "late" in _said(home)


def test_an_answered_complaint_promises_no_day(home, complaint):
    with _staff(home) as scope:
        service.resolve(scope, complaint.id, "Settled.", Outcome.UPHELD)
    said = _said(home)
    assert "answered" in said
    assert _day(complaint.resolve_by, "en") not in said
