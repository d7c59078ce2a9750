"""Whatever fails behind a webhook, the caller hears words at once: without database, bot or jobs."""

import time
from dataclasses import replace

import pytest

from backend import database
from backend.branding import loader as branding
from backend.conversations.ivr import fallback
from backend.conversations.ivr.voices import voices
from backend.integrations import registry

PATHS = ["/twilio/voice", "/twilio/voice/turn?client={slug}&turn=3", "/twilio/voice/queue/wait?client={slug}&call=x"]
PATHS += ["/twilio/voice/queue/left?client={slug}&call=x&queued=01a20a70-d9b5-7aaa-8fd1-0f6b9c5d7e1f"]
PATHS += ["/twilio/voice/rang?client={slug}&call=x&turn=1", "/twilio/voice/fallback"]


@pytest.fixture
def no_database(helpline, monkeypatch):
    """PostgreSQL is away: nobody listens where it was."""
    away = database.Database("postgresql://careline_app@127.0.0.1:9/careline")
    monkeypatch.setattr(database, "_current", away)
    yield
    away.dispose()


@pytest.mark.requirement("S0-80", "S0-91")
@pytest.mark.parametrize("path", PATHS)
def test_without_a_database_the_caller_hears_the_emergency_number_at_once(helpline, no_database, path):
    started = time.monotonic()
    form = {"CallSid": "CA1", "From": "+6281200000009", "To": helpline.voice}
    answer = helpline.post(path.format(slug=helpline.client.slug), form)
    assert answer.status_code == 200
    assert "1, 1, 9" in answer.text
    assert "<Redirect" in answer.text
    assert time.monotonic() - started < 2


def test_the_call_begins_again_three_times_and_then_ends(helpline, no_database):
    form = {"CallSid": "CA1", "To": helpline.voice}
    assert "again=3" in helpline.post("/twilio/voice?again=2", form).text
    assert "<Hangup" in helpline.post("/twilio/voice?again=3", form).text


@pytest.mark.requirement("S0-91")
def test_with_a_number_for_the_night_a_person_is_rung(helpline, no_database, monkeypatch):
    known = dict(branding.brands())
    brand = known[helpline.client.slug]
    known[helpline.client.slug] = replace(brand, hotline=replace(brand.hotline, fallback="+622150099999"))
    monkeypatch.setattr(branding, "brands", lambda: known)
    said = helpline.post("/twilio/voice", {"CallSid": "CA1", "To": helpline.voice}).text
    assert "<Number>+622150099999</Number>" in said


@pytest.mark.requirement("S0-89")
@pytest.mark.parametrize("tries", range(4))
def test_every_client_hears_it_in_each_of_its_languages(app, tries):
    for slug, brand in branding.brands().items():
        said = fallback.twiml_for(slug, tries)
        assert all(voices()[language].say_language in said for language in brand.languages)


def test_a_number_that_is_nobodys_is_said_so(helpline):
    said = helpline.post("/twilio/voice", {"CallSid": "CA1", "To": "+10000000000"}).text
    assert "not in use" in said
    assert "<Hangup" in said


def test_after_the_database_is_back_the_call_goes_on(caller, helpline, monkeypatch):
    caller.send()
    present = database.current()
    away = database.Database("postgresql://careline_app@127.0.0.1:9/careline")
    monkeypatch.setattr(database, "_current", away)
    path = caller.path
    assert "1, 1, 9" in caller.keys("2")
    monkeypatch.setattr(database, "_current", present)
    away.dispose()
    assert "How can I help you" in caller.ask(path, Digits="2")
    assert registry.current().settings.public_url in caller.heard
