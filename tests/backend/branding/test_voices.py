"""What a client says its own way reaches the helpline and the mails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backend.branding import loader
from backend.branding.loader import Brand
from backend.conversations.speech import say
from backend.helpline.catalogue import Reply
from tests.backend.branding.own_words import OWN

MENU = {"en": {"text": "Tap one at {name}:", "voice": "For your card press 1, in an emergency 9, for a person 0."}}


@pytest.fixture
def brand() -> Brand:
    return loader.brand_of("nusantara")


def test_the_menu_follows_the_greeting_in_the_clients_words(brand: Brand):
    said = say(replace(brand, menus=MENU), Reply.of("utter_greet"), "en")
    assert said.text == f"{brand.greeting('en', 'text')} Tap one at {brand.name}:"
    assert said.buttons


def test_the_keypads_menu_is_spoken_in_the_clients_words(brand: Brand):
    assert say(replace(brand, menus=MENU), Reply.of("voice_menu"), "en", voice=True).text == MENU["en"]["voice"]


def test_a_language_without_a_menu_of_its_own_has_the_platforms(brand: Brand):
    assert say(replace(brand, menus=MENU), Reply.of("voice_menu"), "id", voice=True).text.startswith("Untuk kartu")


def test_a_sentence_given_by_its_name_outweighs_the_menu(brand: Brand):
    named = replace(brand, menus=MENU, replies={"en": {"voice_menu.voice": "Press 9 or 0."}})
    assert say(named, Reply.of("voice_menu"), "en", voice=True).text == "Press 9 or 0."


@pytest.mark.requirement("S0-87")
def test_the_helpline_says_the_clients_terms_on_its_buttons_too(brand: Brand):
    own = replace(brand, glossary=OWN)
    said = say(own, Reply.of("utter_greet"), "en")
    assert "My expenses" in {button.label for button in said.buttons}


def test_a_state_named_in_a_sentence_is_in_the_clients_terms(brand: Brand):
    own = replace(brand, glossary={"en": {"limit": "ceiling", "limits": "ceilings"}})
    args = {"benefit": "x", "limit": {"word": "unlimited"}, "basis": ""}
    assert "no ceiling" in say(own, Reply("coverage_line", args), "en").text
