"""Counts what a request asks the database, so that a hot route cannot grow a query unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from backend import database


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Run a block and collect every statement that goes through the pool, the opening ``app_begin`` included."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(" ".join(statement.split()))

    engine = database.current().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
