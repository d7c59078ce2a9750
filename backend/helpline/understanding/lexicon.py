"""The words of one language, ready to be matched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from backend.helpline.understanding.normalise import words
from backend.helpline.understanding.phrases import Phrases
from backend.helpline.understanding.spelling import Repair


@dataclass(frozen=True)
class EmergencyWords:
    """Danger, calls for help, and what makes the same words harmless.

    ``signs`` are what one sees ("is not waking up"), ``topics`` names that people also ask about ("stroke"),
    ``despair`` is what somebody says who wants to die;
    ``turns`` are words where a talk takes another direction ("but"), ``over`` say that it has passed,
    ``things`` are no persons ("the app keeps dying", ``links`` between), ``figures`` go with words of death
    that nobody means ("dying to know"); ``repair`` reads mistyped words.
    """

    signs: Phrases
    despair: Phrases
    topics: Phrases
    calls: Phrases
    transport: Mapping[str, re.Pattern[str]]
    alone: frozenset[str]
    turns: re.Pattern[str]
    things: frozenset[str]
    links: frozenset[str]
    jokes: re.Pattern[str]
    figures: re.Pattern[str]
    claim: re.Pattern[str]
    about: re.Pattern[str]
    past: re.Pattern[str]
    over: re.Pattern[str]
    now: re.Pattern[str]
    negations: tuple[str, ...]
    repair: Repair

    def repaired(self, sentence: str) -> str:
        """The sentence with mistyped words of danger put right."""
        return " ".join(self.repair.word(word) for word in sentence.split())


@dataclass(frozen=True)
class PersonWords:
    """Asking for a person, and what makes the same words something else."""

    wants: re.Pattern[str]
    alone: frozenset[str]
    unless: re.Pattern[str]


@dataclass(frozen=True)
class TravelWords:
    """Care away from home: the wish to have something arranged, the journey, each need, and what excuses the words."""

    asks: re.Pattern[str]
    away: re.Pattern[str]
    needs: Mapping[str, re.Pattern[str]]
    unless: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """Everything the backend recognises by itself in one language."""

    language: str
    spelling: Mapping[str, str]
    emergency: EmergencyWords
    stop: frozenset[str]
    start: frozenset[str]
    cancel: frozenset[str]
    asking: frozenset[str]
    correction: re.Pattern[str]
    person: PersonWords
    travel: TravelWords
    language_names: Mapping[str, str]
    fillers: frozenset[str]
    common: frozenset[str]
    endings: tuple[str, ...]
    letters: frozenset[str]
    keywords: Mapping[str, tuple[re.Pattern[str], ...]]

    def sentence(self, text: str) -> str:
        """Return the text in plain form, written out, words separated by one space."""
        return " ".join(words(text, self.spelling))
