"""Loads the chat spellings and the meanings of words, one file per language."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from chatbot.components import text

FOLDER = Path(__file__).resolve().parent.parent / "vocabulary"


@dataclass(frozen=True)
class Vocabulary:
    """Chat spelling → written form, and word or short phrase → meaning, of all languages together."""

    spelling: dict[str, str]
    concepts: dict[str, str]


def load(folder: Path = FOLDER) -> Vocabulary:
    """Read every language; a spelling that two languages use differently is left alone."""
    spelling: dict[str, str] = {}
    disputed: set[str] = set()
    meanings: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for short, written in (content.get("spelling") or {}).items():
            key, meant = text.plain(str(short)), text.plain(str(written))
            if spelling.setdefault(key, meant) != meant:
                disputed.add(key)
        for meaning, phrases in (content.get("concepts") or {}).items():
            for phrase in phrases:
                meanings[" ".join(text.words(str(phrase), {}))] = meaning
    return Vocabulary({s: w for s, w in spelling.items() if s not in disputed}, meanings)
