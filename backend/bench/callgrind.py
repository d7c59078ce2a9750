"""Instructions per request, counted by valgrind's callgrind inside one process: the same on every machine.

    python -m backend.bench.callgrind MODULE:MAKE REQUESTS   (runs under valgrind, see `instructions`)

``MAKE()`` returns a callable that does one request. The counter is switched on only after the warm-up.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

_WARM_UP = 30
_COUNTED = re.compile(r"^(?:summary|totals): (\d+)", re.MULTILINE)


def ensure_valgrind() -> str:
    """The valgrind program; installed from Debian's packages when we may."""
    found = shutil.which("valgrind")
    if not found and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "valgrind"], check=True, stdout=subprocess.DEVNULL)
        found = shutil.which("valgrind")
    if not found:
        raise SystemExit("make bench needs valgrind (apt-get install valgrind)")
    return found


def instructions(target: str, environment: Mapping[str, str], folder: Path, *, requests: int = 100) -> float:
    """Instructions of one request of ``target`` (``module:factory``), averaged over ``requests``."""
    out = folder / f"callgrind.{target.replace(':', '.')}"
    for stale in folder.glob(out.name + "*"):
        stale.unlink()
    command = [
        ensure_valgrind(), "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={out}",
        sys.executable, "-m", "backend.bench.callgrind", target, str(requests),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **environment, "PYTHONHASHSEED": "0"})
    counts = [int(found) for path in folder.glob(out.name + "*") for found in _COUNTED.findall(path.read_text())]
    return max(counts) / requests


def main() -> None:
    """Warm up, switch the counter on, do the requests, switch it off."""
    module, factory = sys.argv[1].split(":")
    request = getattr(import_module(module), factory)()
    for _ in range(_WARM_UP):
        request()
    control = [shutil.which("callgrind_control") or "callgrind_control"]
    subprocess.run([*control, "--instr=on", str(os.getpid())], check=True, stdout=subprocess.DEVNULL)
    for _ in range(int(sys.argv[2])):
        request()
    subprocess.run([*control, "--instr=off", str(os.getpid())], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
