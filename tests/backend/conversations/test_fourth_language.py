"""A further language is data only: a folder with words holds a conversation on every channel."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.branding import loader as branding
from backend.conversations.models import Conversation
from backend.helpline.models import HelplineCase
from backend.helpline.understanding.corrections import corrected
from backend.helpline.understanding.loading import lexicons
from backend.kit import locales
from backend.kit.amounts_in_words import amount_in
from backend.kit.dates_in_words import date_in
from backend.notifications.models import OptOut
from tests.backend.conversations.caller import Caller
from tests.factories.accounts import headers_for
from tests.factories.language_packs import CODE, write_language_pack
from tests.factories.members import make_member

pytestmark = pytest.mark.requirement("S0-89")


@pytest.fixture(autouse=True)
def pack(tmp_path):
    before = locales.use(write_language_pack(tmp_path))
    yield
    locales.use(*before)


@pytest.fixture
def helpline(helpline, monkeypatch):
    """The client speaks the language too."""
    brand = branding.brands()[helpline.client.slug]
    spoken = {"text": "Salu, jen {name}.", "voice": "Salu, jen {name}."}
    own = replace(brand, languages=("en", CODE), greetings={**brand.greetings, CODE: spoken})
    known = dict(branding.brands()) | {helpline.client.slug: own}
    monkeypatch.setattr(branding, "brands", lambda: known)
    return helpline


@pytest.fixture
def member(helpline, phone):
    with working_for(helpline.client.id) as scope:
        return make_member(scope, phone=phone, language=CODE, card=True, full_name="Rina Hartono")


def _language(helpline):
    with working_for(helpline.client.id) as scope:
        return scope.session.scalars(
            select(Conversation.language).where(Conversation.client_id == scope.client_id)
        ).one()


def _cases(helpline):
    with working_for(helpline.client.id) as scope:
        rows = scope.session.scalars(select(HelplineCase).where(HelplineCase.client_id == scope.client_id)).all()
        return {row.reason: row for row in rows}


def test_it_is_heard_in_a_first_message_and_answered_with_its_buttons(helpline, bot, phone):
    helpline.writes(phone, "salu, kiel estas, bona tago")

    assert _language(helpline) == CODE
    sent = next(row for row in helpline.http.get("/demo/outbox.json").json if row["to"] == phone)
    assert sent["text"].startswith("Salu, jen")
    assert [item["label"] for item in sent["choices"]["items"]] == ["Mia karto", "Homo"]
    assert bot.turns[0].slots["language"] == CODE


def test_it_is_chosen_by_its_name(helpline, bot, phone):
    helpline.writes(phone, "hello there")
    helpline.writes(phone, "qazi bonvolo")
    assert "Bone, ni parolas qazi." in helpline.outbox(phone)


@pytest.mark.parametrize("words", ["mia patro ne spiro", "mia patro falego nuno", "mia patro falegoo nuno", "URGO!"])
def test_danger_is_heard_in_it(helpline, bot, phone, words):
    helpline.writes(phone, "salu, kiel estas, bona tago")
    helpline.writes(phone, words)
    assert "119 NUNO" in helpline.said(phone)
    assert _cases(helpline)["emergency"].language == CODE


def test_a_person_a_stop_and_a_start_are_heard_in_it(helpline, bot, phone, member):
    helpline.writes(phone, "mi volo parolo kun homo")
    assert "Homo respondo" in helpline.said(phone)
    helpline.writes(phone, "fino")
    assert "Neniu mesagho" in helpline.said(phone)
    helpline.writes(phone, "komenco")
    with working_for(helpline.client.id) as scope:
        assert scope.session.scalars(select(OptOut).where(OptOut.client_id == scope.client_id)).all() == []


def test_a_personal_answer_is_asked_for_and_given_in_it_without_the_bot(helpline, bot, phone, member):
    bot.running = False
    helpline.writes(phone, "mi volo vidi mia karto")
    assert "nasko-tago" in helpline.said(phone)
    helpline.writes(phone, "17 maikko 1990")
    assert "aktivo" in helpline.said(phone)


def test_a_call_speaks_it(helpline, bot, phone, member):
    caller = Caller(helpline, phone)
    assert "Por qazi, premo 2." in caller.send()
    said = caller.keys("2")
    assert "Kiel mi helpo?" in said
    assert 'voice="Made.Up"' in said
    assert 'language="qz-QZ"' in said


def test_a_code_is_sent_in_it(helpline, http, phone, member, run_jobs):
    http.post("/api/v1/sign-in/code", json={"client": helpline.client.slug, "phone": phone, "channel": "sms"})
    run_jobs()
    assert re.search(r"via kodo estas \d{6}", helpline.outbox(phone, "sms")[-1])


def test_the_api_answers_in_it_and_says_the_rest_in_english(helpline, http, member):
    headers = headers_for(Role.MEMBER, helpline.client, (member.id,)) | {"Accept-Language": CODE}
    missing = http.get("/api/v1/claims/01a20a7c-0000-7000-8000-000000000000", headers=headers)
    assert missing.json["message"] == "Ne trovo."
    refused = http.get("/api/v1/claims")
    assert refused.json["message"]


def test_what_a_small_pack_does_not_say_is_said_in_english(helpline, bot, phone):
    helpline.writes(phone, "salu, kiel estas, bona tago")
    bot.says("adiauo", "utter_goodbye", intent="goodbye")
    helpline.writes(phone, "adiauo")
    assert "stay well" in helpline.said(phone)


def test_its_dates_and_amounts_are_read(helpline):
    today = date(2026, 11, 23)
    assert date_in("5 okko 2026", today) == date(2026, 10, 5)
    assert date_in("hiero", today) == date(2026, 11, 22)
    assert amount_in("350 milo") == 350_000
    assert corrected("eraro, 6 okko 2026", lexicons(), today) == {"treatment_date": "2026-10-06"}


def test_without_the_pack_the_language_is_gone(helpline):
    locales.use()
    assert CODE not in lexicons()
    assert locales.codes() == ("en", "id", "pt")
