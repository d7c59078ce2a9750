"""Loads the chat spellings and the meanings of words, one file per language."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from chatbot.components import text

FOLDER = Path(__file__).resolve().parent.parent / "vocabulary"


@dataclass(frozen=True)
class Vocabulary:
    """Chat spelling → written form, word or short phrase → meanings, and words that only carry a value."""

    spelling: dict[str, str]
    concepts: dict[str, tuple[str, ...]]
    values: frozenset[str]


def load(folder: Path = FOLDER) -> Vocabulary:
    """Read every language; a spelling that two languages use differently is left alone."""
    contents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yml"))]
    spelling = _spelling(contents)
    concepts: dict[str, tuple[str, ...]] = {}
    for content in contents:
        for meaning, phrases in content["concepts"].items():
            for phrase in phrases:
                key = " ".join(text.words(phrase, spelling))
                if meaning not in concepts.get(key, ()):
                    concepts[key] = (*concepts.get(key, ()), meaning)
    values = {word for content in contents for phrase in content["values"] for word in text.words(phrase, spelling)}
    return Vocabulary(spelling, concepts, frozenset({*values, text.NUMBER}))


def _spelling(contents: list[dict[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    disputed: set[str] = set()
    for content in contents:
        for short, written in content["spelling"].items():
            key, meant = text.plain(short), text.plain(written)
            if found.setdefault(key, meant) != meant:
                disputed.add(key)
    return {short: written for short, written in found.items() if short not in disputed}
