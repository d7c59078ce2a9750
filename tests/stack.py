"""The whole product as processes, for tests that speak to it over HTTP only.

Loaded by tests/conftest.py. Tests that use `running_stack` carry the mark `stack`; `make test` runs them in one
process: one stack per test run.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from backend.devstack.demo_environment import keep_ports
from backend.devstack.places import LOCAL, ROOT


@dataclass(frozen=True)
class RunningStack:
    """Where it answers, where its state and logs lie, and what the seed wrote for people and tests."""

    base_url: str
    state_dir: Path
    demo: Mapping[str, Any]

    def log(self, part: str) -> str:
        """What a part (api, worker, bot, actions, postgres) has written so far."""
        return (self.state_dir / "logs" / f"{part}.log").read_text(errors="replace")


@pytest.fixture(scope="session")
def running_stack() -> Iterator[RunningStack]:
    """Everything that `make run` starts, freshly seeded, on a free port and a state folder of its own."""
    state_dir = LOCAL / "test-stack"
    environment = {**os.environ, "CARELINE_STATE_DIR": str(state_dir)}
    environment["CARELINE_PORT"] = str(keep_ports(LOCAL / "test-stack-port.json", ["public"])["public"])
    run_stack("down", environment)
    shutil.rmtree(state_dir, ignore_errors=True)
    try:
        said = run_stack("up", environment)
        if said.returncode != 0:
            pytest.fail(f"the stack does not start:\n{said.stdout}\n{said.stderr}")
        demo = json.loads((state_dir / "demo.json").read_text())
        yield RunningStack(demo["base_url"], state_dir, demo)
    finally:
        run_stack("down", environment)
    assert processes_of(state_dir) == {}, "a stopped stack leaves no process behind"


def run_stack(what: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run `make up` or `make down` over the state folder that the environment names."""
    command = [sys.executable, "-m", "backend.devstack.run", what]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def processes_of(state_dir: Path) -> dict[int, str]:
    """The living processes of a stack by id, each with its command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            marked = f"CARELINE_STACK={state_dir}".encode() in (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if marked or f"postgres -D {state_dir}" in command:
            found[int(folder.name)] = command
    return found


def kill(pid: int) -> None:
    """End a process the hard way."""
    os.kill(pid, signal.SIGKILL)
