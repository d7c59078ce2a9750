"""``python -m backend.migrations.apply``: let Alembic bring the schema up to date, or draft the next migration."""

from __future__ import annotations

import os
import sys

from alembic import command
from alembic.config import Config

from backend.migrations import VERSIONS, newest


def config(url: str) -> Config:
    """An Alembic configuration without an ini file."""
    made = Config()
    made.set_main_option("script_location", str(VERSIONS.parent))
    made.attributes["url"] = url
    return made


def migrate(url: str, revision: str = "head") -> None:
    """Apply every migration up to ``revision``; the URL signs in as the owner of the schema."""
    command.upgrade(config(url), revision)


def new(url: str, name: str) -> None:
    """Write a draft of the next migration from the difference between models and database."""
    command.revision(config(url), message=name, rev_id=f"{int(newest()) + 1:04}", autogenerate=True)


def main() -> None:
    """``apply`` or ``apply new NAME``."""
    url = os.environ["OWNER_DATABASE_URL"]
    if sys.argv[1:2] == ["new"]:
        new(url, sys.argv[2])
    else:
        migrate(url)


if __name__ == "__main__":
    main()
