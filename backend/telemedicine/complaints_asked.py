"""The questions before a consultation as data: ``triage/*.yml`` read once, words in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from backend.kit.locales import FALLBACK
from backend.telemedicine.rules.triage import Patient, Question, asked

_FOLDER = Path(__file__).with_name("triage")
_OF_A_QUESTION = {field.name for field in fields(Question)}
OTHER = "other"
"""What somebody complains of who did not say: for requests in a conversation."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One kind of complaint: what it is called, whom it concerns, what is asked."""

    code: str
    names: Mapping[str, str]
    asked_of: str | None
    questions: tuple[Question, ...]

    def name(self, language: str) -> str:
        """What the reader calls it."""
        return self.names.get(language) or self.names[FALLBACK]


@cache
def complaints() -> Mapping[str, Complaint]:
    """Every complaint by its code, in the order in which they are offered."""
    general = _questions(_read("_general"))
    read = {path.stem: _read(path.stem) for path in _FOLDER.glob("[!_]*.yml")}
    return {
        code: Complaint(code, data["names"], data.get("asked_of"), (*general, *_questions(data)))
        for code, data in sorted(read.items(), key=lambda each: each[1]["position"])
    }


def offered(patient: Patient, language: str) -> list[dict[str, Any]]:
    """The complaints with the questions for one patient, as the app asks them."""
    return [
        {
            "code": one.code,
            "name": one.name(language),
            "questions": [_shown(question, language) for question in asked(one.questions, patient)],
        }
        for one in complaints().values()
        if one.asked_of in {None, patient.sex}
    ]


def answered(code: str, answers: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Questions with the answers that were given, as the doctor reads them."""
    known = {question.code: question for question in complaints()[code].questions}
    return [
        {
            "code": name,
            "question": _words(name, language),
            "answer": _choice(name, answer, language) if known[name].kind == "choice" else answer,
        }
        for name, answer in answers.items()
        if name in known
    ]


def _shown(question: Question, language: str) -> dict[str, Any]:
    return {
        "code": question.code,
        "kind": question.kind,
        "question": _words(question.code, language),
        "choices": [{"code": one, "name": _choice(question.code, one, language)} for one in question.choices],
        "least": question.least if question.kind == "number" else None,
        "most": question.most if question.kind == "number" else None,
        "optional": question.optional,
    }


def _words(code: str, language: str) -> str:
    words = _raw()[code]["words"]
    return str(words.get(language) or words[FALLBACK])


def _choice(code: str, choice: str, language: str) -> str:
    words = _raw()[code]["choice_words"][choice]
    return str(words.get(language) or words[FALLBACK])


@cache
def _raw() -> Mapping[str, dict[str, Any]]:
    """Every question by its code, which means the same wherever it is asked."""
    every = [question for path in sorted(_FOLDER.glob("*.yml")) for question in _read(path.stem)["questions"]]
    return {question["code"]: question for question in every}


def _questions(data: Mapping[str, Any]) -> tuple[Question, ...]:
    return tuple(Question(**_facts(question)) for question in data["questions"])


def _facts(question: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in question.items()
        if name in _OF_A_QUESTION
    }


@cache
def _read(name: str) -> dict[str, Any]:
    return yaml.safe_load((_FOLDER / f"{name}.yml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]
