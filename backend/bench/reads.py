"""The hot reads: card and benefits against the bare function and against the customary FastAPI peer."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median

from backend.bench.callgrind import instructions
from backend.bench.load import Call, closed_loop, open_loop
from backend.bench.servers import free_port, granian, serving, uvicorn
from backend.bench.stand import FOLDER, Stand
from backend.bench.tables import Table

_ROUNDS = 4
_SECONDS = 3
_CONNECTIONS = 16
_OPEN_RATE = 200
_WHAT = ("card", "benefits")


def _calls(stand: Stand, what: str) -> list[Call]:
    return [
        Call(
            "GET", f"/api/v1/members/{member}/{what}", (("Authorization", f"Bearer {token}"), ("Accept-Language", "id"))
        )
        for member, token in stand.members[:500]
    ]


def counted(stand: Stand) -> Table:
    """Instructions per request; deterministic, so this table gates."""
    table = Table("Instructions per read (callgrind, millions; baseline: bare WSGI function, hand-written SQL)")
    for what in _WHAT:
        base = instructions(f"backend.bench.inprocess:bare_{what}", stand.environment(), FOLDER)
        ours = instructions(f"backend.bench.inprocess:careline_{what}", stand.environment(), FOLDER)
        table.add(f"{what}: bare function", base / 1e6, "M", 1.0)
        table.add(f"{what}: Careline", ours / 1e6, "M", ours / base, "<= 2.0")
    return table


def rated(stand: Stand) -> list[Table]:
    """Answers per second (closed loop, 16 connections) and latency at 200 arrivals per second (open loop)."""
    ports = {name: free_port() for name in ("bare", "careline", "fastapi")}
    commands = {
        "bare": granian("backend.bench.bare:app", ports["bare"]),
        "careline": granian("backend.wsgi:app", ports["careline"]),
        "fastapi": uvicorn("backend.bench.customary:app", ports["fastapi"]),
    }
    with ExitStack() as running:
        for name, command in commands.items():
            running.enter_context(serving(command, ports[name], stand.environment(), FOLDER / f"{name}.log"))
        return [_rates(stand, ports), _tails(stand, ports)]


def _rates(stand: Stand, ports: dict[str, int]) -> Table:
    table = Table("Reads per second (wrk, 16 connections, 2 workers, medians of rounds)")
    for what in _WHAT:
        calls = _calls(stand, what)
        rounds = [
            {
                name: closed_loop(port, calls, FOLDER, seconds=_SECONDS, connections=_CONNECTIONS)
                for name, port in ports.items()
            }
            for _ in range(_ROUNDS)
        ]
        figure = {name: median(one[name] for one in rounds) for name in ports}
        against = {name: median(one["careline"] / one[name] for one in rounds) for name in ports}
        table.add(f"{what}: bare function", figure["bare"], "req/s", 1.0)
        table.add(f"{what}: Careline / bare", figure["careline"], "req/s", against["bare"], ">= 0.5")
        table.add(f"{what}: FastAPI, async ORM", figure["fastapi"], "req/s")
        table.add(f"{what}: Careline / FastAPI", figure["careline"], "req/s", against["fastapi"], ">= 2.5")
    return table


def _tails(stand: Stand, ports: dict[str, int]) -> Table:
    table = Table(f"Latency at {_OPEN_RATE} card reads/s (open loop, Poisson, from the scheduled instant)")
    calls = _calls(stand, "card")
    rounds = [{name: open_loop(ports[name], calls, rate=_OPEN_RATE) for name in ("bare", "careline")} for _ in range(3)]
    for share in ("p50", "p95", "p99"):
        base = median(one["bare"][share] for one in rounds)
        ours = median(one["careline"][share] for one in rounds)
        table.add(f"{share}: bare function", base, "ms", 1.0)
        table.add(f"{share}: Careline", ours, "ms", ours / base, "<= 3.0" if share == "p99" else "")
    return table
