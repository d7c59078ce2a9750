"""The QR of a card: a CBOR Web Token signed with Ed25519 (COSE), in base45, verified without a connection.

It says whose card it is and until when it may be trusted offline. It holds no diagnosis and no national id.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import base45
import cwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cwt import COSEKey

PREFIX = "CL1:"
LIFE = timedelta(hours=48)
"""How long a desk without a connection may trust a QR; it is signed anew when half of it is used."""

UNREADABLE = "cards.qr_unreadable"
FOREIGN = "cards.qr_foreign"
TAMPERED = "cards.qr_tampered"
EXPIRED = "cards.qr_expired"

_ISSUER, _SUBJECT, _EXPIRES, _ISSUED = 1, 2, 4, 6
_CARD, _NAME, _PLAN = -70001, -70002, -70003
_ED25519 = -19  # the fully specified algorithm of RFC 9864, not the ambiguous EdDSA
_ANY_TIME = 10**10


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
    payload: dict[int, Any] = {
        _ISSUER: claims.client,
        _SUBJECT: claims.member_number,
        _ISSUED: int(claims.signed_at.timestamp()),
        _EXPIRES: int(claims.expires_at.timestamp()),
        _CARD: claims.card_number,
        _NAME: claims.name,
        _PLAN: claims.plan,
    }
    token = cwt.encode(payload, _keys(seed)[0])
    return PREFIX + base45.b45encode(token).decode()


def read(seeds: Sequence[bytes], text: str, now: datetime) -> Reading:
    """What ``text`` says at ``now``; a reading with claims but ``cards.qr_expired`` is genuine and too old.

    ``seeds`` are the private keys that may have signed it.
    """
    if not text.startswith(PREFIX):
        return Reading(None, FOREIGN if text.strip() else UNREADABLE)
    try:
        token = base45.b45decode(text[len(PREFIX) :])
        payload = cwt.CWT.new(leeway=_ANY_TIME).decode(token, [_keys(seed)[1] for seed in seeds])
    except cwt.VerifyError:
        return Reading(None, TAMPERED)
    except ValueError as error:  # base45 and CBOR that is none, or a key id that is not ours
        return Reading(None, FOREIGN if "key" in str(error) else UNREADABLE)
    except cwt.CWTError:
        return Reading(None, UNREADABLE)
    claims = _claims(payload)
    if claims is None:
        return Reading(None, FOREIGN)
    return Reading(claims, EXPIRED if claims.expires_at <= now else None)


def _claims(payload: Any) -> CardClaims | None:
    try:
        return CardClaims(
            payload[_ISSUER],
            payload[_SUBJECT],
            payload[_CARD],
            payload[_NAME],
            payload[_PLAN],
            datetime.fromtimestamp(payload[_ISSUED], UTC),
            datetime.fromtimestamp(payload[_EXPIRES], UTC),
        )
    except (KeyError, TypeError):
        return None


def public_keys(seeds: Sequence[bytes]) -> dict[str, Any]:
    """What a provider keeps to verify cards without a connection: a JSON Web Key Set (RFC 7517, RFC 8037)."""
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
