"""Finds Docker Compose, which checks docker-compose.yml; no Docker engine is needed for that."""

from __future__ import annotations

import shutil
import subprocess
from typing import Sequence  # noqa: UP035 (also read by older interpreters)

from backend.devstack import debian
from backend.devstack.progress import Steps


def find_compose() -> Sequence[str] | None:
    """Return the command: the plugin of Docker's client, else the program of that name, else None."""
    for command in (("docker", "compose"), ("docker-compose",)):
        if shutil.which(command[0]):
            known = subprocess.run([*command, "version"], capture_output=True, check=False)
            if known.returncode == 0:
                return command
    return None


def ensure_compose(steps: Steps) -> None:
    """Install Compose where that is possible; elsewhere the test of the file tells that it could not."""
    if find_compose() is None and debian.may_install():
        debian.install(steps, "install Docker Compose", "docker-compose")
