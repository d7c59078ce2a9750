"""Two hundred open desks: what they cost while they wait, how soon they hear, and what others notice of it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from uuid import UUID

import psycopg

from backend import tokens
from backend.access import Actor, Role
from backend.bench.load import Call, connected, exchange, open_loop, percentiles
from backend.bench.processes import memory
from backend.bench.servers import free_port, granian, serving
from backend.bench.stand import _TOKEN_KEY, CLIENT, FOLDER, Stand
from backend.bench.tables import Table
from backend.devstack.postgres import OWNER_ROLE
from backend.helpline.live import _LONGEST_LINGER, APPLICATION
from backend.turnstile import THREADS

DESKS = 200
_CARDS_PER_SECOND = 40
_SECONDS = 6
_ROUNDS = 3
_PAUSE = 0.2
"""Seconds after everybody heard of a change until the next."""

_SEED = """
INSERT INTO staff (id, created_at, email, name, password_hash, active)
  SELECT gen_random_uuid(), now(), 'desk' || i || '@bench.test', 'Agent ' || i, 'unusable', true
    FROM generate_series(1, %(desks)s) AS i;
INSERT INTO staff_client (staff_id, client_id, role)
  SELECT id, %(client)s, 'agent' FROM staff WHERE email LIKE 'desk%%@bench.test';
INSERT INTO sign_in_session (client_id, id, created_at, staff_id, method, generation, last_used_at, expires_at)
  SELECT %(client)s, gen_random_uuid(), now(), id, 'password', 1, now(), now() + interval '1 day'
    FROM staff WHERE email LIKE 'desk%%@bench.test';
INSERT INTO conversation (client_id, id, created_at, language, language_chosen, channel, state)
  VALUES (%(client)s, gen_random_uuid(), now(), 'id', true, 'whatsapp', '{}');
INSERT INTO helpline_case (client_id, id, created_at, number, conversation_id, reason, priority, rank, state, summary,
                           language, channel, desk, version, filled, waiting_since)
  SELECT client_id, gen_random_uuid(), now(), 'H-1', id, 'asked_for_person', 'normal', 2, 'open', 'Bench', 'id', 'whatsapp',
         'helpline', 1, '{}', now() FROM conversation WHERE client_id = %(client)s
"""
_SIGNED_IN = "SELECT staff_id, id FROM sign_in_session WHERE client_id = %s AND staff_id IS NOT NULL"
_WRITE = """
INSERT INTO message (client_id, id, created_at, conversation_id, direction, author, channel, language, text, args, buttons, media)
  SELECT client_id, gen_random_uuid(), now(), conversation_id, 'in', 'member', 'whatsapp', 'id', 'Halo?', '{}', '[]', '[]'
    FROM helpline_case WHERE client_id = %s AND number = 'H-1'
"""


def rated(stand: Stand) -> list[Table]:
    """Cards read with no desk open, with desks that wait, and with desks that hear of one change after the other."""
    owner = stand.server.url(stand.database, OWNER_ROLE)
    agents, port = _agents(owner), free_port()
    command = granian("backend.wsgi:app", port)
    command[command.index("--blocking-threads") + 1] = str(THREADS)
    with serving(command, port, stand.environment(), FOLDER / "desks.log") as server:
        cards = _cards(stand)
        open_loop(port, cards, rate=_CARDS_PER_SECOND, seconds=2)
        alone = _card_reads(port, cards)
        before = memory(server.pid)[0]
        with _open_desks(port, agents) as desks:
            waiting = _card_reads(port, cards)
            held, connections = memory(server.pid)[0], _connections(owner)
            with desks.hearing(owner):
                hearing = _card_reads(port, cards)
    return [_costs(before, held, connections), _others(alone, waiting, hearing), _news(desks.delays)]


def _agents(owner: str) -> list[str]:
    with psycopg.connect(owner) as connection:
        connection.execute("SELECT set_config('app.client_id', %s, false)", [str(CLIENT)])
        for statement in _SEED.split(";\n"):
            connection.execute(statement, {"client": CLIENT, "desks": DESKS})
        rows = connection.execute(_SIGNED_IN, [CLIENT]).fetchall()
    return [tokens.issue(_TOKEN_KEY, CLIENT, _agent(*row), seconds=86_400) for row in rows]


def _agent(staff_id: UUID, session_id: UUID) -> Actor:
    return Actor(Role.AGENT, id=staff_id, session_id=session_id)


def _cards(stand: Stand) -> list[Call]:
    return [
        Call("GET", f"/api/v1/members/{member}/card", (("Authorization", f"Bearer {token}"),))
        for member, token in stand.members[:500]
    ]


def _card_reads(port: int, cards: list[Call]) -> list[dict[str, float]]:
    return [open_loop(port, cards, rate=_CARDS_PER_SECOND, seconds=_SECONDS) for _ in range(_ROUNDS)]


def _connections(owner: str) -> dict[str, int]:
    """Connections to the database: those that listen, the others, those inside a transaction."""
    with psycopg.connect(owner) as connection:
        row = connection.execute(
            "SELECT count(*) FILTER (WHERE application_name = %(name)s), "
            "count(*) FILTER (WHERE application_name <> %(name)s), count(*) FILTER (WHERE state LIKE 'idle in%%') "
            "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            {"name": APPLICATION},
        ).fetchone()
    assert row is not None
    return dict(zip(("listening", "others", "in a transaction"), row, strict=True))


class _Desks:
    """Open desks, each with its own connection and cursor, in a thread of their own."""

    def __init__(self, port: int, agents: list[str]) -> None:
        self.delays: list[float] = []
        self._port, self._agents = port, agents
        self._closed = threading.Event()
        self._written_at = 0.0
        self._unheard: set[int] = set()
        self.following = threading.Semaphore(0)

    async def everybody(self) -> None:
        tasks = [asyncio.create_task(self._follow(one, token)) for one, token in enumerate(self._agents)]
        while not self._closed.is_set():
            await asyncio.sleep(0.1)
            for task in tasks:
                if task.done():
                    task.result()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def close(self) -> None:
        self._closed.set()

    async def _follow(self, number: int, token: str) -> None:
        async with connected(self._port) as (reader, writer):
            cursor, headers = "", (("Authorization", f"Bearer {token}"),)
            while True:
                path = f"/api/v1/desk/updates?wait={25 if cursor else 0}" + (f"&since={cursor}" if cursor else "")
                answer = json.loads(await exchange(reader, writer, Call("GET", path, headers).wire(self._port)))
                if not cursor:
                    self.following.release()
                cursor = answer["cursor"]
                if answer["changes"] and number in self._unheard:
                    self.delays.append(1000 * (time.perf_counter() - self._written_at))
                    self._unheard.discard(number)

    @contextmanager
    def hearing(self, owner: str) -> Iterator[None]:
        """Inside, one change follows the other: the next when everybody has heard of the last."""
        end = threading.Event()
        writer = threading.Thread(target=self._write, args=(owner, end))
        writer.start()
        try:
            yield
        finally:
            end.set()
            writer.join()

    def _write(self, owner: str, end: threading.Event) -> None:
        with psycopg.connect(owner, autocommit=True) as connection:
            connection.execute("SELECT set_config('app.client_id', %s, false)", [str(CLIENT)])
            while not end.wait(_PAUSE):
                self._unheard = set(range(len(self._agents)))
                self._written_at = time.perf_counter()
                connection.execute(_WRITE, [CLIENT])
                while self._unheard:
                    if time.perf_counter() - self._written_at > 20:
                        raise RuntimeError(f"{len(self._unheard)} desks never heard of a change")
                    time.sleep(0.02)


@contextmanager
def _open_desks(port: int, agents: list[str]) -> Iterator[_Desks]:
    desks = _Desks(port, agents)
    thread = threading.Thread(target=lambda: asyncio.run(desks.everybody()))
    thread.start()
    try:
        for _ in agents:
            if not desks.following.acquire(timeout=60):
                raise RuntimeError("not every desk could open")
        time.sleep(1)
        yield desks
    finally:
        desks.close()
        thread.join()


def _costs(before: float, held: float, connections: dict[str, int]) -> Table:
    table = Table(f"What {DESKS} open desks hold ({THREADS} threads a process, proportional memory)")
    table.add("memory of the server without desks", before, "MB", 1.0)
    table.add("memory with every desk waiting", held, "MB", held / before, "<= 1.5")
    table.add(
        "database connections that listen, per desk", connections["listening"], "", connections["listening"] / DESKS
    )
    table.add("other database connections", connections["others"], "")
    table.add(
        "desks inside a transaction", connections["in a transaction"], "", connections["in a transaction"], "<= 0.0"
    )
    return table


def _others(alone: list[dict[str, float]], waiting: list[dict[str, float]], hearing: list[dict[str, float]]) -> Table:
    table = Table(f"Card reads at {_CARDS_PER_SECOND}/s beside {DESKS} desks (open loop)")
    for share, goal in (("p50", ""), ("p95", "<= 2.0")):
        base, quiet, busy = (median(one[share] for one in seen) for seen in (alone, waiting, hearing))
        table.add(f"{share}: no desk open", base, "ms", 1.0)
        table.add(f"{share}: every desk waits", quiet, "ms", quiet / base, goal)
        table.add(f"{share}: every desk hears of a change a second", busy, "ms", busy / base)
    return table


def _news(delays: list[float]) -> Table:
    """Against the time that a change waits for others while so many desks are open."""
    linger = 1000 * _LONGEST_LINGER
    table = Table(f"From a message's commit until a desk has it, {DESKS} desks, {len(delays) // DESKS} messages")
    table.add("a change waits for others", linger, "ms", 1.0)
    for share, figure in percentiles(delays).items():
        table.add(share, figure, "ms", figure / linger, "<= 1.5" if share == "p95" else "")
    return table
