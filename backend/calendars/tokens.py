"""The secret part of a feed's address: which client it belongs to, and 32 random bytes that nobody guesses."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from uuid import UUID

_CLIENT_BYTES, _SECRET_BYTES = 16, 32


def new_token(client_id: UUID) -> str:
    """64 letters that fit into an address."""
    return base64.urlsafe_b64encode(client_id.bytes + os.urandom(_SECRET_BYTES)).decode()


def client_of(token: str) -> UUID | None:
    """The client a token names; None for what cannot be one of ours."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    return UUID(bytes=raw[:_CLIENT_BYTES]) if len(raw) == _CLIENT_BYTES + _SECRET_BYTES else None


def digest(token: str) -> bytes:
    """What is kept of a token. It has 256 bits of chance in it: a plain hash gives nothing away."""
    return hashlib.sha256(token.encode("ascii")).digest()
