"""The words of the helpline: the same replies, arguments and choices in every language."""

import pytest

from backend import languages
from backend.helpline import catalogue
from backend.helpline.catalogue import Manner, Reply, say

OTHERS = [language for language in catalogue.available() if language != languages.FALLBACK]


def test_every_language_of_the_product_has_replies():
    assert set(catalogue.available()) == set(languages.LANGUAGES)


@pytest.mark.requirement("S0-89")
@pytest.mark.parametrize("language", OTHERS)
def test_every_reply_exists_in_every_language(language):
    assert set(catalogue.entries(language)) == set(catalogue.entries("en"))


@pytest.mark.parametrize("language", OTHERS)
def test_every_word_exists_in_every_language(language):
    assert set(catalogue.words(language)) == set(catalogue.words("en"))


@pytest.mark.parametrize("language", OTHERS)
def test_every_reply_fills_in_the_same_arguments(language):
    for reply_id, entry in catalogue.entries("en").items():
        assert catalogue.entries(language)[reply_id].arguments() == entry.arguments(), reply_id


@pytest.mark.parametrize("language", OTHERS)
def test_every_choice_means_the_same(language):
    for reply_id, entry in catalogue.entries("en").items():
        other = catalogue.entries(language)[reply_id].buttons
        assert [b.payload for b in other] == [b.payload for b in entry.buttons], reply_id


@pytest.mark.parametrize("language", languages.LANGUAGES)
def test_a_choice_fits_on_a_button(language):
    for reply_id, entry in catalogue.entries(language).items():
        assert len(entry.buttons) <= 10
        for button in entry.buttons:
            assert 1 <= len(button.label) <= 24, f"{reply_id}: {button.label}"
            assert len(button.payload) <= 200


def test_money_dates_and_states_are_written_the_way_of_the_language():
    args = {
        "number": "K-1",
        "visit_on": {"date": "2026-08-14"},
        "amount": {"money": {"amount_minor": 46250000, "currency": "IDR"}},
        "status": {"word": "claim_submitted"},
    }
    said = [say(Reply("claim_status", args), language).text for language in ("id", "en", "pt")]
    assert "14 Agustus 2026" in said[0]
    assert "462.500" in said[0]
    assert "sudah diterima" in said[0]
    assert "14 August 2026" in said[1]
    assert "14 agosto 2026" in said[2].replace(" de ", " ")


def test_a_number_is_read_out_digit_by_digit():
    said = say(Reply.of("emergency", number="119", case="H-1"), "en", voice=True).text
    assert "1, 1, 9" in said


def test_a_list_is_short_when_it_is_spoken():
    items = [{"reply": "claim_document_line", "args": {"name": f"paper {n}"}} for n in range(6)]
    reply = Reply.of("claim_documents", benefit="x", documents={"items": items}, days=30, days_outside=60)
    assert "paper 5" in say(reply, "en").text
    assert "paper 5" not in say(reply, "en", voice=True).text


def test_a_brand_may_say_it_differently():
    own = {"en": {"utter_thank": "A pleasure."}}
    assert say(Reply.of("utter_thank"), "en", manner=Manner(own)).text == "A pleasure."
    assert say(Reply.of("utter_thank"), "id", manner=Manner(own)).text.startswith("Sama-sama")
