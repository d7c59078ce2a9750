"""The QR of a letter: a signed code that a hospital checks without a connection, until the letter's own end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules import LetterState
from backend.kit import signed_codes
from backend.kit.deadlines import calendar_days_after, end_of_day
from backend.kit.signed_codes import CodeType, Problem, SignedCode

UNREADABLE = "guarantees.qr_unreadable"
FOREIGN = "guarantees.qr_foreign"
TAMPERED = "guarantees.qr_tampered"
EXPIRED = "guarantees.qr_expired"

_REASONS = {
    Problem.UNREADABLE: UNREADABLE,
    Problem.FOREIGN: FOREIGN,
    Problem.TAMPERED: TAMPERED,
    Problem.EXPIRED: EXPIRED,
}
_PAPER_DAYS = 7
"""How long the paper of a confirmed letter can be checked after the days it is for: discharges are late."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A QR read: what it says when it is genuine, and the reason why it cannot be trusted, if there is one."""

    code: SignedCode | None
    problem: str | None = None


def expires_at(letter: GuaranteeLetter, zone: str) -> datetime:
    """The instant from which the paper proves nothing any more."""
    assert letter.valid_until is not None, "only what was issued is on paper"
    if letter.state == LetterState.ISSUED:
        return letter.valid_until
    last = calendar_days_after(letter.admission_on, letter.days + _PAPER_DAYS)
    return max(end_of_day(last, zone), letter.valid_until)


def sign(seed: bytes, client_slug: str, letter: GuaranteeLetter, name: str, *, zone: str, now: datetime) -> str:
    """The text of the QR; it names the patient, the hospital and the room class, and no illness."""
    facts = {
        "name": name,
        "facility": letter.provider_name,
        "room_class": (letter.room or {}).get("room_class"),
        "from": letter.admission_on.isoformat(),
        "service": letter.kind,
    }
    code = SignedCode(CodeType.LETTER, client_slug, letter.number, now, expires_at(letter, zone), facts=facts)
    return signed_codes.sign(seed, code)


def read(seeds: Sequence[bytes], text: str, now: datetime) -> Reading:
    """What ``text`` says at ``now``; a genuine code of another kind (a card) is foreign here."""
    reading = signed_codes.read(seeds, text.strip(), now)
    problem = _REASONS[reading.problem] if reading.problem else None
    if reading.code is not None and reading.code.type is not CodeType.LETTER:
        return Reading(None, FOREIGN)
    return Reading(reading.code, problem)
