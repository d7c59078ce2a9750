"""Search in the book by what people say, in three languages at once, with typing mistakes, or by a code's beginning."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from backend.diagnoses import book
from backend.diagnoses.book import Diagnosis
from backend.diagnoses.rules import beginning_of_code, words

_OWN_TERM = 3.0
_OTHER_LANGUAGE = 2.2
_BOOK_TITLE = 1.0
_BEGINNING = 0.8
_MISTYPED = 0.6
_ONE_MISTAKE_FROM = 4
_TWO_MISTAKES_FROM = 8


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to call a code, as words; ``language`` is None for the book's own title."""

    code: str
    language: str | None
    length: int


@dataclass(frozen=True)
class _Index:
    """Which phrases have a word."""

    phrases: tuple[_Phrase, ...]
    having: dict[str, frozenset[int]]


def search(text: str, language: str, limit: int = 20) -> list[Diagnosis]:
    """The diagnoses that ``text`` may mean, the likeliest first; reader's language before the others."""
    beginning = beginning_of_code(text)
    if beginning:
        return [one for code, one in book.codes().items() if code.startswith(beginning)][:limit]
    scores = _scores(words(text)[:8], language)
    ranked = sorted(scores, key=lambda code: (-scores[code], code))
    return [book.codes()[code] for code in ranked[:limit]]


def _scores(said: tuple[str, ...], language: str) -> dict[str, float]:
    """Each code's best phrase: how much of what was said it has, and how little else."""
    index = _index()
    heard: dict[int, list[float]] = defaultdict(list)
    for place, word in enumerate(said):
        best: dict[int, float] = {}
        for known_word, weight in _alike(word):
            for number in index.having[known_word]:
                best[number] = max(best.get(number, 0.0), weight)
        for number, weight in best.items():
            heard[number] += [0.0] * (place - len(heard[number])) + [weight]
    most = max((_count(weights) for weights in heard.values()), default=0)
    scores: dict[str, float] = {}
    for number, weights in heard.items():
        if _count(weights) < most:
            continue
        phrase = index.phrases[number]
        value = sum(weights) / max(len(said), phrase.length) * _worth(phrase, language)
        scores[phrase.code] = max(scores.get(phrase.code, 0.0), value)
    return scores


def _count(weights: list[float]) -> int:
    return sum(weight > 0 for weight in weights)


def _worth(phrase: _Phrase, language: str) -> float:
    if phrase.language is None:
        return _BOOK_TITLE
    return _OWN_TERM if phrase.language == language else _OTHER_LANGUAGE


def _alike(word: str) -> list[tuple[str, float]]:
    """Words of the book that were meant by ``word``, with how sure that is."""
    index = _index()
    found = {known_word: _BEGINNING for known_word in index.having if len(word) > 1 and known_word.startswith(word)}
    mistakes = (len(word) >= _ONE_MISTAKE_FROM) + (len(word) >= _TWO_MISTAKES_FROM)
    if mistakes and word not in index.having:
        near = process.extract(word, index.having.keys(), scorer=OSA.distance, score_cutoff=mistakes, limit=20)
        found |= {known_word: max(_MISTYPED, found.get(known_word, 0.0)) for known_word, _, _ in near}
    if word in index.having:
        found[word] = 1.0
    return list(found.items())


@cache
def _index() -> _Index:
    phrases: list[_Phrase] = []
    having: dict[str, set[int]] = defaultdict(set)
    for code, diagnosis in book.codes().items():
        named: list[tuple[str | None, str]] = [(None, diagnosis.book_title)]
        named += [(language, term) for language, terms in diagnosis.terms.items() for term in terms]
        for language, term in named:
            of_term = words(term)
            for word in of_term:
                having[word].add(len(phrases))
            phrases.append(_Phrase(code, language, len(of_term)))
    return _Index(tuple(phrases), {word: frozenset(places) for word, places in having.items()})
