"""Cancelling: one word ends a form or the question who it is, and means nothing where nothing is going on."""

import pytest

from backend.access import working_for
from tests.factories.providers import make_provider


@pytest.mark.parametrize("words", ["batal", "Cancel", "never mind", "deixa estar"])
def test_a_form_is_given_up_by_a_word_that_the_bot_cannot_mistake(words, helpline, bot, phone):
    bot.says("a complaint", "utter_ask_complaint_description", form="complaint_form", asked="complaint_description")
    helpline.writes(phone, "a complaint")
    helpline.writes(phone, words)
    assert bot.turns[-1].message == "/cancel_form"


def test_the_question_who_it_is_can_be_given_up(helpline, bot, phone, member):
    bot.running = False
    helpline.writes(phone, "claim status")
    assert "birth" in helpline.said(phone).lower()
    helpline.writes(phone, "cancel")
    helpline.writes(phone, "17-05-1990")
    assert "birth" not in helpline.said(phone).lower()


def test_the_same_word_outside_is_for_the_bot(helpline, bot, phone):
    helpline.writes(phone, "batal")
    assert bot.turns[-1].message == "batal"


@pytest.mark.parametrize("words", ["nearest clinic in Ternate?", "clinic near Ternate please"])
def test_a_town_that_is_named_with_the_question_is_answered_at_once(words, helpline, bot, phone):
    bot.running = False
    with working_for(helpline.client.id) as scope:
        make_provider(scope, name="Klinik Gamalama", city="Ternate")
    helpline.writes(phone, words)
    assert "Klinik Gamalama" in helpline.said(phone)
