"""The QR of a card: a signed code (``kit/signed_codes.py``) that says whose card it is and until when to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.kit import signed_codes
from backend.kit.signed_codes import CodeType, Problem, SignedCode

LIFE = timedelta(hours=48)
"""How long a desk without a connection may trust a QR; it is signed anew when half of it is used."""

PREFIX = signed_codes.PREFIX
public_keys = signed_codes.public_keys

UNREADABLE = "cards.qr_unreadable"
FOREIGN = "cards.qr_foreign"
TAMPERED = "cards.qr_tampered"
EXPIRED = "cards.qr_expired"

_REASONS = {
    Problem.UNREADABLE: UNREADABLE,
    Problem.FOREIGN: FOREIGN,
    Problem.TAMPERED: TAMPERED,
    Problem.EXPIRED: EXPIRED,
}


@dataclass(frozen=True, slots=True)
class CardClaims:
    """What a QR says: the client's slug, numbers, name and plan code, when it was signed and ends."""

    client: str
    member_number: str
    card_number: str
    name: str
    plan: str
    signed_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """A QR read: its claims when it is genuine, and the reason why it cannot be trusted, if there is one."""

    claims: CardClaims | None
    problem: str | None = None


def sign(seed: bytes, claims: CardClaims) -> str:
    """The text of the QR; ``seed`` is the 32-byte private key."""
    facts = {"card_number": claims.card_number, "name": claims.name, "plan": claims.plan}
    code = SignedCode(
        CodeType.CARD, claims.client, claims.member_number, claims.signed_at, claims.expires_at, facts=facts
    )
    return signed_codes.sign(seed, code)


def read(seeds: Sequence[bytes], text: str, now: datetime) -> Reading:
    """What ``text`` says at ``now``; a reading with claims but ``cards.qr_expired`` is genuine and too old.

    ``seeds`` are the private keys that may have signed it. A code that is genuine but no card is foreign here.
    """
    reading = signed_codes.read(seeds, text, now)
    problem = _REASONS[reading.problem] if reading.problem else None
    if reading.code is None:
        return Reading(None, problem)
    claims = _claims(reading.code)
    return Reading(claims, problem) if claims else Reading(None, FOREIGN)


def _claims(code: SignedCode) -> CardClaims | None:
    facts = code.facts
    if code.type is not CodeType.CARD or not {"card_number", "name", "plan"} <= facts.keys():
        return None
    numbers = (code.number, facts["card_number"])
    return CardClaims(code.client, *numbers, facts["name"], facts["plan"], code.signed_at, code.expires_at)
