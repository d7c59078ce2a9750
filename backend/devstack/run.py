"""`make run`: starts everything, tells where it is, keeps it alive, stops it on Ctrl-C.

    python -m backend.devstack.run            in the foreground
    python -m backend.devstack.run up         in the background; returns when it is ready
    python -m backend.devstack.run down       stops what runs over this state folder
    python -m backend.devstack.run status

CARELINE_PORT (8080) is the public port, CARELINE_STATE_DIR (`.local`) the folder of everything that is kept.
"""

import argparse
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from backend.devstack.places import LOCAL, ROOT
from backend.devstack.postgres_programs import PostgresError
from backend.devstack.progress import StepFailed, Steps
from backend.devstack.stack import Stack, readiness

_STOP_TIMEOUT_S = 40.0
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Running(NamedTuple):
    """A run that goes on: its process id and its public port."""

    pid: int
    port: int


class AlreadyRunning(RuntimeError):  # noqa: N818 (a fact to tell, not a fault)
    """Another run holds this state folder."""


def main() -> int:
    """Do what the command line says; the exit code is 1 when something did not work."""
    parser = argparse.ArgumentParser(description="Runs Careline on this machine.")
    parser.add_argument("what", nargs="?", default="run", choices=["run", "up", "down", "status"])
    what = parser.parse_args().what
    state_dir = Path(os.environ.get("CARELINE_STATE_DIR") or LOCAL).absolute()
    port = int(os.environ.get("CARELINE_PORT") or 8080)
    commands = {"up": up, "down": down, "status": status}
    return commands[what](state_dir, port) if what in commands else run(state_dir, port)


def run(state_dir: Path, port: int) -> int:
    """Run in the foreground until SIGINT or SIGTERM."""
    steps = Steps(state_dir / "logs" / "run.log")
    for one in _STOP_SIGNALS:
        signal.signal(one, _interrupt)
    began = time.monotonic()
    try:
        with _only_one_run(state_dir, port) as ready:
            stack = Stack(state_dir, port, steps)
            try:
                stack.prepare()
                stack.start()
                stack.until_ready()
                ready()
                _welcome(stack, steps, time.monotonic() - began)
                while True:
                    time.sleep(0.25)
                    stack.look_after()
            finally:
                _ignore_more_signals()
                with steps.step("stop everything"):
                    stack.stop()
    except KeyboardInterrupt:
        return 0
    except AlreadyRunning as other:
        steps.say(f"Careline runs already ({other}); `make down` stops it")
        return 1
    except (StepFailed, PostgresError) as failed:
        steps.say(str(failed))
        return 1


def up(state_dir: Path, port: int) -> int:
    """Start in the background; return when it is ready, or with its last words when it is not."""
    log_path = state_dir / "logs" / "background.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "backend.devstack.run"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "CARELINE_STATE_DIR": str(state_dir), "CARELINE_PORT": str(port)},
            start_new_session=True,
        )
    shown = 0
    while True:
        text = log_path.read_text(errors="replace")
        print(text[shown:], end="", flush=True)
        shown = len(text)
        if process.poll() is not None:
            return process.returncode or 1
        running = _running(state_dir)
        if running and running.pid == process.pid and _ready_file(state_dir).exists():
            return 0
        time.sleep(0.2)


def down(state_dir: Path, _port: int) -> int:
    """Stop the run over this state folder and wait until nothing of it is left."""
    running = _running(state_dir)
    if running is None:
        print("Careline does not run")
        return 0
    os.kill(running.pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_TIMEOUT_S
    while _running(state_dir) == running:
        if time.monotonic() > deadline:
            print(f"process {running.pid} does not stop")
            return 1
        time.sleep(0.05)
    print("stopped")
    return 0


def status(state_dir: Path, _port: int) -> int:
    """Tell whether it runs and what is not ready; exit code 0 only when everything is."""
    running = _running(state_dir)
    if running is None:
        print("Careline does not run")
        return 1
    code, answer = readiness(running.port)
    print(f"process {running.pid}, port {running.port}: {answer.strip()}")
    return 0 if code == 200 else 1


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _ignore_more_signals() -> None:
    """A second Ctrl-C must not leave half of it running."""
    for one in _STOP_SIGNALS:
        signal.signal(one, signal.SIG_IGN)


@contextmanager
def _only_one_run(state_dir: Path, port: int) -> Iterator[Callable[[], None]]:
    """Hold the state folder; the lock falls with this process, however it ends."""
    path = _lock_file(state_dir)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunning("process {}, port {}".format(*(lock.read().split() or "??"))) from None
        _ready_file(state_dir).unlink(missing_ok=True)
        lock.truncate(0)
        lock.write(f"{os.getpid()} {port}")
        lock.flush()
        try:
            yield _ready_file(state_dir).touch
        finally:
            _ready_file(state_dir).unlink(missing_ok=True)


def _running(state_dir: Path) -> Running | None:
    """The run that holds the state folder."""
    path = _lock_file(state_dir)
    if not path.exists():
        return None
    with path.open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            words = lock.read().split()
            return Running(int(words[0]), int(words[1])) if words else None  # none: it is just starting
        return None


def _lock_file(state_dir: Path) -> Path:
    return state_dir / "run" / "supervisor.lock"


def _ready_file(state_dir: Path) -> Path:
    return state_dir / "run" / "ready"


def _welcome(stack: Stack, steps: Steps, seconds: float) -> None:
    demo = stack.demo()
    lines = [f"\nCareline is ready ({seconds:.0f} s).  Ctrl-C stops it.\n"]
    lines += [f"  {client['name']:<24} {stack.base_url}/c/{client['slug']}/" for client in demo.get("clients", [])]
    lines += [
        f"  {'Desk of the helpline':<24} {stack.base_url}/desk/",
        f"  {'Front desk of a hospital':<24} {stack.base_url}/provider/",
        f"  {'Money: fund and payments':<24} {stack.base_url}/finance/",
        f"  {'Workbench of claims':<24} {stack.base_url}/claims/",
        f"  {'Helpline simulator':<24} {stack.base_url}/simulator",
        f"  {'Everything sent':<24} {stack.base_url}/demo/outbox",
        f"  {'API documentation':<24} {stack.base_url}/docs",
        "\n  Members sign in with their phone; the code appears in the outbox:",
    ]
    lines += [
        f"    {member['phone'] or 'no phone':<16} {member['name']} ({member['role']}, {member['client']})"
        for member in demo.get("members", [])[:8]
    ]
    lines.append("\n  Staff:")
    lines += [f"    {one['email']:<34} {one['password']}   ({one['role']})" for one in demo.get("staff", [])[:10]]
    steps.say("\n".join(lines))


if __name__ == "__main__":
    sys.exit(main())
