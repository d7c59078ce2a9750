"""What is kept of numbers, addresses and codes: keyed digests that say nothing without the master key."""

from __future__ import annotations

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hmac import compare_digest
from uuid import UUID

from backend.accounts import rules
from backend.integrations import registry
from backend.kit.sealing import KeyRing

_REFRESH = struct.Struct(">16s16sI")


def _keys() -> KeyRing:
    return registry.current().settings.keys


def subject(realm: str, who: str) -> bytes:
    """A number, mail address or id within a realm (a client's id, or ``staff``)."""
    return _keys().fingerprint(f"{realm}|{who}".encode(), "sign-in subject")


def network(address: str) -> bytes:
    """The network behind a request."""
    return _keys().fingerprint(rules.network_of(address).encode(), "sign-in network")


def code(code_id: UUID, digits: str) -> bytes:
    """A one-time code, bound to its row: equal codes of two people have different digests."""
    return _keys().fingerprint(code_id.bytes + digits.encode(), "one-time code")


def device(key: str) -> bytes:
    """The key a device keeps to be recognised."""
    return _keys().fingerprint(key.encode(), "device key")


def seal(data: bytes, context: str) -> bytes:
    """Encrypt for one row."""
    return _keys().seal(data, context)


def resealed(sealed: bytes, context: str) -> bytes | None:
    """The same under the newest key; None when it already is. Raises SealBroken."""
    return None if _keys().is_current(sealed) else seal(unseal(sealed, context), context)


def unseal(sealed: bytes, context: str) -> bytes:
    """Back from ``seal``."""
    return _keys().unseal(sealed, context)


def renewal(token: RefreshToken, key: str) -> bytes:
    """What a refresh was asked with: its token and the key beside it."""
    return _keys().fingerprint(token.encode().encode() + key.encode(), "refresh key")


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """Which session a refresh token continues, and the how-manieth of that session it is."""

    client_id: UUID
    session_id: UUID
    generation: int

    def encode(self) -> str:
        """The token as the device keeps it; nobody can make one without the key."""
        body = _REFRESH.pack(self.client_id.bytes, self.session_id.bytes, self.generation)
        return urlsafe_b64encode(body + _keys().fingerprint(body, "refresh token")).decode()

    @classmethod
    def decode(cls, text: str) -> RefreshToken | None:
        """Back from ``encode``; None for anything we did not make."""
        try:
            raw = urlsafe_b64decode(text.encode())
            body, mac = raw[: _REFRESH.size], raw[_REFRESH.size :]
            client_id, session_id, generation = _REFRESH.unpack(body)
        except (ValueError, struct.error):
            return None
        if not compare_digest(mac, _keys().fingerprint(body, "refresh token")):
            return None
        return cls(UUID(bytes=client_id), UUID(bytes=session_id), generation)
