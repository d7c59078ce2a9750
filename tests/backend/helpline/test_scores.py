"""An answer to the question after a case: a number, stars, a word; and nothing that is more than that."""

import pytest
import yaml

from backend import languages
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.scores import score_in, score_words
from backend.kit import locales

SCORES = [
    ("5", 5),
    (" 4 ", 4),
    ("3.", 3),
    ("2/5", 2),
    ("⭐⭐⭐⭐", 4),
    ("★ ★", 2),
    ("⭐️⭐️⭐️⭐️⭐️", 5),
    ("👍", 5),
    ("👎🏽", 1),
    ("lima", 5),
    ("bintang 5", 5),
    ("Bagus", 4),
    ("bagus bgt", 5),
    ("Sangat puas kak", 5),
    ("saya kasih nilai 3", 3),
    ("kurang memuaskan", 2),
    ("pelayanannya buruk sekali", 1),
    ("good", 4),
    ("It was excellent!", 5),
    ("4 out of 5", 4),
    ("very bad", 1),
    ("Muito bom", 5),
    ("muito mau", 1),
    ("dou 4 estrelas", 4),
    ("razoável", 3),
    ("péssimo", 1),
]
NO_SCORES = [
    "",
    "0",
    "6",
    "55",
    "5 million",
    "my claim of 5 May",
    "bagus, tapi klaim saya belum dibayar",
    "thanks",
    "obrigado",
    "⭐⭐⭐⭐⭐⭐",
    "1 2 3",
    "saya",
    "good morning",
    "apa saldo saya",
]


@pytest.mark.requirement("S0-89")
@pytest.mark.parametrize(("text", "score"), SCORES)
def test_a_score_is_understood(text, score):
    assert score_in(text, lexicons()) == score


@pytest.mark.parametrize("text", NO_SCORES)
def test_everything_else_is_no_score(text):
    assert score_in(text, lexicons()) is None


def test_every_language_of_the_product_has_words_for_scores():
    assert set(score_words()) == set(languages.LANGUAGES)


def test_no_word_of_a_language_means_two_scores():
    for path in locales.files("helpline/scores/*.yml"):
        told = [str(word) for all_said in yaml.safe_load(path.read_text())["scores"].values() for word in all_said]
        assert len(told) == len(set(told)), path.stem


def test_another_language_is_one_more_file(tmp_path):
    folder = tmp_path / "helpline" / "scores"
    folder.mkdir(parents=True)
    (folder / "zh.yml").write_text("fillers: [tebie]\nscores: {5: [hen hao], 4: [hao]}\n")
    before = locales.use(tmp_path)
    try:
        assert score_in("hen hao", lexicons()) == 5
    finally:
        locales.use(*before)
