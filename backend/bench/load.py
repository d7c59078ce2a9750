"""Load on loopback: wrk for closed loops, an open loop of our own for honest tails."""

from __future__ import annotations

import asyncio
import os
import random
import re
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_GOOD = {b"200", b"201", b"202"}
_BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")


@dataclass(frozen=True, slots=True)
class Call:
    """One request as bytes on the wire."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def wire(self, port: int) -> bytes:
        """HTTP/1.1 with keep-alive."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.body:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode() + self.body


def ensure_wrk() -> str:
    """The wrk program; installed from Debian's packages when we may."""
    found = shutil.which("wrk")
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "wrk"], check=True, stdout=subprocess.DEVNULL)
        found = shutil.which("wrk")
    if not found:
        raise SystemExit("make bench needs wrk (apt-get install wrk)")
    return found


def closed_loop(port: int, calls: Sequence[Call], folder: Path, *, seconds: int, connections: int) -> float:
    """Answers per second with ``connections`` always busy; every call's headers in turn. Raises on any refusal."""
    script = folder / "calls.lua"
    rows = ",\n".join(
        f'wrk.format("{call.method}", "{call.path}", {{{", ".join(f"[{name!r}]={value!r}" for name, value in call.headers)}}})'
        for call in calls
    )
    script.write_text(
        f"local calls = nil\nlocal at = 0\nfunction init(args) calls = {{{rows}}} at = math.random(#calls) end\n"
        "function request() at = at % #calls + 1 return calls[at] end\n"
    )
    command = [ensure_wrk(), "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    bad, rate = _BAD.search(output), _RATE.search(output)
    if bad or not rate:
        raise RuntimeError(f"the server refused: {output}")
    return float(rate.group(1))


async def _connection(port: int, queue: asyncio.Queue[tuple[float, bytes] | None], seen: list[float]) -> None:
    async with connected(port) as (reader, writer):
        while (item := await queue.get()) is not None:
            due, wire = item
            await exchange(reader, writer, wire)
            seen.append(time.perf_counter() - due)


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """One kept connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()
        await writer.wait_closed()


async def exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wire: bytes) -> bytes:
    """Send one request and read its answer; RuntimeError unless it is 200, 201 or 202."""
    writer.write(wire)
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    body = await reader.readexactly(int(length.group(1)) if length else 0)
    if head.split(b" ", 2)[1] not in _GOOD:
        raise RuntimeError((head + body).decode(errors="replace"))
    return body


async def _open_loop(port: int, calls: Sequence[Call], rate: float, seconds: float, connections: int) -> list[float]:
    queue: asyncio.Queue[tuple[float, bytes] | None] = asyncio.Queue()
    seen: list[float] = []
    workers = [asyncio.create_task(_connection(port, queue, seen)) for _ in range(connections)]
    dice = random.Random(7)
    following = cycle(dice.sample(calls, len(calls)))
    due = start = time.perf_counter()
    while due - start < seconds:
        due += dice.expovariate(rate)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        queue.put_nowait((due, next(following).wire(port)))
    for _ in workers:
        queue.put_nowait(None)
    await asyncio.gather(*workers)
    return seen


def open_loop(
    port: int, calls: Sequence[Call], *, rate: float, seconds: float = 8, connections: int = 24
) -> dict[str, float]:
    """Latency in milliseconds from the scheduled instant, at ``rate`` arrivals per second (Poisson).

    The calls are made in a random order, each once before any is made again.
    """
    return percentiles([1000 * one for one in asyncio.run(_open_loop(port, calls, rate, seconds, connections))])


async def _each_once(port: int, calls: Iterator[Call]) -> list[float]:
    seen = []
    async with connected(port) as (reader, writer):
        for call in calls:
            started = time.perf_counter()
            await exchange(reader, writer, call.wire(port))
            seen.append(time.perf_counter() - started)
    return seen


async def _all_once(port: int, calls: Sequence[Call], connections: int) -> list[list[float]]:
    shared = iter(calls)
    return await asyncio.gather(*(_each_once(port, shared) for _ in range(connections)))


def each_once(port: int, calls: Sequence[Call], *, connections: int) -> list[float]:
    """Every call exactly once with ``connections`` always busy: milliseconds each. Raises on any refusal."""
    return [1000 * one for part in asyncio.run(_all_once(port, calls, connections)) for one in part]


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99."""
    ordered = sorted(milliseconds)
    return {f"p{share}": ordered[min(len(ordered) - 1, len(ordered) * share // 100)] for share in (50, 95, 99)}
