"""What a caller means by a few words, in whatever language they are spoken. A language is one more file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from backend.conversations.ivr.states import Meaning
from backend.helpline.understanding.loading import lexicons
from backend.helpline.understanding.matching import Wish, match
from backend.helpline.understanding.phrases import compile_phrases
from backend.kit import locales

WHOLE = (Meaning.YES, Meaning.NO)
FOUND = (Meaning.REPEAT, Meaning.CALL_BACK, Meaning.VOICEMAIL, Meaning.DOCTOR)
_FEW_WORDS = 5
_WISHES = {Wish.EMERGENCY: Meaning.EMERGENCY, Wish.PERSON: Meaning.PERSON}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language: whole answers, and what is looked for in a short sentence."""

    whole: Mapping[Meaning, frozenset[str]]
    found: Mapping[Meaning, re.Pattern[str]]


def meaning(words: str) -> Meaning | None:
    """An emergency or the wish for a person before all; longer sentences are for the helpline to understand."""
    wish = match(words, lexicons())
    if wish is not None and wish.wish in _WISHES:
        return _WISHES[wish.wish]
    for language, known in _phrases().items():
        sentence = lexicons()[language].sentence(words)
        for each in WHOLE:
            if sentence in known.whole[each]:
                return each
        if len(sentence.split()) <= _FEW_WORDS:
            for each in FOUND:
                if known.found[each].search(sentence):
                    return each
    return None


@locales.kept
def _phrases() -> Mapping[str, Phrases]:
    found = locales.files("conversations/ivr/phrases/*.yml")
    return {path.stem: _read(path) for path in found if path.stem in lexicons()}


def _read(path: Path) -> Phrases:
    raw: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    plain = lexicons()[path.stem].sentence
    return Phrases(
        whole={each: frozenset(plain(str(words)) for words in raw[each]) for each in WHOLE},
        found={each: compile_phrases(raw[each]) for each in FOUND},
    )
