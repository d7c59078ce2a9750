"""A letter is shown at a desk: genuine or not, whose, and whether the hospital can rely on it now."""

from __future__ import annotations

from typing import Any

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.guarantees import letter_qr, queries
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules import LetterState
from backend.guarantees.service.read import shown
from backend.integrations import registry
from backend.kit import clock
from backend.members import queries as members
from backend.members.service import cover_state

ELSEWHERE = "guarantees.made_out_elsewhere"
USED = "guarantees.used"
PATIENT_LEFT = "guarantees.patient_left"
_ENDED = {
    LetterState.LAPSED: "guarantees.lapsed",
    LetterState.VOID: "guarantees.withdrawn",
    LetterState.REFUSED: "guarantees.was_refused",
    LetterState.REQUESTED: "guarantees.not_issued",
    LetterState.FINAL: USED,
}


def verify(scope: Scope, qr: str) -> dict[str, Any]:
    """What the code of a letter is worth: ``problem`` is None when the patient can be admitted on it.

    Whatever is wrong is answered and not raised: a desk has to read it to the patient. Every try leaves its audit row,
    genuine or not; what belongs to another client or hospital shows nothing of the letter.
    """
    reading = letter_qr.read(registry.current().settings.card_keys, qr, clock.now())
    code = reading.code
    if code is None or code.client != client_by_id(scope.client_id).slug:
        return _refused(scope, None, reading.problem or letter_qr.FOREIGN)
    letter = queries.letter_by_number(scope, code.number)
    if letter is None:
        return _refused(scope, None, letter_qr.FOREIGN)
    if scope.actor.role is Role.PROVIDER and letter.provider_id not in {None, scope.actor.provider_id}:
        return _refused(scope, letter, ELSEWHERE)
    problem = _problem(scope, letter) or reading.problem
    if problem is not None:
        _note(scope, letter, problem)
    else:
        audit.record_look(scope, "guarantee_letter", letter.id, member_id=letter.member_id)
    own = scope.actor.role is not Role.PROVIDER or letter.provider_id == scope.actor.provider_id
    return {"genuine": True, "problem": problem, "letter": shown(scope, [letter])[0] if own else None}


def _problem(scope: Scope, letter: GuaranteeLetter) -> str | None:
    """Used once, it is used: the same paper brings nobody into a second bed."""
    state = letter.standing.at(clock.now())
    if state in _ENDED:
        return _ENDED[state]
    if letter.admitted_at is not None:
        return USED
    left_on = members.member(scope, letter.member_id).left_on
    if left_on is not None and not cover_state(scope, letter.member_id, letter.admission_on).is_covered:
        return PATIENT_LEFT
    return None


def _refused(scope: Scope, letter: GuaranteeLetter | None, problem: str) -> dict[str, Any]:
    _note(scope, letter, problem)
    return {"genuine": letter is not None, "problem": problem, "letter": None}


def _note(scope: Scope, letter: GuaranteeLetter | None, problem: str) -> None:
    audit.record(
        scope,
        "refused",
        "guarantee_letter",
        letter.id if letter else None,
        member_id=letter.member_id if letter else None,
        fields=[problem],
    )
