"""Where a client wants it, who only once wrote is asked before we write first, once; the yes is kept with its words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.branding import loader as branding
from backend.kit import clock
from backend.members.models import Consent
from backend.notifications import addressing


@pytest.fixture
def asks_first(helpline, monkeypatch):
    """The client's switch."""
    known = dict(branding.brands())
    brand = known[helpline.client.slug]
    known[helpline.client.slug] = replace(brand, features={**brand.features, "whatsapp_opt_in": True})
    monkeypatch.setattr(branding, "brands", lambda: known)


@pytest.fixture
def proved(helpline, bot, phone, member):
    """A member who has proved on WhatsApp who they are."""
    bot.running = False
    helpline.writes(phone, "my card please")
    helpline.writes(phone, "17-05-1990")
    bot.running = True
    bot.says("when am I paid", "payment_schedule", args={"days": "1, 16", "next": {"date": "2026-12-01"}})
    return member


def _consents(helpline):
    with working_for(helpline.client.id) as scope:
        return scope.session.scalars(select(Consent).where(Consent.client_id == scope.client_id)).all()


@pytest.mark.requirement("S0-89")
@pytest.mark.usefixtures("asks_first", "proved")
def test_the_question_comes_once_and_a_yes_is_kept_with_time_language_and_words(helpline, phone):
    helpline.writes(phone, "when am I paid")
    assert "May we write to you here first?" in helpline.said(phone)
    helpline.writes(phone, "1")

    assert "Thank you. We write to you here" in helpline.said(phone)
    (kept,) = _consents(helpline)
    assert (kept.purpose, kept.language, kept.channel) == ("whatsapp_messages", "en", "whatsapp")
    assert kept.given_at is not None
    assert kept.wording.startswith("I agree to receive messages")

    helpline.writes(phone, "when am I paid")
    assert "May we write" not in helpline.said(phone)


@pytest.mark.usefixtures("asks_first", "proved")
def test_a_no_is_no_consent_and_is_not_asked_again(helpline, phone):
    helpline.writes(phone, "when am I paid")
    helpline.writes(phone, "2")
    helpline.writes(phone, "when am I paid")
    assert "May we write" not in helpline.said(phone)
    assert _consents(helpline) == []


@pytest.mark.usefixtures("proved")
def test_without_the_switch_nobody_is_asked(helpline, phone):
    helpline.writes(phone, "when am I paid")
    assert "May we write" not in "".join(helpline.outbox(phone))


@pytest.mark.parametrize(("asks", "agreed"), [(False, True), (True, False)])
def test_who_once_wrote_long_ago_has_agreed_only_where_no_yes_is_wanted(monkeypatch, asks, agreed):
    person = addressing.Person(language="en", facts={}, phone="+628120001")
    voice = addressing.Voice("x", "X", "X", "+62811", asks_first=asks)
    long_ago = clock.now() - timedelta(days=30)
    monkeypatch.setattr(addressing.queries, "last_whatsapp_from", lambda _scope, _phone: long_ago)
    assert addressing._agreed_to_whatsapp(None, person, voice) is agreed
