"""Claims through the database: handed in, judged, decided, posted, used, told, in one commit each, by two workers.

The past is 10,000 and then 1,000,000 claims of the same 50,000 members; what a claim costs may not grow with it. The disk's
own rate is fdatasync of a few bytes, one after the other, in the same run.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Sequence
from secrets import token_hex
from statistics import median
from typing import Any
from uuid import UUID

import psutil
import psycopg

from backend import database
from backend.access import Actor, Role, working_for
from backend.bench.claim_stand import ClaimStand, claim_stand, connect
from backend.bench.ledger import disk_rate
from backend.bench.load import percentiles
from backend.bench.stand import FOLDER, Stand
from backend.bench.tables import Table
from backend.claims import service

SIZES = tuple(int(size) for size in os.environ.get("BENCH_CLAIMS", "10000 1000000").split())
WORKERS = 2
EACH = int(os.environ.get("BENCH_CLAIMS_EACH", "2000"))
"""Claims of one worker in one measurement."""
_WARM = 150
_TURN, _ROUNDS = 100, 6
_MOST_SECONDS_OF_VACUUM = 180
GOAL, SHARE, FLAT = 300, ">= 0.15", "<= 1.25"

_Drafts = list[tuple[UUID, UUID, UUID]]
"""Client, claim, member."""


def rated(stand: Stand) -> list[Table]:
    """The figures for `make bench ONLY=claims`."""
    tables, stands = [], []
    for past in SIZES:
        filled = claim_stand(stand, past)
        _let_vacuum_end(filled)
        table = Table(
            f"Claims decided through the database after {past:,} past claims"
            f" ({WORKERS} workers, load {os.getloadavg()[0]:.1f})"
        )
        if filled.filled_in is not None:
            table.add("filling the database", filled.filled_in, "s")
        disks = [disk_rate(FOLDER)]
        apart = _rate(filled, filled.client_ids)
        disks.append(disk_rate(FOLDER))
        hot = _rate(filled, filled.client_ids[:1])
        disk = max(disks)
        table.add("the disk alone", disk, "syncs/s", 1.0)
        for name, rate in ((f"on {len(filled.client_ids)} funds", apart), ("all on one fund", hot)):
            table.add(f"{name}: claims, against {GOAL}", rate, "claims/s", rate / GOAL, ">= 1.0")
            table.add(f"{name}: against the disk", rate, "claims/s", rate / disk, SHARE)
        table.add("what one hot fund leaves of it", hot / apart, "", hot / apart, ">= 0.8")
        stands.append(filled)
        tables.append(table)
    return [*tables, _one_by_one(stands)]


def _let_vacuum_end(filled: ClaimStand) -> None:
    """A million new rows are vacuumed in the background, which takes one of the two cores."""
    busy = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'"
    with filled.stand.server.connect(filled.name) as connection:
        for _ in range(_MOST_SECONDS_OF_VACUUM):
            if not connection.execute(busy).fetchone()[0]:  # type: ignore[index]
                return
            time.sleep(1)


def _rate(filled: ClaimStand, client_ids: Sequence[UUID]) -> float:
    """Claims a second of all workers together; each claim comes from the next client in turn."""
    need = EACH + _WARM
    drafts: list[_Drafts] = []
    for _ in range(WORKERS):
        of_clients = [_drafts(filled, client_id, -(-need // len(client_ids))) for client_id in client_ids]
        drafts.append([one for turn in zip(*of_clients, strict=True) for one in turn])
    context = multiprocessing.get_context("fork")
    database.current().dispose()
    begin = context.Barrier(WORKERS)
    with context.Pool(WORKERS, initializer=_start, initargs=(filled.url, begin)) as pool:
        spans = pool.map(_work, drafts, chunksize=1)
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return sum(span[2] for span in spans) / (last - first)


def _drafts(filled: ClaimStand, client_id: UUID, number: int) -> _Drafts:
    return [(client_id, claim, member) for claim, member in filled.drafts(client_id, number, token_hex(3))]


_begin: object = None


def _start(url: str, begin: object) -> None:
    global _begin  # noqa: PLW0603 - a barrier reaches a worker only when it starts
    _begin = begin
    database.connect(url)


def _work(drafts: _Drafts) -> tuple[float, float, int]:
    """When this worker began and ended, and how many claims it decided."""
    for one in drafts[:_WARM]:
        _decide(one)
    _begin.wait()  # type: ignore[attr-defined]
    begun = time.perf_counter()
    for one in drafts[_WARM:]:
        _decide(one)
    return begun, time.perf_counter(), len(drafts) - _WARM


def _decide(draft: tuple[UUID, UUID, UUID]) -> None:
    """What the API does when a member hands a claim in; a claim that waits for a person ends the bench."""
    client_id, claim_id, member_id = draft
    actor = Actor(Role.MEMBER, id=member_id, member_ids=(member_id,))
    with working_for(client_id, actor, language="id", channel="app") as scope:
        decided = service.submit_claim(scope, claim_id)
        assert decided.status == "approved", (decided.status, decided.flags)


def _counted(draft: tuple[UUID, UUID, UUID]) -> int:
    """How many statements a claim is, whoever sends them."""
    seen: list[object] = []
    execute = psycopg.Cursor.execute

    def noted(cursor: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        seen.append(query)
        return execute(cursor, query, *args, **kwargs)

    psycopg.Cursor.execute = noted  # type: ignore[method-assign]
    try:
        _decide(draft)
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]
    return len(seen)


def _busy() -> tuple[float, float]:
    """Processor seconds so far of this process and of the PostgreSQL process that serves it."""
    with database.current().engine.connect() as connection:
        pid = connection.connection.driver_connection.info.backend_pid  # type: ignore[union-attr]
    times = psutil.Process(pid).cpu_times()
    return time.process_time(), times.user + times.system


def _one_by_one(stands: Sequence[ClaimStand]) -> Table:
    """One worker alone: what a claim costs after much past against little, in turns so that both meet the same machine."""
    table = Table(f"What a claim costs, one worker, in {_ROUNDS} turns (load {os.getloadavg()[0]:.1f})")
    taken: dict[int, list[float]] = {filled.past: [] for filled in stands}
    spent: dict[int, tuple[float, float]] = dict.fromkeys(taken, (0.0, 0.0))
    for _ in range(_ROUNDS):
        for filled in stands:
            connect(filled)
            drafts = _drafts(filled, filled.client_ids[0], _TURN + _WARM)
            for one in drafts[:_WARM]:
                _decide(one)
            before = _busy()
            for one in drafts[_WARM:]:
                begun = time.perf_counter()
                _decide(one)
                taken[filled.past].append(1000 * (time.perf_counter() - begun))
            used = (now - then for now, then in zip(_busy(), before, strict=True))
            own, servers = (sum(pair) for pair in zip(spent[filled.past], used, strict=True))
            spent[filled.past] = own, servers
    least = stands[0].past
    for past, spans in taken.items():
        own, servers = (1000 * seconds / len(spans) for seconds in spent[past])
        lasts = median(spans) / median(taken[least])
        costs = sum(spent[past]) / sum(spent[least])
        table.add(f"after {past:,}: p50", median(spans), "ms", lasts, FLAT if past != least else "")
        table.add(f"after {past:,}: p95", percentiles(spans)["p95"], "ms")
        table.add(f"after {past:,}: processor time", own + servers, "ms", costs, FLAT if past != least else "")
        table.add(f"after {past:,}: the worker's part", own, "ms")
    carried = WORKERS * len(taken[least]) / sum(spent[least])
    table.add(f"what {WORKERS} cores can carry by that", carried, "claims/s")
    connect(stands[0])
    first, second = _drafts(stands[0], stands[0].client_ids[0], 2)
    _decide(first)
    table.add("statements of a claim, without the commit", _counted(second), "")
    return table
