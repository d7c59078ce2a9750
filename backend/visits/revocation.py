"""The list of codes that no longer count although their signature is in time: short hashes of all clients together.

A code carries its own end, so the list names only what was stopped before it and is forgotten after it: it stays short.
No hash says whose it is, of which client, or why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from backend.access import Scope, working_for
from backend.clients.registry import ClientFacts, all_clients
from backend.kit import clock
from backend.kit.signed_codes import CodeType, revocation_mark
from backend.members import card_qr
from backend.visits import queries

_KEEP = timedelta(seconds=30)
"""So long one process answers with the same list."""
_PAPER_LIFE = timedelta(days=400)
"""Longer than the paper of any letter can be checked (a stay of a year at most)."""


@dataclass(frozen=True, slots=True)
class RevokedCodes:
    """The marks in order, when they were gathered, and a name that changes with them."""

    as_of: datetime
    marks: tuple[str, ...]

    @property
    def tag(self) -> str:
        """The ETag."""
        return hashlib.sha256("".join(self.marks).encode()).hexdigest()[:16]


class _Shelf:
    """The last list; whoever finds it too old gathers the next while the others still get this one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._list: RevokedCodes | None = None

    def fresh(self) -> RevokedCodes:
        with self._lock:
            now = clock.now()
            if self._list is None or not timedelta(0) <= now - self._list.as_of < _KEEP:
                self._list = _gathered(now)
            return self._list

    def forget(self) -> None:
        with self._lock:
            self._list = None


_shelf = _Shelf()


def revoked_codes() -> RevokedCodes:
    """What counts no more, of every client."""
    return _shelf.fresh()


def forget() -> None:
    """Let the next reader gather the list again."""
    _shelf.forget()


def _gathered(now: datetime) -> RevokedCodes:
    marks = [mark for client in all_clients() for mark in _of_client(client, now)]
    return RevokedCodes(now, tuple(sorted(marks)))


def _of_client(client: ClientFacts, now: datetime) -> Iterator[str]:
    with working_for(client.id) as scope:
        for type_, number in _stopped(scope, client, now):
            yield revocation_mark(type_, client.slug, number)


def _stopped(scope: Scope, client: ClientFacts, now: datetime) -> Iterator[tuple[CodeType, str]]:
    today = clock.today(client.timezone)
    for number in queries.cards_no_longer_good(scope, now - card_qr.LIFE, today):
        yield CodeType.CARD, number
    for code in queries.referrals_no_longer_good(scope, today):
        yield CodeType.REFERRAL, code
    for number in queries.letters_no_longer_good(scope, now - _PAPER_LIFE):
        yield CodeType.LETTER, number
