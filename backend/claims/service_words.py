"""What the words of a bill's line say about the service, by the edition of the vocabulary that holds on a day.

``service_words_<year>.yml`` are the editions; a new one begins on a day of its own, so that what was decided stays
explained by the words it was decided with. Pure answers about one text; the database is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from backend.diagnoses.rules import folded

SURE = 0.9
"""From this confidence on words place a line by themselves; below only where the member's choice says the same."""
_FILES = sorted(Path(__file__).parent.glob("service_words_*.yml"))
_LANGUAGES = ("id", "en", "pt", "any")
_TOKEN = re.compile(r"[a-z]+|\d+")
_KEY = 2
"""Letters of a first word by which phrases are found."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: one kind of service, several between which the words do not decide, or none: they disagree."""

    services: frozenset[str]
    words: str
    confidence: float
    edition: str
    item: str | None = None
    named: frozenset[str] = frozenset()
    groups: frozenset[str] | None = None
    """The benefit groups where such a line is at home; None means any."""

    @property
    def sure(self) -> bool:
        """Whether the words say it by themselves."""
        return bool(self.services) and self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class _Phrase:
    tokens: tuple[str, ...]
    open_ended: bool
    row: int


@dataclass(frozen=True, slots=True)
class _Edition:
    name: str
    valid_from: date
    rows: tuple[Mapping[str, Any], ...]
    phrases: Mapping[str, tuple[_Phrase, ...]]


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    row: int

    def within(self, other: _Found) -> bool:
        """Whether a longer find holds this one."""
        wider = other.last - other.first > self.last - self.first
        return wider and other.first <= self.first and self.last <= other.last


@lru_cache(maxsize=20_000)
def read(text: str, on: date) -> Reading | None:
    """What ``text`` says by the edition of ``on``; None when it says nothing, no services when words disagree."""
    edition = _edition(on)
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(folded(text))]
    if edition is None or not tokens:
        return None
    every = list(_finds([token for token, _, _ in tokens], edition))
    finds = [one for one in every if not any(one.within(other) for other in every)]
    if not finds:
        return None
    rows = [edition.rows[one.row] for one in finds]
    silent = {kind for row in rows for kind in row.get("over", ())}
    finds = [one for one in finds if not silent.intersection(edition.rows[one.row]["services"])]
    rows = [edition.rows[one.row] for one in finds]
    services = frozenset.intersection(*(frozenset(row["services"]) for row in rows))
    told = [find for find, row in zip(finds, rows, strict=True) if frozenset(row["services"]) == services] or finds
    first, last = tokens[min(one.first for one in told)][1], tokens[max(one.last for one in told)][2]
    deciding = [edition.rows[one.row] for one in told]
    return Reading(
        services,
        folded(text)[first:last],
        max(row["confidence"] for row in deciding),
        edition.name,
        next((row["item"] for row in deciding if "item" in row), None) if services else None,
        frozenset(row["named"] for row in rows if "named" in row),
        _home(rows),
    )


def kinds() -> frozenset[str]:
    """Every kind of service that a row of any edition names."""
    return frozenset(kind for edition in _editions() for row in edition.rows for kind in row["services"])


def _home(rows: Sequence[Mapping[str, Any]]) -> frozenset[str] | None:
    at_home = [frozenset(row["groups"]) for row in rows if "groups" in row]
    return frozenset.intersection(*at_home) if at_home else None


def _finds(tokens: Sequence[str], edition: _Edition) -> Iterator[_Found]:
    for place, token in enumerate(tokens):
        for phrase in edition.phrases.get(token[:_KEY], ()):
            if _stands_at(phrase, tokens, place):
                yield _Found(place, place + len(phrase.tokens) - 1, phrase.row)


def _stands_at(phrase: _Phrase, tokens: Sequence[str], place: int) -> bool:
    here = tokens[place : place + len(phrase.tokens)]
    if len(here) < len(phrase.tokens) or tuple(here[:-1]) != phrase.tokens[:-1]:
        return False
    last = phrase.tokens[-1]
    return here[-1].startswith(last) if phrase.open_ended else here[-1] == last


def _edition(on: date) -> _Edition | None:
    return next((one for one in reversed(_editions()) if one.valid_from <= on), None)


@cache
def _editions() -> tuple[_Edition, ...]:
    made = [_made(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in _FILES]
    return tuple(sorted(made, key=lambda one: one.valid_from))


def _made(data: Mapping[str, Any]) -> _Edition:
    phrases: dict[str, list[_Phrase]] = {}
    for number, row in enumerate(data["rows"]):
        for text in _texts(row):
            tokens = tuple(_TOKEN.findall(text))
            phrases.setdefault(tokens[0][:_KEY], []).append(_Phrase(tokens, text.endswith("*"), number))
    kept = {key: tuple(found) for key, found in phrases.items()}
    return _Edition(data["edition"], data["valid_from"], tuple(data["rows"]), kept)


def _texts(row: Mapping[str, Any]) -> Iterable[str]:
    return (text for language in _LANGUAGES for text in row.get(language, ()))
