"""What the answers before a consultation say: danger, what is missing, how soon (S0-84, S0-92)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.kit.refusal import Refusal

UNKNOWN_COMPLAINT = "telemedicine.unknown_complaint"
ANSWERS_MISSING = "telemedicine.answers_missing"
ANSWER_UNCLEAR = "telemedicine.answer_unclear"

SOON, USUAL = 0, 1
"""Ranks in the queue."""

LONGEST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """One question. A ``yes_no`` can be danger by itself; a ``number`` from or below a value; a ``choice`` by its code.

    ``asked_of`` limits it to a sex; ``until_years``/``from_years`` to an age; ``soon`` moves forward in the queue.
    """

    code: str
    kind: str
    choices: tuple[str, ...] = ()
    danger: bool = False
    danger_from: float | None = None
    danger_below: float | None = None
    danger_choices: tuple[str, ...] = ()
    soon: bool = False
    soon_from: float | None = None
    least: float = 0
    most: float = 1000
    asked_of: str | None = None
    from_years: int | None = None
    until_years: int | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Patient:
    """What decides which questions are asked: sex and age in whole years."""

    sex: str
    years: int


@dataclass(frozen=True, slots=True)
class Judged:
    """``danger`` are the codes of questions whose answers call for emergency care; ``rank`` the place in the queue."""

    danger: tuple[str, ...]
    rank: int


def asked(questions: Sequence[Question], patient: Patient) -> list[Question]:
    """The questions that concern a patient, in order."""
    return [
        one
        for one in questions
        if one.asked_of in {None, patient.sex}
        and (one.from_years is None or patient.years >= one.from_years)
        and (one.until_years is None or patient.years <= one.until_years)
    ]


def judge(questions: Sequence[Question], answers: Mapping[str, Any], patient: Patient) -> Judged | Refusal:
    """Danger before everything, even while other answers are missing; then what is missing or cannot be read."""
    mine = asked(questions, patient)
    danger = tuple(one.code for one in mine if _is_danger(one, answers.get(one.code)))
    if danger:
        return Judged(danger, SOON)
    missing = [one.code for one in mine if not one.optional and answers.get(one.code) in {None, ""}]
    if missing:
        return Refusal(ANSWERS_MISSING, {"questions": missing})
    unclear = [one.code for one in mine if one.code in answers and not _fits(one, answers[one.code])]
    if unclear:
        return Refusal(ANSWER_UNCLEAR, {"questions": unclear})
    soon = any(_is_soon(one, answers.get(one.code)) for one in mine)
    return Judged((), SOON if soon else USUAL)


def kept(questions: Sequence[Question], answers: Mapping[str, Any], patient: Patient) -> dict[str, Any]:
    """The answers that are stored: to questions that were asked, as far as they can be read."""
    return {
        one.code: answers[one.code]
        for one in asked(questions, patient)
        if answers.get(one.code) not in {None, ""} and _fits(one, answers[one.code])
    }


def _is_number(answer: Any) -> bool:
    return isinstance(answer, int | float) and not isinstance(answer, bool)


def _fits(question: Question, answer: Any) -> bool:
    if question.kind == "yes_no":
        return isinstance(answer, bool)
    if question.kind == "number":
        return _is_number(answer) and question.least <= answer <= question.most
    if question.kind == "choice":
        return answer in question.choices
    return isinstance(answer, str) and 0 < len(answer.strip()) <= LONGEST_WORDS


def _is_danger(question: Question, answer: Any) -> bool:
    if answer is None or not _fits(question, answer):
        return False
    if question.kind == "yes_no":
        return question.danger and answer is True
    if question.kind == "number":
        above = question.danger_from is not None and answer >= question.danger_from
        below = question.danger_below is not None and answer < question.danger_below
        return above or below
    return question.kind == "choice" and answer in question.danger_choices


def _is_soon(question: Question, answer: Any) -> bool:
    if question.kind == "yes_no":
        return question.soon and answer is True
    return question.soon_from is not None and _is_number(answer) and answer >= question.soon_from
