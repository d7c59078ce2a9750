"""Identifiers: time-ordered UUIDs for rows, digests for things that must not be guessed back."""

from __future__ import annotations

import os
import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A version-7 UUID (RFC 9562): sorts by creation time, so B-tree inserts stay at the right edge."""
    millis = time.time_ns() // 1_000_000
    tail = int.from_bytes(os.urandom(10), "big")
    value = (millis << 80) | tail
    value = (value & ~(0xF << 76)) | (7 << 76)
    value = (value & ~(0x3 << 62)) | (2 << 62)
    return UUID(int=value)


def new_secret(octets: int = 32) -> str:
    """A URL-safe random secret with ``octets`` bytes of entropy."""
    return secrets.token_urlsafe(octets)
