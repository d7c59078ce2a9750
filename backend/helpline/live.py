"""What changes while a desk is open: PostgreSQL tells every web process, and each desk that waits hears of it.

Triggers notify of cases, calls and messages of threads with a case (migration ``live``): ids only. One connection per
process listens, in a thread that starts with the first open desk; what it hears stands in a ring, and a request
waits there without a connection or a transaction of its own. PostgreSQL tells all listeners the same in the same
order, so a cursor (``boot:number``, the server's start and the number of a change) means the same to every process.
What a ring does not know any more, or was not there to hear, is answered with ``resync``: read the lists again.
Why long polls, what a notification costs and what comes after it: docs/decisions/0012.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from backend import database
from backend.access import Scope
from backend.kit import clock
from backend.observability import log

CHANNEL = "desk"
APPLICATION = "careline-desk"
"""How the listening connection shows in pg_stat_activity."""

LONGEST_WAIT = 25
"""Seconds a request may wait: shorter than what proxies and mobile networks cut."""

_KEPT = 5000
_UNKNOWN = "0:0"
_PATIENCE = 1.0
"""Seconds in which a change that another process has told already must arrive here too."""
_LINGER_PER_DESK, _LONGEST_LINGER = 0.005, 1.0
"""A change waits so long for others, the longer the more desks are open: two hundred desks ask once a second."""
_SOONEST = 0.2
"""The share of that time after which the first desks are answered: not all at once, for they all ask again."""
_HEARTBEAT = 10.0
_START = 2.0
"""Seconds the first desk of a process waits for the listener, so that its first cursor is a real one."""
_FIRST_RETRY, _LAST_RETRY = 0.2, 5.0


@dataclass(frozen=True, slots=True)
class Change:
    """Something a desk shows is different now; ids only."""

    kind: str
    case_id: UUID | None
    conversation_id: UUID | None
    at: datetime

    @property
    def what(self) -> tuple[str, UUID | None, UUID | None]:
        """Two changes of the same thing need one look."""
        return self.kind, self.case_id, self.conversation_id


@dataclass(frozen=True, slots=True)
class Updates:
    """The answer to a desk: where to go on, and what changed, or that it must read everything again."""

    cursor: str
    resync: bool = False
    changes: tuple[Change, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As the API shows it."""
        changes = [
            {"kind": one.kind, "case_id": one.case_id, "conversation_id": one.conversation_id, "at": one.at}
            for one in self.changes
        ]
        return {"cursor": self.cursor, "resync": self.resync, "changes": changes}


@dataclass(slots=True)
class _Desks:
    """One client's changes by their place in the ring, and the desks that wait for more."""

    woken: threading.Condition
    changes: deque[tuple[int, float, Change]] = field(default_factory=deque)
    waiting: int = 0


class Ring:
    """The last changes of all clients in the order PostgreSQL told them; safe for many threads."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._lock = threading.Lock()
        self._kept = kept
        self._boot = ""
        self._places: dict[int, int] = {}
        """The place of a change in the ring by its number; the oldest first."""
        self._last = (0, 0)
        """Number and place of the newest change."""
        self._desks: dict[UUID, _Desks] = {}
        self.listening = threading.Event()
        """Set while changes arrive."""

    def begin(self, boot: str) -> None:
        """A new connection listens: what was heard before it is no longer continuous."""
        with self._lock:
            self.listening.clear()
            self._boot = boot
            self._places.clear()
            for desks in self._desks.values():
                desks.changes.clear()

    def lose(self) -> None:
        """The connection is gone; waiting desks keep waiting until there is another one."""
        self.begin("")

    def add(self, number: int, client_id: UUID | None, change: Change | None) -> None:
        """The next change; without a client it only marks a place from which everything is known."""
        with self._lock:
            place = self._last[1] + 1
            self._last = (number, place)
            self._places[number] = place
            self.listening.set()
            if len(self._places) > self._kept:
                del self._places[next(iter(self._places))]
            if client_id is None or change is None:
                self._wake_all()
                return
            desks = self._of(client_id)
            desks.changes.append((place, time.monotonic(), change))
            while desks.changes[0][0] <= place - self._kept:
                desks.changes.popleft()
            desks.woken.notify_all()

    def wait(self, client_id: UUID, since: str | None, seconds: float) -> Updates:
        """What changed for a client after the cursor; waits up to ``seconds`` for the first change."""
        end = time.monotonic() + seconds
        with self._lock:
            desks = self._of(client_id)
            desks.waiting += 1
            try:
                return self._wait(desks, since, end)
            finally:
                desks.waiting -= 1

    def waiting(self, client_id: UUID) -> int:
        """How many desks of a client wait here now."""
        with self._lock:
            return self._of(client_id).waiting

    def _wait(self, desks: _Desks, since: str | None, end: float) -> Updates:
        begun, turn = time.monotonic(), random.uniform(_SOONEST, 1.0)  # noqa: S311 - spreads load, guards nothing
        while True:
            place = self._place(since)
            if place is None and self._places and not self._may_still_come(since, begun):
                return Updates(self._cursor, resync=True)
            pending = [] if place is None else [one for one in desks.changes if one[0] > place]
            until = self._until(desks, turn, pending, end if place is not None else min(end, begun + _PATIENCE))
            now = time.monotonic()
            if pending and now >= until:
                latest = {change.what: change for _, _, change in pending}
                return Updates(self._cursor, changes=tuple(latest.values()))
            if now >= end and not pending:
                return Updates(self._cursor) if place is not None else Updates(since or _UNKNOWN, resync=True)
            desks.woken.wait(max(until - now, 0.01))

    def _until(self, desks: _Desks, turn: float, pending: list[tuple[int, float, Change]], end: float) -> float:
        """When a desk is answered, or looks again."""
        linger = min(_LINGER_PER_DESK * desks.waiting, _LONGEST_LINGER)
        return pending[0][1] + linger * turn if pending else end

    def _place(self, since: str | None) -> int | None:
        boot, number = _parsed(since)
        return self._places.get(number) if boot == self._boot and self._boot else None

    def _may_still_come(self, since: str | None, begun: float) -> bool:
        boot, number = _parsed(since)
        return boot == self._boot and number > self._last[0] and time.monotonic() - begun < _PATIENCE

    @property
    def _cursor(self) -> str:
        return f"{self._boot}:{self._last[0]}"

    def _of(self, client_id: UUID) -> _Desks:
        desks = self._desks.get(client_id)
        if desks is None:
            desks = self._desks[client_id] = _Desks(threading.Condition(self._lock))
        return desks

    def _wake_all(self) -> None:
        for desks in self._desks.values():
            desks.woken.notify_all()


class Listener(threading.Thread):
    """Listens on one connection and fills the ring; connects again when PostgreSQL comes back."""

    def __init__(self, url: str) -> None:
        super().__init__(name="desk-listener", daemon=True)
        self.url, self.process = url, os.getpid()
        self.ring = Ring()
        self._stopped = threading.Event()

    def run(self) -> None:
        """Until ``stop``."""
        pause = _FIRST_RETRY
        while not self._stopped.is_set():
            try:
                with self._connection() as connection:
                    pause = _FIRST_RETRY
                    self._listen(connection)
            except psycopg.Error as error:
                log.warning("desk_listener_lost", kind=type(error).__name__)
            self.ring.lose()
            self._stopped.wait(pause)
            pause = min(2 * pause, _LAST_RETRY)

    def stop(self) -> None:
        """End the thread and its connection."""
        self._stopped.set()
        self.join()

    def _connection(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            self.url,
            autocommit=True,
            connect_timeout=5,
            application_name=APPLICATION,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
        )

    def _listen(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        started = connection.execute("SELECT extract(epoch FROM pg_postmaster_start_time())::text").fetchone()
        assert started is not None
        self.ring.begin(started[0].replace(".", ""))
        connection.execute("SELECT desk_changed('hello', NULL, NULL, NULL)")
        heard = time.monotonic()
        while not self._stopped.is_set():
            for notification in connection.notifies(timeout=1.0):
                heard = time.monotonic()
                self.ring.add(*_read(notification.payload))
                if self._stopped.is_set():
                    return
            if time.monotonic() - heard > _HEARTBEAT:
                connection.execute("SELECT 1")
                heard = time.monotonic()


def _parsed(cursor: str | None) -> tuple[str, int]:
    boot, _, number = (cursor or "").partition(":")
    return (boot, int(number)) if number.isdecimal() else ("", 0)


def _read(payload: str) -> tuple[int, UUID | None, Change | None]:
    number, kind, client_id, case_id, conversation_id = payload.split(" ")
    if client_id == "-":
        return int(number), None, None
    return int(number), UUID(client_id), Change(kind, _id(case_id), _id(conversation_id), clock.now())


def _id(written: str) -> UUID | None:
    return None if written == "-" else UUID(written)


_listener: Listener | None = None
_starting = threading.Lock()


def listener() -> Listener:
    """The listener of this process on its present database; started by the first who asks."""
    global _listener  # noqa: PLW0603 - one per process
    url = database.current().url
    with _starting:
        if _listener is None or (_listener.url, _listener.process) != (url, os.getpid()) or not _listener.is_alive():
            if _listener is not None and _listener.process == os.getpid() and _listener.is_alive():
                _listener.stop()
            _listener = Listener(url)
            _listener.start()
        return _listener


def stop_listening() -> None:
    """End the listener of this process, if there is one."""
    with _starting:
        if _listener is not None and _listener.process == os.getpid() and _listener.is_alive():
            _listener.stop()


def wait_for_changes(scope: Scope, since: str | None, seconds: int) -> dict[str, Any]:
    """What changed for the scope's client after ``since``; waits for it and holds nothing of the database meanwhile.

    Raises Unauthorized when the sign-in has ended.
    """
    assert scope.session
    scope.unit.commit()
    scope.unit.close()
    ring = listener().ring
    ring.listening.wait(_START)
    return ring.wait(scope.client_id, since, seconds).as_json()
