"""Drawings and typefaces as files, for whoever draws with them: a folder for each set, named by what is in it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2"}
LOGOS = {"light": "logo.svg", "dark": "logo-dark.svg", "mark": "mark.svg"}
"""What the drawings of a brand are called, by their kind."""

_chosen: Path | None = None


def use_cache(folder: Path) -> None:
    """Where this process lays files of published brands and drafts; create_app and the worker say it."""
    global _chosen  # noqa: PLW0603 - one folder per process
    _chosen = folder


def digest_of(content: bytes) -> str:
    """By what a file is known."""
    return hashlib.sha256(content).hexdigest()


def media_type(name: str) -> str:
    """Of a file by its ending; raises KeyError for one that no brand has."""
    return MEDIA_TYPES[Path(name).suffix]


def laid_out(files: Mapping[str, bytes]) -> Path:
    """The folder that holds exactly these files, written once whichever process comes first.

    Its name follows from names and contents, so what lies there never changes: answers made from it may be kept by
    path. Raises OSError when nothing can be written.
    """
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{digest_of(files[name])}\0".encode())
    cache = _cache()
    folder = cache / whole.hexdigest()[:40]
    if folder.is_dir():
        return folder
    made = Path(tempfile.mkdtemp(prefix=".", dir=cache))
    for name, content in files.items():
        (made / name).write_bytes(content)
    try:
        made.rename(folder)
    except OSError:
        shutil.rmtree(made)
        if not folder.is_dir():
            raise
    return folder


def _cache() -> Path:
    folder = _chosen or Path(tempfile.gettempdir()) / f"careline-brands-{os.getuid()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else: what lies there cannot be trusted")
    return folder
