"""Many rows in one statement: arrays of values unnested by PostgreSQL (COPY is refused under row-level security)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from psycopg import sql
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from backend.access import Scope


def insert_rows(scope: Scope, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows given column by column; every column has one value per row."""
    names = list(columns)
    statement = sql.SQL("INSERT INTO {} ({}) SELECT * FROM {}").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names)), _unnested(table, names)
    )
    scope.unit.raw().execute(statement, [list(values) for values in columns.values()])


def update_rows(scope: Scope, table: Table, columns: Mapping[str, Sequence[Any]], assignments: str, on: str) -> None:
    """``UPDATE table SET assignments FROM given WHERE on``; ``given`` has the columns, both texts are ours."""
    names = list(columns)
    statement = sql.SQL("UPDATE {} SET {} FROM {} AS given ({}) WHERE {}").format(
        sql.Identifier(table.name),
        sql.SQL(assignments),  # type: ignore[arg-type]
        _unnested(table, names),
        sql.SQL(", ").join(map(sql.Identifier, names)),
        sql.SQL(on),  # type: ignore[arg-type]
    )
    scope.unit.raw().execute(statement, [list(values) for values in columns.values()])


def _unnested(table: Table, names: Sequence[str]) -> sql.Composed:
    arrays = [sql.SQL("%s::{}[]").format(sql.SQL(_type(table, name))) for name in names]  # type: ignore[arg-type]
    return sql.SQL("unnest({})").format(sql.SQL(", ").join(arrays))


@cache
def _type(table: Table, name: str) -> str:
    return str(table.c[name].type.compile(dialect=postgresql.dialect()))
