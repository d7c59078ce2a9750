"""Finds a Chromium for the browser tests, or installs one the way this machine allows."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from backend.devstack import debian
from backend.devstack.places import VENV
from backend.devstack.progress import StepFailed, Steps

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """Return the path of a Chromium: $CARELINE_CHROMIUM, the PATH, else one that Playwright fetched."""
    named = os.environ.get("CARELINE_CHROMIUM")
    if named:
        return named
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            return found
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    fetched = sorted(cache.glob("chromium-*/chrome-linux*/chrome"), reverse=True)
    return str(fetched[0]) if fetched else None


def ensure_chromium(steps: Steps) -> str:
    """Return a Chromium, installing it if there is none.

    Raises StepFailed: without a browser its tests fail, they are not skipped.
    """
    found = find_chromium()
    if found:
        return found
    if debian.may_install():
        debian.install(steps, "install Chromium", "chromium", "fonts-liberation")
    else:
        steps.run("fetch Chromium", [VENV / "bin" / "python", "-m", "playwright", "install", "chromium"])
    found = find_chromium()
    if found is None:
        raise StepFailed("no Chromium, and none could be installed: install one or set CARELINE_CHROMIUM")
    return found
