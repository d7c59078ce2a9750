"""Words that frightened people mistype or shorten, read as the word of danger that they mean.

"siezure" (letters swapped), "emorragia" (one missing), "ktabrak", "drh" (vowels left out), "bangun2" (said twice).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

_SHORTEST = 5
"""Letters from which one wrong letter still leaves no doubt; two from ``_LONG``."""

_LONG = 9
_SURE = 8
"""Letters from which the first one may be the wrong one."""

_FEWEST_CONSONANTS = 3
_VOWELS = frozenset("aeiou")
_NASAL = re.compile(r"(?<=\w)[nm](?=[^aeiounm])")


class Repair:
    """Knows the words of danger and the ordinary ones, which are never changed.

    ``stems`` are beginnings of words of danger ("convuls"); a word that begins almost like one gets its
    beginning corrected. ``spelled`` are ways in which a word of danger is commonly written ("nafas" for
    "napas"): who mistypes that way of writing means the same word.
    """

    def __init__(
        self, danger: Iterable[str], stems: Iterable[str], ordinary: Iterable[str], spelled: Mapping[str, str]
    ) -> None:
        self._spelled = dict(spelled)
        self._danger = frozenset(danger) | frozenset(self._spelled)
        self._stems = tuple(stems)
        self._ordinary = frozenset(ordinary)
        self._by_bones: dict[str, str] = {}
        for word in sorted(self._danger, key=lambda known: (known not in self._spelled, len(known)), reverse=True):
            for bones in (_without_nasals(_bones(word)), _bones(word)):
                if len(bones) >= _FEWEST_CONSONANTS:
                    self._by_bones[bones] = word
        self.word = lru_cache(maxsize=20_000)(self._word)

    def _word(self, word: str) -> str:
        bare = word.rstrip("2") if word.rstrip("2").isalpha() else word
        if len(bare) < _FEWEST_CONSONANTS or not bare.isalpha() or self._known(bare):
            return bare
        meant = self._shortened(bare) or self._mistyped(bare) or bare
        return self._spelled.get(meant, meant)

    def _known(self, word: str) -> bool:
        return word in self._danger or word in self._ordinary or word.startswith(self._stems)

    def _shortened(self, word: str) -> str | None:
        """Vowels left out, all or some; the consonants are all there in their order."""
        meant = self._by_bones.get(_bones(word))
        return meant if meant is not None and len(word) < len(meant) and _within(word, meant) else None

    def _mistyped(self, word: str) -> str | None:
        if len(word) < _SHORTEST:
            return next((known for known in self._danger if _swapped(word, known)), None)
        allowed = 1 if len(word) < _LONG else 2
        likely = [known for known in self._danger if len(known) > 3 and (known[0] == word[0] or len(word) >= _SURE)]
        best = min(((OSA.distance(word, known, score_cutoff=allowed), known) for known in likely), default=(9, ""))
        if best[0] <= allowed:
            return best[1]
        return next((stem for stem in self._stems if self._begins_like(word, stem)), None)

    @staticmethod
    def _begins_like(word: str, stem: str) -> bool:
        return (
            len(stem) > _SHORTEST
            and len(word) >= len(stem)
            and OSA.distance(word[: len(stem)], stem, score_cutoff=1) <= 1
        )


def _bones(word: str) -> str:
    """The first letter and the consonants after it: "kecelakaan" is "kclkn"."""
    return word[:1] + "".join(letter for letter in word[1:] if letter not in _VOWELS)


def _without_nasals(bones: str) -> str:
    """Who shortens also leaves out the n or m before another consonant: "pgsn" is "pingsan"."""
    return _NASAL.sub("", bones)


def _swapped(word: str, known: str) -> bool:
    """Two neighbouring letters have changed places: "pian"."""
    return len(word) == len(known) == _SHORTEST - 1 and sorted(word) == sorted(known) and OSA.distance(word, known) == 1


def _within(short: str, word: str) -> bool:
    letters = iter(word)
    return all(letter in letters for letter in short)
