"""A member's national id: sealed at rest, found again by a keyed fingerprint, never shown in full."""

from __future__ import annotations

from uuid import UUID

from backend.integrations import registry
from backend.kit.sealing import KeyRing, key_ring


def ring() -> KeyRing:
    """The keys of this process."""
    return key_ring(registry.current().settings.master_key)


def cleaned(national_id: str) -> str:
    """Letters and digits only, capital: how two spellings of one number are the same."""
    return "".join(character for character in national_id.upper() if character.isalnum())


def sealed(member_id: UUID, national_id: str) -> bytes:
    """For ``member.national_id_cipher``; opens for this member only."""
    return ring().seal(cleaned(national_id).encode(), _context(member_id))


def unsealed(member_id: UUID, cipher: bytes) -> str:
    """The number itself; whoever asks for it leaves an audit record."""
    return ring().unseal(cipher, _context(member_id)).decode()


def fingerprint(client_id: UUID, national_id: str) -> bytes:
    """Equal for equal numbers within one client; two clients' people cannot be compared."""
    return ring().fingerprint(cleaned(national_id).encode(), f"national id of {client_id}")


def _context(member_id: UUID) -> str:
    return f"member.national_id:{member_id}"
