"""Steps that a person can watch: what runs, for how long, and what it said when it fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Iterator, Mapping, Sequence  # noqa: UP035 (also read by older interpreters)

_HEARTBEAT_S = 20.0
_LOG_TAIL_CHARACTERS = 4000


class StepFailed(RuntimeError):  # noqa: N818 (reads as the event that it is)
    """A step did not succeed; the message holds the end of its output."""


class Steps:
    """Prints one line for each step and keeps the output of its commands in `log_path`."""

    def __init__(self, log_path: Path, stream: IO[str] | None = None) -> None:
        log_path.parent.mkdir(parents=True, exist_ok=True)
        self.log_path = log_path
        self._stream = stream or sys.stdout
        self._lively = self._stream.isatty()

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Announce `what`, then tell how many seconds it took, or that it failed."""
        began = time.monotonic()
        self._line(f"{what} …")
        try:
            yield
        except BaseException:
            self._line(f"{what}: FAILED after {time.monotonic() - began:.1f} s", last=True)
            raise
        self._line(f"{what}: {time.monotonic() - began:.1f} s", last=True)

    def say(self, text: str) -> None:
        """Print a line that is no step."""
        print(text, file=self._stream, flush=True)

    def run(
        self,
        what: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        """Run the command as a step; `env` is added to our own environment. Raises StepFailed."""
        with self.step(what):
            self.finish(what, self.begin(command, env=env, cwd=cwd))

    def begin(
        self, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a command whose output goes to the log; `finish` waits for it."""
        with self.log_path.open("ab") as log:
            log.write(("\n$ " + " ".join(str(word) for word in command) + "\n").encode())
            log.flush()
            return subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=dict(os.environ, **(env or {})),
                cwd=str(cwd) if cwd else None,
            )

    def finish(self, what: str, process: subprocess.Popen[bytes]) -> None:
        """Wait for the command, telling now and then that it is still at work. Raises StepFailed."""
        began = spoke = time.monotonic()
        try:
            while process.poll() is None:
                time.sleep(0.05)
                now = time.monotonic()
                if now - spoke >= (1.0 if self._lively else _HEARTBEAT_S):
                    spoke = now
                    self._line(f"{what} … {now - began:.0f} s")
        except BaseException:
            process.terminate()
            process.wait(10)
            raise
        if process.returncode != 0:
            tail = self.log_path.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL_CHARACTERS:]
            raise StepFailed(f"{what} failed (exit {process.returncode}):\n{tail}\n(all of it: {self.log_path})")

    def _line(self, text: str, *, last: bool = False) -> None:
        if self._lively:
            print(f"\r\x1b[K  {text}", end="\n" if last else "", file=self._stream, flush=True)
        else:
            print(f"  {text}", file=self._stream, flush=True)
