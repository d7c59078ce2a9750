"""Entries of a dossier and the chain over them: who changes one entry changes every digest after it.

The digest of an entry is SHA-256 of the digest before it (64 hexadecimal digits) and the entry's canonical JSON: keys
sorted, no white space, UTF-8 (RFC 8785 for the strings, whole numbers, booleans and nulls that stand in entries).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

BEGINNING = "0" * 64
"""What stands for the digest before the first entry."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry in its place: its number from 1, the digest before it and its own."""

    number: int
    previous: str
    digest: str
    entry: dict[str, Any]

    def line(self) -> bytes:
        """The link as one line of `entries.jsonl`."""
        return canonical({"number": self.number, "previous": self.previous, "digest": self.digest, "entry": self.entry})


def canonical(value: Any) -> bytes:
    """The one spelling of a JSON value. Raises TypeError for what JSON does not know."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def sha256(data: bytes) -> str:
    """The digest of a file or a content, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_after(previous: str, entry: Any) -> str:
    """The digest of an entry that follows the entry with the digest `previous`."""
    return sha256(previous.encode() + canonical(entry))


def chained(entries: Iterable[dict[str, Any]]) -> list[Link]:
    """The entries in their order, each tied to the one before it."""
    links: list[Link] = []
    previous = BEGINNING
    for number, entry in enumerate(entries, start=1):
        links.append(Link(number, previous, digest_after(previous, entry), entry))
        previous = links[-1].digest
    return links


def head(links: Sequence[Link]) -> str:
    """The last digest: it stands for every entry before it."""
    return links[-1].digest if links else BEGINNING
