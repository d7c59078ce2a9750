"""What a key of a hospital's system may do (S4-27: the same application as a bridge)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class KeyScope(StrEnum):
    """What a key can be let do; a key does nothing that it is not let."""

    ELIGIBILITY = "eligibility"
    VISITS = "visits"
    REFERRALS = "referrals"
    LETTERS = "letters"
    BILLS = "bills"


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """A key as the check sees it."""

    scopes: Collection[str]
    expires_at: datetime | None
    revoked_at: datetime | None


def is_live(key: KeyFacts, now: datetime) -> bool:
    """Not revoked, not past its end."""
    return key.revoked_at is None and (key.expires_at is None or now < key.expires_at)


def may(key: KeyFacts, scope: KeyScope) -> bool:
    """Whether the key was let do this."""
    return scope in key.scopes
