"""Keys of other systems: who reads one is said by the domain that makes them, because this ground knows no domain."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from backend.access import Actor
from backend.errors import Unauthorized

HEADER = "X-Api-Key"
CHANNEL = "bridge"

KeyReader = Callable[[str, str], tuple[UUID, Actor]]
"""From a key's text and what it is to be used for to the client and the actor; raises Unauthorized or Forbidden."""

_reader: KeyReader | None = None


def read_with(reader: KeyReader) -> None:
    """Let ``reader`` say whose a key is."""
    global _reader  # noqa: PLW0603 - one maker of keys per process
    _reader = reader


def actor_of(text: str, wanted: str) -> tuple[UUID, Actor]:
    """Client and actor of a key; raises Unauthorized, Forbidden."""
    if _reader is None:
        raise Unauthorized()
    return _reader(text, wanted)
