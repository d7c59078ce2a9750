"""Danger of life by words, held by tables of real-life messages that were written before the lexicon was read."""

import csv
from pathlib import Path

import pytest

from backend.helpline.understanding.emergency import is_emergency
from backend.helpline.understanding.loading import lexicons

TABLES = Path(__file__).parent / "emergencies"
LANGUAGES = ["id", "en", "pt"]
LEXICONS = tuple(lexicons().values())


def _rows(kind, languages, folder=TABLES):
    found = []
    for language in languages:
        with (folder / f"{language}.tsv").open(encoding="utf-8", newline="") as lines:
            found += [
                row["text"]
                for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                if row["kind"] == kind
            ]
    return found


def _heard(texts):
    return [text for text in texts if is_emergency(text, LEXICONS)]


@pytest.mark.requirement("S2-14")
@pytest.mark.requirement("S0-89")
@pytest.mark.parametrize("language", LANGUAGES)
def test_99_of_100_emergencies_are_caught_in_each_language(language):
    dangers = _rows("emergency", [language])
    missed = sorted(set(dangers) - set(_heard(dangers)))

    assert len(dangers) >= 150
    assert len(missed) <= 0.01 * len(dangers), missed


def test_at_most_2_of_100_ordinary_messages_are_taken_for_an_emergency():
    harmless = _rows("ordinary", LANGUAGES)
    misread = _heard(harmless)

    assert len(harmless) >= 500
    assert len(misread) <= 0.02 * len(harmless), misread


@pytest.mark.parametrize("language", LANGUAGES)
def test_most_emergencies_in_words_never_looked_at_are_caught(language):
    """The tables in ``unseen`` serve no tuning: they say what to expect of words nobody thought of."""
    dangers = _rows("emergency", [language], TABLES / "unseen")

    assert len(_heard(dangers)) >= 0.85 * len(dangers)


def test_ordinary_messages_never_looked_at_are_rarely_misread():
    assert len(_heard(_rows("ordinary", LANGUAGES, TABLES / "unseen"))) <= 2


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("my claim was rejected, but my father has chest pain", True),
        ("my claim for chest pain was rejected", False),
        ("I claimed for chest pain last year. Is it paid?", False),
        ("Yesterday she fell from the stairs. She will not wake up now", True),
        ("she has no chest pain", False),
        ("bapak saya tidak pingsan", False),
        ("darahnya tidak berhenti", True),
        ("the app keeps dying", False),
        ("at the hospital my wife collapsed", True),
        ("quero saber o limite, já agora o meu pai não acorda", True),
        ("o meu pai teve um AVC no ano passado e já está bem", False),
    ],
)
def test_an_excuse_counts_only_where_it_is_said(text, danger):
    assert is_emergency(text, LEXICONS) is danger


@pytest.mark.parametrize(
    "text",
    [
        "siezure",
        "hav a seizrue",
        "ank kjng2",
        "emorragia forte",
        "anaphilactic",
        "ktabrak motor",
        "tlong drah tdk brhenti",
    ],
)
def test_words_of_danger_are_read_through_misspelling_and_shortening(text):
    assert is_emergency(f"tolong, {text}", LEXICONS)


@pytest.mark.parametrize("text", ["pinggang", "morte", "house", "later", "hasil", "tanggal", "parte"])
def test_an_everyday_word_is_not_put_right_into_a_word_of_danger(text):
    assert {lexicon.emergency.repair.word(text) for lexicon in LEXICONS} == {text}
