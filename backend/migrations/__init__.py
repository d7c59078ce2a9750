"""Alembic migrations; run with ``python -m backend.commands.migrate``."""

from __future__ import annotations

from pathlib import Path

VERSIONS = Path(__file__).resolve().parent / "versions"


def newest() -> str:
    """The number of the last migration, by the names of the files: asking Alembic means importing it."""
    return max(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))
