"""Finds the Python interpreters and uv that the installation needs, and fetches what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Sequence  # noqa: UP035 (also read by older interpreters)

from backend.devstack.places import TOOLS
from backend.devstack.progress import StepFailed, Steps

BACKEND_VERSIONS = ("3.11", "3.12", "3.13")
BOT_VERSIONS = ("3.10",)


def ensure_uv(steps: Steps) -> str:
    """Return the path of uv, installing it from the Python package index into `.local/tools` if need be."""
    own = TOOLS / "bin" / "uv"
    found = str(own) if own.exists() else shutil.which("uv")
    if found:
        return found
    python = _fitting_python(BACKEND_VERSIONS) or sys.executable
    steps.run("make a place for tools", [python, "-m", "venv", "--clear", TOOLS])
    # pip and not a download: pip already knows how this machine reaches its package index.
    steps.run("install uv", [TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"])
    return str(own)


def uv_environment() -> dict[str, str]:
    """What uv must be told because only pip is configured for it: the index and the certificates."""
    told = {"UV_PYTHON_DOWNLOADS": "manual"}  # a download is a step of its own that people see
    if not (os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("UV_INDEX_URL")):
        configured = subprocess.run(
            [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
            capture_output=True,
            text=True,
            check=False,
        )
        index = os.environ.get("PIP_INDEX_URL") or configured.stdout.strip()
        if index:
            told["UV_DEFAULT_INDEX"] = index
    if os.environ.get("PIP_CERT") and not os.environ.get("SSL_CERT_FILE"):
        told["SSL_CERT_FILE"] = os.environ["PIP_CERT"]
    return told


def ensure_python(versions: Sequence[str], uv: str, steps: Steps) -> str:
    """Return an interpreter of one of the versions: PATH, pyenv, uv's own, else fetched by uv.

    Raises StepFailed with what a person can do.
    """
    found = _fitting_python(versions) or _python_of_uv(versions, uv)
    if found:
        return found
    wanted = versions[0]
    try:
        steps.run(f"fetch Python {wanted}", [uv, "python", "install", wanted])
    except StepFailed as failed:
        raise StepFailed(
            f"Python {' or '.join(versions)} was not found on the PATH or under ~/.pyenv/versions, "
            f"and uv could not fetch it. Install it (for example `pyenv install {wanted}`) and run this "
            f"again.\n{failed}"
        ) from failed
    fetched = _python_of_uv((wanted,), uv)
    if fetched is None:
        raise StepFailed(f"uv fetched Python {wanted} but does not find it")
    return fetched


def _fitting_python(versions: Sequence[str]) -> str | None:
    for version in versions:
        if version == f"{sys.version_info[0]}.{sys.version_info[1]}":
            return str(Path(sys.base_prefix) / "bin" / f"python{version}")
        pyenv = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}.*/bin/python"), reverse=True)
        on_path = shutil.which(f"python{version}")
        for candidate in ([on_path] if on_path else []) + [str(path) for path in pyenv]:
            if _is_version(candidate, version):
                return candidate
    return None


def _is_version(python: str, version: str) -> bool:
    """Ask it: a pyenv shim exists for versions that are not switched on."""
    answer = subprocess.run(
        [python, "-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode == 0 and answer.stdout.strip() == version


def _python_of_uv(versions: Sequence[str], uv: str) -> str | None:
    for version in versions:
        answer = subprocess.run(
            [uv, "python", "find", "--managed-python", "--no-project", version],
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode == 0:
            return answer.stdout.strip()
    return None
