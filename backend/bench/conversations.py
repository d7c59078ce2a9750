"""Many conversations at once: turns per second against Rasa asked directly, and webhooks while the worker is busy."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import orjson
import requests

from backend.bench.crowd import settle
from backend.bench.load import Call, connected, exchange, open_loop, percentiles
from backend.bench.servers import free_port, granian, serving
from backend.bench.stand import FOLDER, Stand
from backend.bench.tables import Table
from backend.bench.webhooks import Hotline, message
from backend.devstack.demo_environment import keep_secrets

SAID = ("halo", "terima kasih", "selamat pagi", "kamu siapa?", "apa saja yang bisa kamu bantu?")
_PARALLEL = {1: 40, 10: 8, 100: 2}
"""Conversations at once, and the turns of each."""
_BOT_FAILURES = re.compile(r"^careline_bot_failures_total\{.*\} ([\d.e+]+)$", re.MULTILINE)
_RATE = 20
_SECONDS = 5
_ROUNDS = 3

Conversation = Callable[[str], Call]


def turns_per_second(state: Path, port: int) -> Table:
    """The same words in the same order by 1, 10 and 100 people at once, to the backend and to Rasa itself."""
    client = str(json.loads((state / "demo.json").read_text())["clients"][0]["slug"])
    ours = [_in_the_app(token) for token in settle(state, client, max(_PARALLEL))]
    direct = [_of_rasa(state, client, str(number)) for number in range(max(_PARALLEL))]
    bot_port = json.loads((state / "run" / "ports.json").read_text())["bot"]
    table = Table("Turns per second of conversations at once (the same words to Rasa itself and to the helpline)")
    for parallel, turns in _PARALLEL.items():
        base, base_waits = _held(bot_port, direct[:parallel], turns)
        before = _without_bot(port)
        rate, waits = _held(port, ours[:parallel], turns)
        alone = _without_bot(port) - before
        table.add(f"{parallel} at once: Rasa asked directly", base, "turns/s", 1.0)
        table.add(f"{parallel} at once: the helpline", rate, "turns/s", rate / base)
        table.add(f"{parallel} at once: p95 of Rasa", base_waits["p95"], "ms", 1.0)
        table.add(f"{parallel} at once: p95 of the helpline", waits["p95"], "ms", waits["p95"] / base_waits["p95"])
        table.add(f"{parallel} at once: answered without the bot", 100 * alone / (parallel * turns), "%")
    return table


def webhooks_while_busy(stand: Stand, demo: dict[str, Any], port: int) -> Table:
    """Arrivals at a fixed rate, faster than the worker answers them, so that it is busy all the time."""
    hotline = Hotline(demo["clients"][0]["whatsapp_number"], demo["base_url"], demo["twilio_auth_token"])
    bare = free_port()
    seen: dict[str, list[dict[str, float]]] = {"bare": [], "careline": []}
    with serving(granian("backend.bench.bare_writes:app", bare), bare, stand.environment(), FOLDER / "bare.log"):
        for _ in range(_ROUNDS):
            seen["careline"].append(_arriving(port, hotline))
            seen["bare"].append(_arriving(bare, Hotline()))
    table = Table(f"Webhook acknowledged, {_RATE} arrivals/s, the worker busy with answers (open loop)")
    for share in ("p50", "p95", "p99"):
        base, ours = (median(one[share] for one in seen[name]) for name in ("bare", "careline"))
        table.add(f"{share}: signature and one insert, beside it", base, "ms", 1.0)
        table.add(f"{share}: Careline", ours, "ms", ours / base, "<= 3.0" if share == "p95" else "")
    return table


def _arriving(port: int, hotline: Hotline) -> dict[str, float]:
    calls = [message(sender, hotline) for sender in range(int(_RATE * _SECONDS * 1.5))]
    return open_loop(port, calls, rate=_RATE, seconds=_SECONDS)


def _in_the_app(token: str) -> Conversation:
    headers = (("Authorization", f"Bearer {token}"), ("Accept-Language", "id"), ("Content-Type", "application/json"))
    return lambda words: Call("POST", "/api/v1/conversations/messages", headers, orjson.dumps({"text": words}))


def _of_rasa(state: Path, client: str, sender: str) -> Conversation:
    secret = keep_secrets(state / "secrets.env")["CARELINE_BOT_SECRET"]
    headers = (("X-Helpline-Secret", secret), ("Content-Type", "application/json"))
    slots = {"language": "id", "client": client, "member_verified": True, "conversation": "bench"}
    asked = {"sender": f"bench-{sender}", "channel": "app", "metadata": {"slots": slots}}
    path = "/webhooks/helpline/webhook"
    return lambda words: Call("POST", path, headers, orjson.dumps({**asked, "message": words}))


def _without_bot(port: int) -> float:
    """Turns so far that the helpline answered without the bot, because it took too long."""
    shown = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=20).text
    return sum(float(found) for found in _BOT_FAILURES.findall(shown))


def _held(port: int, people: Sequence[Conversation], turns: int) -> tuple[float, dict[str, float]]:
    """Turns per second, and how long each took (milliseconds)."""
    seen: list[float] = []
    began = time.perf_counter()
    asyncio.run(_all_talk(port, people, turns, seen))
    took = time.perf_counter() - began
    return len(seen) / took, percentiles(seen)


async def _all_talk(port: int, people: Sequence[Conversation], turns: int, seen: list[float]) -> None:
    # Each begins with another sentence, so that not everybody says the same at the same moment.
    said = (islice(cycle(SAID), at, at + turns) for at in range(len(people)))
    await asyncio.gather(*(_talk(port, one, words, seen) for one, words in zip(people, said, strict=True)))


async def _talk(port: int, one: Conversation, said: Iterator[str], seen: list[float]) -> None:
    async with connected(port) as (reader, writer):
        for words in said:
            began = time.perf_counter()
            await exchange(reader, writer, one(words).wire(port))
            seen.append(1000 * (time.perf_counter() - began))
