"""Reads the lexicon files: a further language is one more file and no code."""

import re
from collections.abc import Mapping
from typing import Any

import yaml

from backend.helpline.understanding.lexicon import EmergencyWords, Lexicon, PersonWords, TravelWords
from backend.helpline.understanding.normalise import plain, words
from backend.helpline.understanding.phrases import Phrases, compile_phrases
from backend.helpline.understanding.spelling import Repair
from backend.kit import locales

_DANGER = ("concepts", "signs", "despair", "topics", "calls", "alone")
_CONCEPT_NAME = re.compile(r"\{\w+\}")
_WORD = re.compile(r"[a-z]+\+?")


@locales.kept
def lexicons() -> Mapping[str, Lexicon]:
    """Return the lexicon of every language, by its code; files do not change while the process runs."""
    found = locales.files("helpline/lexicon/*.yml")
    contents = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in found}
    return {language: _read(language, content, contents) for language, content in contents.items()}


def _read(language: str, content: Mapping[str, Any], contents: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    spelling = {plain(str(short)): plain(str(full)) for short, full in content["spelling"].items()}

    def sentences(phrases: list[Any]) -> frozenset[str]:
        return frozenset(" ".join(words(str(phrase), spelling)) for phrase in phrases)

    return Lexicon(
        language=language,
        spelling=spelling,
        emergency=_emergency(
            content["emergency"], sentences(content["emergency"]["alone"]), _repair(language, contents)
        ),
        stop=sentences(content["stop"]),
        start=sentences(content["start"]),
        cancel=sentences(content["cancel"]),
        asking=sentences(content["asking"]),
        correction=compile_phrases(content["correction"]),
        person=PersonWords(
            wants=compile_phrases(content["person"]["wants"]),
            alone=sentences(content["person"]["alone"]),
            unless=compile_phrases(content["person"]["unless"]),
        ),
        travel=_travel(content.get("travel", {})),
        language_names={
            " ".join(words(name, spelling)): code for code, names in content["languages"].items() for name in names
        },
        fillers=sentences(content["fillers"]),
        common=frozenset(plain(str(word)) for word in content["common"]),
        endings=tuple(content["endings"]),
        letters=frozenset(content.get("letters", "")),
        keywords={
            intent: tuple(compile_phrases([phrase]) for phrase in phrases)
            for intent, phrases in content["keywords"].items()
        },
    )


def _travel(content: Mapping[str, Any]) -> TravelWords:
    return TravelWords(
        asks=compile_phrases(content.get("asks", [])),
        away=compile_phrases(content.get("away", [])),
        needs={need: compile_phrases(phrases) for need, phrases in content.get("needs", {}).items()},
        unless=compile_phrases(content.get("unless", [])),
    )


def _emergency(content: Mapping[str, Any], alone: frozenset[str], repair: Repair) -> EmergencyWords:
    excuses, concepts = content["excuses"], content["concepts"]
    return EmergencyWords(
        signs=Phrases.of(content["signs"], concepts),
        despair=Phrases.of(content.get("despair", []), concepts),
        topics=Phrases.of(content["topics"], concepts),
        calls=Phrases.of(content["calls"], concepts),
        transport={kind: compile_phrases(phrases) for kind, phrases in content["transport"].items()},
        alone=alone,
        turns=compile_phrases(content["turns"]),
        things=frozenset(excuses["things"]),
        links=frozenset(excuses["links"]),
        jokes=compile_phrases(excuses["jokes"]),
        figures=compile_phrases(excuses.get("figures", [])),
        claim=compile_phrases(excuses["claim"]),
        about=compile_phrases(excuses["about"]),
        past=compile_phrases(excuses["past"]),
        over=compile_phrases(excuses["over"]),
        now=compile_phrases(excuses["now"]),
        negations=tuple(excuses["denied"]),
        repair=repair,
    )


def _repair(language: str, contents: Mapping[str, Mapping[str, Any]]) -> Repair:
    """Words of danger of this language; every other word of any lexicon is ordinary and stays as it is."""
    danger = _words_in([contents[language]["emergency"].get(part, []) for part in _DANGER])
    everything = _words_in([_without_danger(content) for content in contents.values()])
    foreign = _words_in(
        [contents[other]["emergency"].get(part, []) for other in contents if other != language for part in _DANGER]
    )
    spelling = {plain(str(way)): plain(str(word)) for way, word in contents[language]["spelling"].items()}
    return Repair(
        danger={word for word in danger if not word.endswith("+")},
        stems={word.rstrip("+") for word in danger if word.endswith("+")},
        ordinary={word.rstrip("+") for word in everything | foreign},
        spelled={way: word for way, word in spelling.items() if len(way) > 3 and {word, f"{word}+"} & danger},
    )


def _without_danger(content: Mapping[str, Any]) -> dict[str, Any]:
    harmless = {part: value for part, value in content["emergency"].items() if part not in _DANGER}
    return {**content, "emergency": harmless}


def _words_in(content: Any) -> set[str]:
    """Every word that stands anywhere in a part of a lexicon, with the `+` of a beginning."""
    if isinstance(content, Mapping):
        return {word for key, value in content.items() for word in _words_in(str(key)) | _words_in(value)}
    if isinstance(content, list):
        return {word for value in content for word in _words_in(value)}
    return set(_WORD.findall(_CONCEPT_NAME.sub(" ", plain(str(content)))))
