"""Counts what a request asks the database, so that a hot route cannot grow a query unseen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from backend import database


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Run a block and collect every statement: those of the pool, the opening ``app_begin`` included, and those
    of the connection beside it that the hot routes use."""
    seen: list[str] = []
    current = database.current()
    at_once = current._at_once

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(" ".join(statement.split()))

    def noted_at_once(sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        seen.append(sql)
        return at_once(sql, params)

    ask = database.UnitOfWork.ask

    def noted_ask(unit: database.UnitOfWork, *statements: Any) -> list[Any]:
        seen.extend(["SELECT app_begin"] if unit._session is None else [])
        seen.extend(sql for sql, _ in statements)
        return ask(unit, *statements)

    engine = current.engine
    current._at_once = noted_at_once  # type: ignore[method-assign]
    database.UnitOfWork.ask = noted_ask  # type: ignore[method-assign]
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        del current._at_once
        database.UnitOfWork.ask = ask  # type: ignore[method-assign]
        event.remove(engine, "before_cursor_execute", note)
