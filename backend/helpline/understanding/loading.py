"""Reads the lexicon files: a further language is one more file and no code."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.helpline.understanding.lexicon import EmergencyWords, Lexicon, PersonWords
from backend.helpline.understanding.normalise import plain, words
from backend.helpline.understanding.phrases import compile_phrases

FOLDER = Path(__file__).resolve().parent.parent / "lexicon"


@cache
def lexicons(folder: Path = FOLDER) -> Mapping[str, Lexicon]:
    """Return the lexicon of every language, by its code; files do not change while the process runs."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.yml"))}


def _read(path: Path) -> Lexicon:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    spelling = {plain(str(short)): plain(str(full)) for short, full in content["spelling"].items()}

    def sentences(phrases: list[Any]) -> frozenset[str]:
        return frozenset(" ".join(words(str(phrase), spelling)) for phrase in phrases)

    return Lexicon(
        language=path.stem,
        spelling=spelling,
        emergency=_emergency(content["emergency"], sentences(content["emergency"]["alone"])),
        stop=sentences(content["stop"]),
        cancel=sentences(content["cancel"]),
        asking=sentences(content["asking"]),
        correction=compile_phrases(content["correction"]),
        person=PersonWords(
            wants=compile_phrases(content["person"]["wants"]),
            alone=sentences(content["person"]["alone"]),
            unless=compile_phrases(content["person"]["unless"]),
        ),
        language_names={
            " ".join(words(name, spelling)): code for code, names in content["languages"].items() for name in names
        },
        fillers=sentences(content["fillers"]),
        common=frozenset(plain(str(word)) for word in content["common"]),
        endings=tuple(content["endings"]),
        keywords={
            intent: tuple(compile_phrases([phrase]) for phrase in phrases)
            for intent, phrases in content["keywords"].items()
        },
    )


def _emergency(content: Mapping[str, Any], alone: frozenset[str]) -> EmergencyWords:
    excuses = content["excuses"]
    return EmergencyWords(
        signs=compile_phrases(content["signs"]),
        calls=compile_phrases(content["calls"]),
        alone=alone,
        claim=compile_phrases(excuses["claim"]),
        about=compile_phrases(excuses["about"]),
        past=compile_phrases(excuses["past"]),
        now=compile_phrases(excuses["now"]),
        negations=tuple(excuses["denied"]),
    )
