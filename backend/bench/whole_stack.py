"""Everything as `make run` starts it: how long that takes, what it holds in memory, how long a turn of the bot takes."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import requests

from backend.bench import conversations
from backend.bench.conversations import SAID
from backend.bench.processes import memory
from backend.bench.servers import free_port
from backend.bench.stand import FOLDER, Stand
from backend.bench.tables import Table
from backend.devstack.bot_model import Training
from backend.devstack.demo_environment import keep_secrets
from backend.devstack.journey import talk
from backend.devstack.journey.member_steps import sign_in
from backend.devstack.progress import Steps
from backend.devstack.stack import Stack

_STATE = FOLDER / "stack"
_ROUNDS = 12
_WARM_UP = 2


def rated(stand: Stand) -> list[Table]:
    """A cold start, turns and webhooks and memory on it, a warm start. The bot's training is not counted."""
    shutil.rmtree(_STATE, ignore_errors=True)
    _STATE.mkdir(parents=True)
    Training(Steps(_STATE / "training.log")).finish()
    starts = Table("From nothing running to every part ready (the bot is trained already)")
    with _running() as (stack, seconds):
        starts.add("cold: new database, migrations, demo data", seconds, "s")
        measured = [
            _turns(stack),
            conversations.turns_per_second(_STATE, stack.port),
            conversations.webhooks_while_busy(stand, stack.demo(), stack.port),
            _memory(stack),
        ]
    with _running() as (_, seconds):
        starts.add("warm", seconds, "s", seconds / 30, "<= 1.0")
    return [*measured, starts]


@contextmanager
def _running() -> Iterator[tuple[Stack, float]]:
    with (_STATE / "said.log").open("w") as said:
        stack = Stack(_STATE, free_port(), Steps(_STATE / "logs" / "bench.log", said))
        began = time.monotonic()
        try:
            stack.prepare()
            stack.start()
            stack.until_ready()
            yield stack, time.monotonic() - began
        finally:
            stack.stop()


def _memory(stack: Stack) -> Table:
    table = Table("Memory of the running stack (proportional set: shared pages are divided among who shares them)")
    pids = {one.part.name: one.pid for one in stack.parts if one.pid}
    pids["postgres"] = _postmaster(_STATE / "pg")
    total = 0.0
    for name, pid in pids.items():
        proportional, resident, count = memory(pid)
        total += proportional
        table.add(f"{name} ({count} processes, resident {resident:,.0f} MB)", proportional, "MB")
    table.add("the whole stack", total, "MB")
    return table


def _postmaster(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().splitlines()[0])


def _turns(stack: Stack) -> Table:
    """The same words to the backend, which asks Rasa, and to Rasa itself; one after the other, no load."""
    demo = talk.Stack.of(_STATE / "demo.json")
    person = next(one for one in demo.demo["members"] if one["role"] == "employee")
    token = sign_in(demo, person["client"], person["phone"])["access_token"]
    ours: list[float] = []
    direct: list[float] = []
    for turn in range(_ROUNDS + _WARM_UP):
        for words in SAID:
            through, alone = _through_backend(demo, token, words), _of_rasa(person["client"], words)
            if turn >= _WARM_UP:
                ours.append(through)
                direct.append(alone)
    table = Table("A turn of the bot, one at a time (the same words to the backend and to Rasa itself)")
    table.add("p50: Rasa asked directly", median(direct), "ms", 1.0)
    table.add("p50: a message to the helpline", median(ours), "ms", median(ours) / median(direct), "<= 1.3")
    return table


def _through_backend(demo: talk.Stack, token: str, words: str) -> float:
    began = time.perf_counter()
    answer = demo.call(
        "POST", "/api/v1/conversations/messages", token=token, language="id", status=201, json={"text": words}
    )
    took = 1000 * (time.perf_counter() - began)
    talk.expect(any(one["author"] == "bot" for one in answer["messages"]), f"no answer to {words!r}")
    return took


_rasa = requests.Session()


def _of_rasa(client: str, words: str) -> float:
    secret = keep_secrets(_STATE / "secrets.env")["CARELINE_BOT_SECRET"]
    port = json.loads((_STATE / "run" / "ports.json").read_text())["bot"]
    slots: dict[str, Any] = {"language": "id", "client": client, "member_verified": True, "conversation": "bench"}
    body = {"sender": "bench", "channel": "app", "message": words, "metadata": {"slots": slots}}
    began = time.perf_counter()
    answer = _rasa.post(
        f"http://127.0.0.1:{port}/webhooks/helpline/webhook",
        json=body,
        headers={"X-Helpline-Secret": secret},
        timeout=20,
    )
    took = 1000 * (time.perf_counter() - began)
    answer.raise_for_status()
    talk.expect(answer.json()["replies"], f"Rasa says nothing to {words!r}")
    return took
