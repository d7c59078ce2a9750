"""Runs code that parses hostile bytes in a process of its own, with limits, without keys, and on a clock.

The parent keeps one child per `Sandbox`. A question is a JSON header over a socket pair with the file in shared
memory beside it (a third of the CPU of pushing it through the socket); an answer is a header, then blobs.
A child that is late or dies is replaced at the next question; one that has nothing to do for a while ends by
itself. It starts with an empty environment, so no secret of this process is in its memory.
"""

from __future__ import annotations

import atexit
import os
import resource
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

Answer = tuple[dict[str, Any], list[bytes]]

_ROOT = str(Path(__file__).resolve().parents[2])
_MOST_BYTES = 400_000_000
_LONGEST_HEADER = 4096
_SHORT_ANSWER = 4096
_LENGTH = struct.Struct("!I")
# Shared memory that stays mapped between questions: writing into pages that exist costs a fifth of new ones.
_KEPT_BYTES = 2_000_000


class SandboxFailed(RuntimeError):
    """The child did not answer: it died, ran out of its limits or out of time."""


class SandboxBusy(SandboxFailed):
    """Another thread holds the child for longer than the caller wanted to wait."""


class Sandbox:
    """One child process running `python -m module`, started when first needed; safe to share between threads."""

    def __init__(self, module: str, *, extra_path: str = "") -> None:
        self._module = module
        self._path = os.pathsep.join(filter(None, (_ROOT, extra_path)))
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None
        self._shared = -1
        atexit.register(self.close)

    def ask(self, header: dict[str, Any], blob: bytes, *, seconds: float, patience: float | None = None) -> Answer:
        """The child's answer. `seconds` covers sending, work and receiving; `patience` the wait for a busy child
        (default: `seconds`). Raises SandboxBusy, SandboxFailed."""
        if not self._lock.acquire(timeout=seconds if patience is None else patience):
            raise SandboxBusy(self._module)
        try:
            channel = self._channel()
            channel.settimeout(seconds)
            deadline = time.monotonic() + seconds
            os.pwrite(self._shared, blob, 0)
            channel.sendall(orjson.dumps({**header, "size": len(blob)}))
            return receive_answer(channel, deadline)
        except (OSError, EOFError, ValueError) as error:
            self._end()
            raise SandboxFailed(f"{self._module}: {type(error).__name__}") from error
        finally:
            if len(blob) > _KEPT_BYTES and self._shared >= 0:
                os.ftruncate(self._shared, 0)
            self._lock.release()

    def warm_up(self) -> None:
        """Start the child now, so that the first question does not wait for it."""
        with self._lock:
            self._channel()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _channel(self) -> socket.socket:
        if self._socket is not None and self._process is not None and self._process.poll() is None:
            return self._socket
        self._end()
        ours, theirs = socket.socketpair()
        self._shared = os.memfd_create("document", os.MFD_CLOEXEC)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, str(theirs.fileno()), str(self._shared)],
                pass_fds=[theirs.fileno(), self._shared],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd="/",
                env={"PYTHONPATH": self._path, "OMP_NUM_THREADS": "1", "PATH": os.defpath},
            )
        self._socket = ours
        return ours

    def _end(self) -> None:
        if self._socket is not None:
            self._socket.close()
            os.close(self._shared)
            self._socket, self._shared = None, -1
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def serve(
    handle: Callable[[dict[str, Any], bytes], Answer], *, memory_bytes: int, cpu_seconds: int, idle_seconds: float
) -> None:
    """The child's loop: answers frames until the parent hangs up or nothing came for `idle_seconds`.

    `cpu_seconds` is the allowance of each single question; the kernel ends the process that exceeds it.
    """
    channel, shared = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        channel.settimeout(idle_seconds)
        try:
            header, blob = receive_question(channel, shared)
        except (TimeoutError, EOFError, ConnectionError):
            return
        spent = sum(os.times()[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(spent) + 1 + cpu_seconds, resource.RLIM_INFINITY))
        channel.settimeout(None)
        send_answer(channel, *handle(header, blob))


def receive_question(channel: socket.socket, shared: int) -> tuple[dict[str, Any], bytes]:
    """The parent's header and the file. Raises EOFError when it hung up, TimeoutError when it is silent."""
    head = channel.recv(_LONGEST_HEADER)
    if not head:
        raise EOFError
    header = orjson.loads(head)
    return header, os.pread(shared, header.pop("size"), 0)


def send_answer(channel: socket.socket, header: dict[str, Any], blobs: list[bytes]) -> None:
    """The header and the blobs, each with its length."""
    head = orjson.dumps({**header, "blobs": [len(blob) for blob in blobs]})
    channel.sendall(_LENGTH.pack(len(head)) + head)
    for blob in blobs:
        channel.sendall(blob)


def receive_answer(channel: socket.socket, deadline: float) -> Answer:
    """What `send_answer` sent. Raises EOFError when the child ended, TimeoutError after `deadline` (monotonic)."""
    got = bytearray()
    _receive(channel, got, _LENGTH.size, deadline)
    start = _LENGTH.size + _LENGTH.unpack_from(got)[0]
    _receive(channel, got, start, deadline)
    header = orjson.loads(got[_LENGTH.size : start])
    blobs = []
    for length in header.pop("blobs"):
        _receive(channel, got, start + length, deadline)
        blobs.append(bytes(got[start : start + length]))
        start += length
    return header, blobs


def _receive(channel: socket.socket, got: bytearray, size: int, deadline: float) -> None:
    """Go on until `got` has `size` bytes; a short answer comes whole with the first system call."""
    if not 0 <= size <= _MOST_BYTES:
        raise ValueError("an impossible length")
    while len(got) < size:
        channel.settimeout(max(0.001, deadline - time.monotonic()))
        more = channel.recv(max(_SHORT_ANSWER, size - len(got)))
        if not more:
            raise EOFError
        got += more
