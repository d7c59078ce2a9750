"""What is medical in a referral, sealed for its row: the diagnosis, and a request in the member's own words."""

from __future__ import annotations

from uuid import UUID

from backend.integrations import registry


def seal(kind: str, row_id: UUID, text: str | None) -> bytes | None:
    """``text`` under the newest master key, bound to its row; nothing stays nothing."""
    ring = registry.current().settings.keys
    return ring.seal(text.encode(), _context(kind, row_id)) if text else None


def unseal(kind: str, row_id: UUID, cipher: bytes | None) -> str | None:
    """Back from ``seal``; raises SealBroken."""
    ring = registry.current().settings.keys
    return ring.unseal(cipher, _context(kind, row_id)).decode() if cipher else None


def resealed(kind: str, row_id: UUID, cipher: bytes) -> bytes | None:
    """The same text under the newest key, None when it is already; raises SealBroken."""
    ring = registry.current().settings.keys
    if ring.is_current(cipher):
        return None
    return ring.seal(ring.unseal(cipher, _context(kind, row_id)), _context(kind, row_id))


def _context(kind: str, row_id: UUID) -> str:
    return f"{kind}:{row_id}"
