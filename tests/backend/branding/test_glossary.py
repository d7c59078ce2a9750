"""A client's own terms: where our words are replaced, where they mean something else, and where people read them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.branding.rules.glossary import (
    TERM_HALF_SAID,
    UNKNOWN_TERM,
    Speech,
    Term,
    glossary_defects,
    reworded,
    wordings,
)
from backend.branding.vocabulary import own_words, speeches
from backend.kit import locales
from backend.languages import catalogue as messages
from backend.notifications.events import EVENTS
from backend.notifications.wording import template
from tests.backend.branding.own_words import OWN, SAID


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize(("language", "ours", "named", "theirs"), SAID)
def test_a_clients_word_stands_where_ours_means_the_same(language: str, ours: str, named: str, theirs: str):
    assert own_words(OWN)(ours, language, named) == theirs


@pytest.mark.parametrize("language", OWN)
def test_what_is_said_in_the_clients_words_stays_as_it_is(language: str):
    again = {"claim": "claim of an employee", "employee": "employee of ours"}
    reword = own_words({language: {**OWN[language], **again}} if language == "en" else OWN)
    for _, ours, named, _ in (one for one in SAID if one[0] == language):
        once = reword(ours, language, named)
        assert reword(once, language, named) == once


def test_a_client_without_words_of_its_own_changes_nothing():
    assert own_words({})("An employee", "en", "") == "An employee"


words = st.text("abcdefghijklmnopqrstuvwxyzáçéêíóõúABCDEÁÇÉ0123", min_size=1, max_size=8)


@given(st.lists(words, min_size=1, max_size=6), words, words)
def test_no_form_is_left_and_every_other_word_stays(sentence: list[str], form: str, becomes: str):
    speech = Speech({"term": Term((form,))})
    said = reworded(" ".join(sentence), wordings(speech, {"term": becomes})).split(" ")
    for before, after in zip(sentence, said, strict=True):
        same = before.casefold() == form.casefold() and before.casefold() != becomes.casefold()
        assert after.casefold() == becomes.casefold() if same else after == before


def test_a_term_that_does_not_exist_is_named_with_those_there_are():
    (found,) = glossary_defects(speeches(), {"en": {"wage": "salary"}})
    assert found.reason == UNKNOWN_TERM
    assert "employee, employees" in found.figures["known"]


def test_one_and_several_are_said_alike():
    found = list(glossary_defects(speeches(), {"pt": {"employee": "colaborador"}, "en": {"claims": "expenses"}}))
    assert [(one.reason, one.figures["term"], one.figures["other"]) for one in found] == [
        (TERM_HALF_SAID, "employee", "employees"),
        (TERM_HALF_SAID, "claims", "claim"),
    ]


def test_one_and_several_may_be_the_same_word():
    assert list(glossary_defects(speeches(), {"id": {"employee": "rekan"}})) == []


def _texts(language: str) -> Iterator[str]:
    yield from messages(language).values()
    for event in EVENTS.values():
        for channel in event.channels:
            yield template(event.name, channel, language)
    for path in locales.files(f"helpline/replies/{language}.yml"):
        yield path.read_text(encoding="utf-8")
    for path in locales.files(f"web/member/words/{language}*.js"):
        yield path.read_text(encoding="utf-8")
    for path in locales.files("**/*_words.yml"):
        yield path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", sorted(speeches()))
def test_every_term_is_a_word_of_our_texts(language: str):
    everything = "\n".join(_texts(language)).casefold()
    silent = {"en": {"employees", "limits", "primary_clinics"}, "id": set(), "pt": {"limits", "primary_clinics"}}
    unused = {
        name for name, term in speeches()[language].terms.items() if not any(form in everything for form in term.forms)
    }
    assert unused <= silent[language]


def test_every_language_knows_the_same_terms_but_for_plurals_that_it_has_not():
    plurals = {term.plural for speech in speeches().values() for term in speech.terms.values()}
    named = [set(speech.terms) - plurals for speech in speeches().values()]
    assert all(one == named[0] for one in named)
