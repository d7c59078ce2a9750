"""Danger of life by words, held by tables of real-life messages.

Each folder was written before its words were looked for, measured once as it was, and then learned from: what the
first readings caught is in docs/decisions/0035. ``unseen`` and ``sixth`` stay apart.
"""

import csv
from pathlib import Path

import pytest

from backend.helpline.evaluation import learn_danger
from backend.helpline.understanding import second_reading
from backend.helpline.understanding.emergency import is_despair, is_emergency
from backend.helpline.understanding.loading import lexicons

TABLES = Path(__file__).parent / "emergencies"
LANGUAGES = ["id", "en", "pt"]
KEPT_ASIDE = ["unseen", "sixth"]
LEARNED = [TABLES / folder for folder in learn_danger.LEARNED_FROM]
LEXICONS = tuple(lexicons().values())


def _rows(kind, languages, folders, style=None):
    found = []
    for folder in folders:
        for language in languages:
            with (folder / f"{language}.tsv").open(encoding="utf-8", newline="") as lines:
                found += [
                    row["text"]
                    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                    if row["kind"] == kind and style in {None, row["style"]}
                ]
    return found


def _heard(texts):
    return [text for text in texts if is_emergency(text, LEXICONS)]


@pytest.mark.requirement("S2-14")
@pytest.mark.requirement("S0-89")
@pytest.mark.parametrize("language", LANGUAGES)
def test_99_of_100_emergencies_are_caught_in_each_language(language):
    dangers = _rows("emergency", [language], LEARNED)
    missed = sorted(set(dangers) - set(_heard(dangers)))

    assert len(dangers) >= 350
    assert len(missed) <= 0.01 * len(dangers), missed


def test_at_most_2_of_100_ordinary_messages_are_taken_for_an_emergency():
    harmless = _rows("ordinary", LANGUAGES, LEARNED)
    misread = _heard(harmless)

    assert len(harmless) >= 950
    assert len(misread) <= 0.02 * len(harmless), misread


@pytest.mark.parametrize("folder", KEPT_ASIDE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_most_emergencies_in_words_never_looked_at_are_caught(language, folder):
    """The tables that are kept aside serve no tuning: they say what to expect of words nobody thought of."""
    dangers = _rows("emergency", [language], [TABLES / folder])

    assert len(_heard(dangers)) >= 0.8 * len(dangers)


@pytest.mark.parametrize("folder", KEPT_ASIDE)
def test_ordinary_messages_never_looked_at_are_rarely_misread(folder):
    assert len(_heard(_rows("ordinary", LANGUAGES, [TABLES / folder]))) <= 2


@pytest.mark.requirement("S0-92")
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_speaks_of_dying_by_their_own_hand_is_told_apart_from_other_emergencies(language):
    told_apart = LEARNED[1:]
    dark = _rows("emergency", [language], told_apart, "crisis")
    others = _rows("emergency", [language], told_apart, "plain")

    assert len([text for text in dark if is_despair(text, LEXICONS)]) >= 0.9 * len(dark)
    assert len([text for text in others if is_despair(text, LEXICONS)]) <= 0.02 * len(others)


@pytest.mark.parametrize(
    ("text", "dark"),
    [
        ("my claim was rejected again and I want to kill myself", True),
        ("klaim saya ditolak, saya mau bunuh diri saja", True),
        ("I am dying to know when it is paid", False),
        ("mau mati bosen nunggu admin", False),
        ("esta espera mata-me", False),
        ("is suicide covered by the plan?", False),
    ],
)
def test_a_manner_of_speaking_is_no_despair_and_a_claim_beside_it_excuses_nothing(text, dark):
    assert is_despair(text, LEXICONS) is dark


def test_the_second_reading_is_what_is_learned_from_the_tables_today(tmp_path):
    """Who adds a message to a table runs ``python -m backend.helpline.evaluation.learn_danger``."""
    learn_danger.main(tmp_path / "weights")
    assert (tmp_path / "weights").read_bytes() == second_reading.WEIGHTS.read_bytes()


def test_the_second_reading_says_nothing_about_a_single_word():
    assert not second_reading.sounds_dangerous("sangue")


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
