"""The words of one language, ready to be matched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from backend.helpline.understanding.normalise import words


@dataclass(frozen=True)
class EmergencyWords:
    """Danger, calls for help, and what makes the same words harmless."""

    signs: re.Pattern[str]
    calls: re.Pattern[str]
    alone: frozenset[str]
    claim: re.Pattern[str]
    about: re.Pattern[str]
    past: re.Pattern[str]
    now: re.Pattern[str]
    negations: tuple[str, ...]


@dataclass(frozen=True)
class PersonWords:
    """Asking for a person, and what makes the same words something else."""

    wants: re.Pattern[str]
    alone: frozenset[str]
    unless: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """Everything the backend recognises by itself in one language."""

    language: str
    spelling: Mapping[str, str]
    emergency: EmergencyWords
    stop: frozenset[str]
    cancel: frozenset[str]
    asking: frozenset[str]
    correction: re.Pattern[str]
    person: PersonWords
    language_names: Mapping[str, str]
    fillers: frozenset[str]
    common: frozenset[str]
    endings: tuple[str, ...]
    keywords: Mapping[str, tuple[re.Pattern[str], ...]]

    def sentence(self, text: str) -> str:
        """Return the text in plain form, written out, words separated by one space."""
        return " ".join(words(text, self.spelling))
