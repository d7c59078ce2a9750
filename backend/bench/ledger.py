"""Postings and promises per second when eight writers draw on one client's fund, against the disk's own rate.

The disk's rate is fdatasync of a few bytes, one after the other, in the same run and folder: nothing that is durable
when it returns can be faster than a share of it while all of it waits behind one lock.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.types.json import Jsonb

from backend.bench.stand import CLIENT, FOLDER, Stand
from backend.bench.tables import Table

WRITERS = 8
SECONDS = 4.0
GOAL = ">= 0.15"
_CALL = (
    "WITH begun AS MATERIALIZED (SELECT app_begin(%s, NULL) AS alive)"
    " SELECT {function}(%s, %s)->>'outcome' FROM begun WHERE alive"
)
_SUMS = """
SELECT (SELECT COALESCE(sum(amount_minor), 0) FROM ledger_line),
       (SELECT count(*) FROM fund_balance b WHERE b.bank_minor <>
               (SELECT COALESCE(sum(amount_minor), 0) FROM ledger_line l
                 WHERE l.client_id = b.client_id AND l.account = 'bank'))
"""
_WHO = {"at": "2026-11-28T00:00:00+00:00", "actor_role": "system", "actor_id": None, "blocks": True}


def rated(stand: Stand) -> list[Table]:
    """The figures for `make bench ONLY=ledger`."""
    table = Table(f"Ledger, {WRITERS} writers on one fund (durable, against fdatasync of this disk)")
    disks = [disk_rate(FOLDER)]
    url = stand.server.url(stand.database)
    _fill(url)
    rates = {}
    for name, function, content in (
        ("a claim approved: plan, excess, payable", "ledger_post", _approval),
        ("a promise made", "fund_hold_to", _promise),
    ):
        rates[name] = _rate(url, function, content)
        disks.append(disk_rate(FOLDER))
    # Neighbours make the disk slower for a while: the best of its rates is the one to be measured against.
    disk = max(disks)
    table.add("the disk alone", disk, "syncs/s", 1.0)
    for name, rate in rates.items():
        table.add(name, rate, "calls/s", rate / disk, GOAL)
    with psycopg.connect(url) as connection:
        connection.execute("SELECT app_begin(%s, NULL)", (CLIENT,))
        row = connection.execute(_SUMS).fetchone()
    table.add("sum of all lines afterwards, and sums that differ", float(sum(row or (1,))), "minor units")
    return [table]


def disk_rate(folder: Path) -> float:
    """How often a second this disk makes a few bytes durable, one time after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    path, done = folder / "fdatasync", 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        ends = time.perf_counter() + SECONDS / 2
        while time.perf_counter() < ends:
            os.pwrite(descriptor, b"x" * 512, 0)
            os.fdatasync(descriptor)
            done += 1
    finally:
        os.close(descriptor)
        path.unlink()
    return done / (SECONDS / 2)


def _call(connection: psycopg.Connection[Any], function: str, content: dict[str, Any]) -> str:
    row = connection.execute(_CALL.format(function=function), (CLIENT, CLIENT, Jsonb(_WHO | content)), prepare=True)
    found = row.fetchone()
    assert found is not None
    outcome: str = found[0]
    return outcome


def _entry(lines: list[list[Any]], reason: str) -> dict[str, Any]:
    source = str(uuid4())
    return {
        "id": str(uuid4()),
        "posted_on": "2026-11-28",
        "currency": "IDR",
        "lines": lines,
        "reason": reason,
        "source_type": "bench",
        "source_id": source,
        "reverses_id": None,
        "hold": None,
        "digest": source,
    }


def _fill(url: str) -> None:
    """More money than the bench can spend, so that nothing is refused."""
    amount = 10**15
    with psycopg.connect(url, autocommit=True) as connection:
        _call(connection, "ledger_post", _entry([["bank", None, amount], ["deposit", None, -amount]], "deposit"))


def _approval(provider: UUID) -> dict[str, Any]:
    someone = str(provider)
    lines = [["receivable_excess", someone, 500], ["deposit", None, 9_500], ["payable_provider", someone, -10_000]]
    return _entry(lines, "claim_approved")


def _promise(source: UUID) -> dict[str, Any]:
    named = {"kind": "hold", "source_type": "bench", "source_id": str(source), "currency": "IDR"}
    return {"id": str(uuid4()), "key": uuid4().hex, "amount_minor": 10_000, **named}


def _rate(url: str, function: str, content: Callable[[UUID], dict[str, Any]]) -> float:
    context = multiprocessing.get_context("fork")
    with context.Pool(WRITERS) as pool:
        done = pool.starmap(_write, [(url, function, content)] * WRITERS)
    return sum(done)


def _write(url: str, function: str, content: Callable[[UUID], dict[str, Any]]) -> float:
    """What one writer gets done a second; a refusal would be no work, so it ends the bench."""
    with psycopg.connect(url, autocommit=True) as connection:
        for _ in range(10):
            _call(connection, function, content(uuid4()))
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < SECONDS:
            outcome = _call(connection, function, content(uuid4()))
            assert outcome in {"posted", "held"}, outcome
            done += 1
        return done / (time.perf_counter() - begun)
