"""Starts the stack's parts as processes, restarts what dies, and leaves none behind.

Every part is the leader of a session of its own and carries the mark of its stack in its environment. So
all that it started can be found and ended, also by the next run when this one was killed, and nothing
that belongs to anybody else ever is.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MARK = "CARELINE_STACK"
"""Environment variable of every process of a stack: the folder of the stack's state."""

_KEEPS_ITS_MARK = {"SPT_NOENV": "1"}
"""Granian renames its process where `setproctitle` is installed; without this the new name overwrites the mark."""

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PATIENCE_S = 10.0
_FIRST_DELAY_S, _LONGEST_DELAY_S = 0.5, 30.0
_STEADY_AFTER_S = 60.0


@dataclass(frozen=True)
class Part:
    """One process of the stack: its name, its command and what it needs in its environment."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str] = field(default_factory=dict)


class Supervised:
    """A part that is kept alive: started again after a delay that doubles while it keeps dying."""

    def __init__(self, part: Part, state_dir: Path, cwd: Path, say: Callable[[str], None]) -> None:
        self.part = part
        self.log_path = state_dir / "logs" / f"{part.name}.log"
        self.restarts = 0
        self._mark = str(state_dir)
        self._cwd = cwd
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._delay = _FIRST_DELAY_S
        self._next_start = 0.0

    @property
    def pid(self) -> int | None:
        """The process id, or None while the part is down."""
        return self._process.pid if self._process is not None else None

    def keep_one_old_log(self) -> None:
        """Put the log of the run before aside; restarts within a run go on in the same file."""
        if self.log_path.exists():
            self.log_path.replace(self.log_path.with_suffix(".old.log"))

    def start(self) -> None:
        """Start the part; its output is added to its log."""
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [str(word) for word in self.part.command],
                cwd=self._cwd,
                env={**os.environ, **self.part.environment, **_KEEPS_ITS_MARK, MARK: self._mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches only us; we stop the parts in order
                preexec_fn=_die_with_parent,  # noqa: PLW1509 (this process has one thread)
            )
        self._started = time.monotonic()

    def look_after(self) -> None:
        """Notice a death, and start the part again when its delay is over."""
        now = time.monotonic()
        if self._process is not None:
            code = self._process.poll()
            if code is None:
                if now - self._started > _STEADY_AFTER_S:
                    self._delay = _FIRST_DELAY_S
                return
            _end_group(self._process.pid, signal.SIGKILL)  # what the dead one left running
            self._process = None
            self._next_start = now + self._delay
            self._say(f"{self.part.name} ended ({_how(code)}); starting it again in {self._delay:.1f} s")
            self._delay = min(self._delay * 2, _LONGEST_DELAY_S)
        if now >= self._next_start:
            self.restarts += 1
            self.start()

    def ask_to_stop(self) -> None:
        """Send SIGTERM to the part; `wait_until_stopped` insists."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_until_stopped(self, patience_s: float = _PATIENCE_S) -> None:
        """Wait for the part to end, then end by force whatever is left of it."""
        if self._process is None:
            return
        try:
            self._process.wait(patience_s)
        except subprocess.TimeoutExpired:
            self._say(f"{self.part.name} does not stop; ending it")
        _end_group(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


def end_orphans(state_dir: Path) -> list[int]:
    """End what an earlier run over the same state folder left running; returns the process ids.

    Only processes that carry this stack's mark in their environment, and never ourselves or our ancestors.
    """
    spared = _ourselves_and_ancestors()
    orphans = [pid for pid in _marked(str(state_dir)) if pid not in spared]
    for pid in orphans:
        _send(pid, signal.SIGTERM)
    deadline = time.monotonic() + _PATIENCE_S
    left = orphans
    while left and time.monotonic() < deadline:
        time.sleep(0.05)
        left = sorted(set(_marked(str(state_dir))) & set(orphans))
    for pid in left:
        _send(pid, signal.SIGKILL)
    return orphans


def _marked(mark: str) -> list[int]:
    wanted = f"{MARK}={mark}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
        except OSError:  # gone meanwhile, or somebody else's
            continue
    return found


def _ourselves_and_ancestors() -> set[int]:
    family, pid = set(), os.getpid()
    while pid > 1:
        family.add(pid)
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            break
    return family


def _die_with_parent() -> None:
    """A supervisor that is killed must not leave services behind (Linux; elsewhere `end_orphans` helps)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end_group(leader: int, how: signal.Signals) -> None:
    try:
        os.killpg(leader, how)
    except (ProcessLookupError, PermissionError):
        return


def _send(pid: int, how: signal.Signals) -> None:
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"
