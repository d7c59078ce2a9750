"""Which language a text is in: frequent words, word endings and letters; small on purpose.

The language of a conversation is chosen by the person; this guess only serves a first message and
the offer to switch.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.helpline.understanding.lexicon import Lexicon
from backend.helpline.understanding.normalise import words

_WORD_WEIGHT = 2.0
_ENDING_WEIGHT = 0.5
_LETTER_WEIGHT = 1.5
_MIN_STEM = 3


@dataclass(frozen=True)
class Guess:
    """A language and how clear the case is: 0 undecided, 1 beyond doubt."""

    language: str
    confidence: float


def guess_language(text: str, lexicons: Mapping[str, Lexicon]) -> Guess | None:
    """Return the most likely language, None when nothing in the text speaks for any."""
    typed = set(text.lower())
    scores = {
        code: _score(text, lexicon) + (_LETTER_WEIGHT if lexicon.letters & typed else 0.0)
        for code, lexicon in lexicons.items()
    }
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    best, runner_up = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    if best[1] <= 0 or best[1] == runner_up:
        return None
    return Guess(best[0], round((best[1] - runner_up) / best[1], 3))


def _score(text: str, lexicon: Lexicon) -> float:
    """Weigh the words as typed: chat spellings are themselves a sign of a language."""
    score = 0.0
    for word in words(text, {}):
        if word in lexicon.common or word in lexicon.spelling:
            score += _WORD_WEIGHT
        elif len(word) > _MIN_STEM and word.endswith(lexicon.endings):
            score += _ENDING_WEIGHT
    return score
