"""Production has a thread for every desk that may wait, in the container as in the local stack."""

from pathlib import Path

from backend.devstack.stack import stack_parts
from backend.turnstile import AT_ONCE, THREADS
from tests.structure.source import BACKEND

OPEN_DESKS = 200


def _threads(command: str) -> int:
    words = command.replace('"', " ").replace(",", " ").split()
    return int(words[words.index("--blocking-threads") + 1])


def test_two_hundred_desks_may_wait_at_one_process():
    assert THREADS >= OPEN_DESKS + AT_ONCE


def test_the_container_has_as_many_threads():
    assert _threads((BACKEND / "Dockerfile").read_text(encoding="utf-8")) == THREADS


def test_the_local_stack_has_as_many_threads():
    names = ("CARELINE_PORT", "CARELINE_BOT_URL", "CARELINE_ACTIONS_URL", "CARELINE_STATE_DIR")
    parts = stack_parts(dict.fromkeys(names, "http://localhost:1"), Path("model"))
    (api,) = (part for part in parts if part.name == "api")
    assert _threads(" ".join(str(word) for word in api.command)) == THREADS
