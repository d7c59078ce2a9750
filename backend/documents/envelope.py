"""Encryption of files at rest: a random key per file, itself sealed under the master key.

Layout: the sealed data key (65 bytes, see `kit.sealing`; it names its master key), nonce (12), ciphertext. Both
layers are AES-256-GCM bound to the name the file is stored under, so a file moved to another client's name does
not open. Rotating the master key means sealing 32 bytes per file anew, not the file.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.kit.sealing import KeyRing, SealBroken

_KEY_ID = slice(1, 5)
_SEALED_KEY_BYTES = 65
_NONCE_BYTES = 12
_BODY = _SEALED_KEY_BYTES + _NONCE_BYTES


def seal_file(keys: KeyRing, name: str, data: bytes) -> bytes:
    """`data` sealed for being stored under `name`."""
    data_key, nonce = os.urandom(32), os.urandom(_NONCE_BYTES)
    return keys.seal(data_key, name) + nonce + AESGCM(data_key).encrypt(nonce, data, name.encode())


def open_file(keys: KeyRing, name: str, sealed: bytes) -> bytes:
    """What was sealed under `name`. Raises SealBroken."""
    if len(sealed) < _BODY:
        raise SealBroken("cut off")
    data_key = keys.unseal(sealed[:_SEALED_KEY_BYTES], name)
    view = memoryview(sealed)
    try:
        return AESGCM(data_key).decrypt(view[_SEALED_KEY_BYTES:_BODY], view[_BODY:], name.encode())
    except InvalidTag as error:
        raise SealBroken("changed, or sealed for another name") from error


def reseal(keys: KeyRing, name: str, sealed: bytes) -> bytes:
    """The same file with its data key under the newest master key. Raises SealBroken."""
    data_key = keys.unseal(sealed[:_SEALED_KEY_BYTES], name)
    return keys.seal(data_key, name) + sealed[_SEALED_KEY_BYTES:]


def key_id(sealed: bytes) -> str:
    """Which master key sealed a file, hexadecimal."""
    return sealed[_KEY_ID].hex()
