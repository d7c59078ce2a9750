"""A member's national id: sealed at rest, found again by a keyed fingerprint, never shown in full."""

from __future__ import annotations

from uuid import UUID

from backend.integrations import registry
from backend.kit.sealing import KeyRing


def ring() -> KeyRing:
    """The keys of this process."""
    return registry.current().settings.keys


def cleaned(national_id: str) -> str:
    """Letters and digits only, capital: how two spellings of one number are the same."""
    return "".join(character for character in national_id.upper() if character.isalnum())


def sealed(member_id: UUID, national_id: str) -> bytes:
    """For ``member.national_id_cipher``; opens for this member only."""
    return ring().seal(cleaned(national_id).encode(), _context(member_id))


def resealed(member_id: UUID, cipher: bytes) -> bytes | None:
    """The same number under the newest key; None when it already is. Raises SealBroken."""
    context = _context(member_id)
    return None if ring().is_current(cipher) else ring().seal(ring().unseal(cipher, context), context)


def unsealed(member_id: UUID, cipher: bytes) -> str:
    """The number itself; whoever asks for it leaves an audit record."""
    return ring().unseal(cipher, _context(member_id)).decode()


def fingerprint(client_id: UUID, national_id: str) -> bytes:
    """Equal for equal numbers within one client; two clients' people cannot be compared."""
    return ring().fingerprint(cleaned(national_id).encode(), f"national id of {client_id}")


def _context(member_id: UUID) -> str:
    return f"member.national_id:{member_id}"
