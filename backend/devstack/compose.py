"""Finds Docker Compose, which checks docker-compose.yml; no Docker engine is needed for that."""

from __future__ import annotations

import shutil
import subprocess
from typing import Sequence  # noqa: UP035 (also read by older interpreters)

from backend.devstack import debian
from backend.devstack.progress import Steps


def find_compose() -> Sequence[str] | None:
    """Return the command: the plugin of Docker's client, else the program of that name, else None."""
    if shutil.which("docker"):
        plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        if plugin.returncode == 0:
            return ("docker", "compose")
    return ("docker-compose",) if shutil.which("docker-compose") else None


def ensure_compose(steps: Steps) -> None:
    """Install Compose where that is possible; elsewhere the test of the file tells that it could not."""
    if find_compose() is None and debian.may_install():
        debian.install(steps, "install Docker Compose", "docker-compose")
