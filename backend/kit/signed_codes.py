"""Codes a stranger can check without a connection: a CBOR Web Token signed with Ed25519 (COSE), in base45.

One form for everything that is shown at a desk: the card, the referral, the letter of guarantee. What it is stands in
the type claim; a card has none, because cards were there first. It holds no diagnosis and no national id.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any

import base45
import cwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cwt import COSEKey

PREFIX = "CL1:"

_ISSUER, _SUBJECT, _EXPIRES, _ISSUED = 1, 2, 4, 6
_TYPE = -70000
_ED25519 = -19  # the fully specified algorithm of RFC 9864, not the ambiguous EdDSA
_ANY_TIME = 10**10

FACTS = {
    "card_number": -70001,
    "name": -70002,
    "plan": -70003,
    "facility": -70004,
    "specialty": -70005,
    "service": -70006,
    "visits": -70007,
    "room_class": -70008,
    "from": -70009,
    "urgent": -70010,
    "until": -70020,
}
"""The private claims by the names the code uses. A new one gets the next number, and a number is never used again:
the pages at the desk (``web/provider/signed_code.js``) know the same table."""

_NAMES = {number: name for name, number in FACTS.items()}


class CodeType(StrEnum):
    """What a code stands for."""

    CARD = "card"
    REFERRAL = "referral"
    LETTER = "letter"
    CERTIFICATE = "certificate"


class Problem(StrEnum):
    """Why a code cannot be trusted; a domain puts its name before it to make a reason (``cards.qr_expired``)."""

    UNREADABLE = "unreadable"
    FOREIGN = "foreign"
    TAMPERED = "tampered"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class SignedCode:
    """What a code says: the client's slug, the number of the thing, when it was signed and ends, and plain facts."""

    type: CodeType
    client: str
    number: str
    signed_at: datetime
    expires_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A code read: what it says when it is genuine, and why it cannot be trusted, if there is a reason."""

    code: SignedCode | None
    problem: Problem | None = None


def sign(seed: bytes, code: SignedCode) -> str:
    """The text of the QR; ``seed`` is the 32-byte private key. Facts that are None are left out."""
    payload: dict[int, Any] = {
        _ISSUER: code.client,
        _SUBJECT: code.number,
        _ISSUED: int(code.signed_at.timestamp()),
        _EXPIRES: int(code.expires_at.timestamp()),
    }
    if code.type is not CodeType.CARD:
        payload[_TYPE] = code.type.value
    payload |= {FACTS[name]: fact for name, fact in code.facts.items() if fact is not None}
    token = cwt.encode(payload, _keys(seed)[0])
    return PREFIX + base45.b45encode(token).decode()


def read(seeds: Sequence[bytes], text: str, now: datetime) -> Reading:
    """What ``text`` says at ``now``; a reading with a code but ``Problem.EXPIRED`` is genuine and too old.

    ``seeds`` are the private keys that may have signed it.
    """
    if not text.startswith(PREFIX):
        return Reading(None, Problem.FOREIGN if text.strip() else Problem.UNREADABLE)
    try:
        token = base45.b45decode(text[len(PREFIX) :])
        verifier = cwt.CWT.new(leeway=_ANY_TIME)
        payload = verifier.decode(token, [_keys(seed)[1] for seed in seeds])
    except cwt.VerifyError:
        return Reading(None, Problem.TAMPERED)
    except ValueError as error:  # base45 and CBOR that is none, or a key id that is not ours
        return Reading(None, Problem.FOREIGN if "key" in str(error) else Problem.UNREADABLE)
    except cwt.CWTError:
        return Reading(None, Problem.UNREADABLE)
    code = _code(payload)
    if code is None:
        return Reading(None, Problem.FOREIGN)
    return Reading(code, Problem.EXPIRED if code.expires_at <= now else None)


def _code(payload: Any) -> SignedCode | None:
    try:
        return SignedCode(
            CodeType(payload.get(_TYPE, CodeType.CARD)),
            payload[_ISSUER],
            payload[_SUBJECT],
            datetime.fromtimestamp(payload[_ISSUED], UTC),
            datetime.fromtimestamp(payload[_EXPIRES], UTC),
            {_NAMES[number]: fact for number, fact in payload.items() if number in _NAMES},
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def revocation_mark(type_: CodeType, client: str, number: str) -> str:
    """How a code stands in the list of those that no longer count: a short hash that tells nothing by itself.

    ``number`` is that of the card, not of its holder: the card that replaces a lost one counts.
    """
    return hashlib.sha256(f"{type_}:{client}:{number}".encode()).hexdigest()[:16]


def public_keys(seeds: Sequence[bytes]) -> dict[str, Any]:
    """What a desk keeps to verify codes without a connection: a JSON Web Key Set (RFC 7517, RFC 8037)."""
    keys = [_public_key(_public(seed)) for seed in seeds]
    return {"format": f"{PREFIX} base45 of COSE_Sign1 with CWT claims", "keys": keys}


def _public_key(public: bytes) -> dict[str, str]:
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "use": "sig",
        "alg": "Ed25519",
        "kid": base64.urlsafe_b64encode(_key_id(public)).decode().rstrip("="),
        "x": base64.urlsafe_b64encode(public).decode().rstrip("="),
    }


def _public(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def _key_id(public: bytes) -> bytes:
    return hashlib.sha256(public).digest()[:8]


@cache
def _keys(seed: bytes) -> tuple[Any, Any]:
    public = _public(seed)
    shared = {1: 1, 2: _key_id(public), 3: _ED25519, -1: 6, -2: public}
    return COSEKey.new({**shared, -4: seed}), COSEKey.new(shared)
