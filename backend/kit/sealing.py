"""Encryption at rest and keyed fingerprints, under master keys that can be rotated.

A sealed value is version (1 byte), key id (4), nonce (12), ciphertext: AES-256-GCM, bound to a context
(table, column, row), so that a value moved to another place does not open. A fingerprint is the same for the
same value and purpose and says nothing without the key: for look-ups by a value nobody may read.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = 1
_HEADER_BYTES = 17


class SealBroken(ValueError):
    """These are not the bytes that were sealed for this context, or their master key is gone."""


class KeyRing:
    """The master keys, 32 random bytes each: the first seals, all of them open.

    To rotate, put a new key first. Fingerprints come from the last (oldest) key, so that what was stored
    under them is still found.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._ciphers = {_key_id(key): AESGCM(_derived(key, b"careline: sealing")) for key in keys}
        self._active = _key_id(keys[0])
        self._fingerprint_key = _derived(keys[-1], b"careline: fingerprints")

    def seal(self, data: bytes, context: str) -> bytes:
        """``data`` encrypted for ``context``; sealing twice gives different bytes."""
        nonce = os.urandom(12)
        return (
            bytes([_VERSION])
            + self._active
            + nonce
            + self._ciphers[self._active].encrypt(nonce, data, context.encode())
        )

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """Back from ``seal``; raises SealBroken."""
        cipher = self._ciphers.get(sealed[1:5])
        if cipher is None or sealed[:1] != bytes([_VERSION]):
            raise SealBroken("unknown key or version")
        try:
            return cipher.decrypt(sealed[5:_HEADER_BYTES], sealed[_HEADER_BYTES:], context.encode())
        except InvalidTag as error:
            raise SealBroken("changed, or sealed for another context") from error

    def is_current(self, sealed: bytes) -> bool:
        """Whether the first key sealed it; anything else should be sealed anew before its key goes."""
        return sealed[1:5] == self._active

    def fingerprint(self, data: bytes, purpose: str) -> bytes:
        """32 bytes that stand for ``data``; two purposes cannot be compared with each other."""
        return hmac.digest(self._fingerprint_key, purpose.encode() + b"\0" + data, "sha256")


@cache
def key_ring(*keys: bytes) -> KeyRing:
    """The ring of these keys, made once per process."""
    return KeyRing(keys)


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(key)


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"careline: key id" + key).digest()[:4]
