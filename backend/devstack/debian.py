"""Installs packages of the system where it is Debian's family and we are root."""

from __future__ import annotations

import os
import shutil

from backend.devstack.progress import Steps

_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def may_install() -> bool:
    """Whether apt-get is there and we may use it."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(steps: Steps, what: str, *packages: str) -> None:
    """Install the packages as a step called `what`. Raises StepFailed."""
    steps.run("read the system's package lists", ["apt-get", "update", "-q"], env=_QUIET)
    steps.run(what, ["apt-get", "install", "-qy", "--no-install-recommends", *packages], env=_QUIET)
