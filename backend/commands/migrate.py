"""``python -m backend.commands.migrate``: bring the schema of OWNER_DATABASE_URL to the newest version.

Nearly every start finds it there already, so that is asked first, of the database alone: Alembic and every
model take seconds to import.
"""

from __future__ import annotations

import os
import sys

import psycopg

from backend.migrations import newest


def is_current(url: str) -> bool:
    """Whether the newest migration has been applied; an empty database is not current."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        try:
            done = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except psycopg.errors.UndefinedTable:
            return False
    return done == (newest(),)


def main() -> None:
    """``migrate`` or ``migrate new NAME``."""
    words = sys.argv[1:]
    if words or not is_current(os.environ["OWNER_DATABASE_URL"]):
        os.execv(sys.executable, [sys.executable, "-m", "backend.migrations.apply", *words])  # noqa: S606 (our own)


if __name__ == "__main__":
    main()
