"""Bank accounts that are not a member's: the fund's, a provider's, the client's. Numbers are sealed for their row."""

from __future__ import annotations

from uuid import UUID

from backend.errors import RuleRefused
from backend.integrations import registry
from backend.kit.refusal import Refusal
from backend.members.rules.details import Account, account


def checked(bank: str, number: str, holder_name: str) -> Account:
    """The account as somebody gave it; raises RuleRefused for what is no account number."""
    wanted = account(bank, number, holder_name)
    if isinstance(wanted, Refusal):
        raise RuleRefused.of(wanted)
    return wanted


def sealed(table: str, row_id: UUID, number: str) -> bytes:
    """A number encrypted for the row that keeps it."""
    return registry.current().settings.keys.seal(number.encode(), _context(table, row_id))


def opened(table: str, row_id: UUID, cipher: bytes) -> str:
    """Back from ``sealed``; raises SealBroken."""
    return registry.current().settings.keys.unseal(cipher, _context(table, row_id)).decode()


def resealed(table: str, row_id: UUID, cipher: bytes) -> bytes | None:
    """The same under the newest key; None when it is already. Raises SealBroken."""
    ring = registry.current().settings.keys
    return None if ring.is_current(cipher) else sealed(table, row_id, opened(table, row_id, cipher))


def _context(table: str, row_id: UUID) -> str:
    return f"{table}.account:{row_id}"
