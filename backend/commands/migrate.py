"""``python -m backend.commands.migrate``: bring the schema of OWNER_DATABASE_URL to the newest version."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def config(url: str) -> Config:
    """An Alembic configuration without an ini file."""
    made = Config()
    made.set_main_option("script_location", str(_MIGRATIONS))
    made.attributes["url"] = url
    return made


def migrate(url: str, revision: str = "head") -> None:
    """Apply every migration up to ``revision``; the URL signs in as the owner of the schema."""
    command.upgrade(config(url), revision)


def new(url: str, name: str) -> None:
    """Write a draft of the next migration from the difference between models and database."""
    numbers = [int(path.name[:4]) for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")]
    number = f"{max(numbers, default=0) + 1:04}"
    command.revision(config(url), message=name, rev_id=number, autogenerate=True)


def main() -> None:
    """``migrate`` or ``migrate new NAME``."""
    url = os.environ["OWNER_DATABASE_URL"]
    if sys.argv[1:2] == ["new"]:
        new(url, sys.argv[2])
    else:
        migrate(url)


if __name__ == "__main__":
    main()
