"""An answer to "how satisfied are you, 1 to 5?": a number, stars, or a word of the languages we have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from backend.helpline.understanding.lexicon import Lexicon
from backend.helpline.understanding.normalise import words
from backend.kit import locales

_STARS = re.compile(r"[\s\ufe0f]*(?:[⭐★🌟✨][\s\ufe0f]*){1,5}")
_STAR = re.compile(r"[⭐★🌟✨]")
_THUMBS = {"👍": 5, "👎": 1}
_OF_FIVE = re.compile(r"\s*([1-5])\s*/\s*5\s*")


@dataclass(frozen=True)
class ScoreWords:
    """One language's answers: sentences by score, and words that say nothing about it."""

    scores: Mapping[str, int]
    fillers: frozenset[str]


@locales.kept
def score_words() -> Mapping[str, ScoreWords]:
    """The words of every language that has a file; a language without one is answered with numbers and stars."""
    return {path.stem: _read(path) for path in locales.files("helpline/scores/*.yml")}


def score_in(text: str, lexicons: Mapping[str, Lexicon]) -> int | None:
    """The score when the whole message is one, in whatever language; None for everything else."""
    marks = _of_marks(text)
    if marks is not None:
        return marks
    for language, told in score_words().items():
        spelling = lexicons[language].spelling if language in lexicons else {}
        said = words(text, spelling)
        left = " ".join(word for word in said if word not in told.fillers)
        for sentence in (" ".join(said), left):
            if sentence in told.scores:
                return told.scores[sentence]
    left = " ".join(words(text, {}))
    return int(left) if left in {"1", "2", "3", "4", "5"} else None


def _of_marks(text: str) -> int | None:
    if _STARS.fullmatch(text):
        return len(_STAR.findall(text))
    thumb = _THUMBS.get(text.strip()[:1])
    if thumb is not None and len(text.strip()) <= 2:  # the second character is a colour of skin
        return thumb
    of_five = _OF_FIVE.fullmatch(text)
    return int(of_five.group(1)) if of_five else None


def _read(path: Path) -> ScoreWords:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    scores = {
        " ".join(words(str(said), {})): score for score, all_said in content["scores"].items() for said in all_said
    }
    return ScoreWords(scores, frozenset(word for each in content["fillers"] for word in words(str(each), {})))


def _told(sentence: object) -> str:
    return " ".join(words(str(sentence), {}))
