"""A member's national id and bank account: sealed at rest, never shown in full; an id is found by a fingerprint."""

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


def sealed_account(row_id: UUID, number: str) -> bytes:
    """For ``bank_account.number_cipher``; opens for this row only."""
    return ring().seal(cleaned(number).encode(), _account_context(row_id))


def opened_account(row_id: UUID, cipher: bytes) -> str:
    """The number itself, for the file that pays to it; whoever takes that file leaves an audit record."""
    return ring().unseal(cipher, _account_context(row_id)).decode()


def resealed_account(row_id: UUID, cipher: bytes) -> bytes | None:
    """The same number under the newest key; None when it already is. Raises SealBroken."""
    context = _account_context(row_id)
    return None if ring().is_current(cipher) else ring().seal(ring().unseal(cipher, context), context)


def _account_context(row_id: UUID) -> str:
    return f"bank_account.number:{row_id}"


def fingerprint(client_id: UUID, national_id: str) -> bytes:
    """Equal for equal numbers within one client; two clients' people cannot be compared."""
    return ring().fingerprint(cleaned(national_id).encode(), f"national id of {client_id}")


def _context(member_id: UUID) -> str:
    return f"member.national_id:{member_id}"
