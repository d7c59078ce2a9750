"""A use case in two round trips: what it will ask is fetched in one go, what it writes goes in one go.

The code of the use case stays as it is. Inside a ``Gathered`` unit of work the questions marked ``@remembered`` are
answered from what was fetched; rows, jobs and the posting are put aside until the caller sends them in one call to a
function of the database, so that locks are held for that call and the commit and not for many round trips.
What does not fit (a row to delete, an entry that the ledger does not take) raises ``Ungathered``: nothing has been
written then, and the caller does the same on the ordinary way, question by question.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

import psycopg
from sqlalchemy import inspect
from sqlalchemy.orm import Session, configure_mappers
from sqlalchemy.orm.attributes import manager_of_class

from backend.access import Scope
from backend.database import Base, UnitOfWork

_P = ParamSpec("_P")
_T = TypeVar("_T")
_Row = TypeVar("_Row", bound=Base)


class Ungathered(Exception):  # noqa: N818 - a fact to act upon, not a fault
    """Something that only the ordinary way can do."""


def remembered(ask: Callable[Concatenate[Scope, _P], _T]) -> Callable[Concatenate[Scope, _P], _T]:
    """Inside a gathered unit the same question is asked once, or not at all where its answer was fetched before."""

    @wraps(ask)
    def known(scope: Scope, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        memory = scope.unit.memory
        if memory is None or kwargs:
            return ask(scope, *args, **kwargs)
        if known in memory:
            nothing: _T = memory[known]
            return nothing
        key = (known, args)
        if key not in memory:
            memory[key] = ask(scope, *args, **kwargs)
        answer: _T = memory[key]
        return answer

    return known


class Gathered(UnitOfWork):
    """A unit of work over another one: remembers what was asked, keeps what is to be written until it is sent."""

    def __init__(self, under: UnitOfWork) -> None:
        super().__init__(under.database, under.client_id, under.session_id)
        self._under = under
        self.memory: dict[Hashable, Any] = {}
        self.rows: dict[str, list[Mapping[str, Any]]] = {}
        self.jobs: list[Mapping[str, Any]] = []
        self.posting: Mapping[str, Any] | None = None
        self._gathering = _GatheringSession(self, under)

    def know(self, ask: Callable[..., Any], *args: Any, answer: Any) -> None:
        """What ``ask`` (a remembered question) is answered for ``args``."""
        self.memory[ask, args] = answer

    def know_nothing(self, ask: Callable[..., Any], nothing: Any) -> None:
        """``ask`` has found ``nothing`` (None, an empty list), whatever it was asked about."""
        self.memory[ask] = nothing

    @property
    def session(self) -> Session:
        """Reads like the session below; what is added stays here."""
        return self._gathering  # type: ignore[return-value]

    def raw(self) -> psycopg.Connection[Any]:
        """The connection of the transaction below."""
        return self._under.raw()

    def ask(self, *statements: tuple[str, Mapping[str, Any]]) -> list[Any]:
        """As the unit below is asked: in its transaction."""
        return self._under.ask(*statements)

    def call(self, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        """Raises Ungathered: a function that writes is not put aside."""
        raise Ungathered

    def insert(self, table: Any, values: Mapping[str, Any]) -> None:
        """Keep a row until everything is sent."""
        self.rows.setdefault(str(table.name), []).append(values)

    def defer(self, task_name: str, queue: str, lock: str | None, args: Mapping[str, Any]) -> None:
        """Keep a job until everything is sent."""
        self.jobs.append({"queue_name": queue, "task_name": task_name, "priority": 0, "lock": lock, "args": args})

    def post(self, entry: Mapping[str, Any]) -> None:
        """Keep the ledger's entry; who sends it looks at what the ledger says. Raises Ungathered for a second one."""
        if self.posting is not None:
            raise Ungathered
        self.posting = entry

    def gathered(self) -> dict[str, Any]:
        """Everything that is to be written, by table."""
        rows = {name: list(kept) for name, kept in self.rows.items()}
        for added in self._gathering.added:
            rows.setdefault(added.__tablename__, []).append(values_of(added))
        return rows


class _GatheringSession:
    """As much of a session as use cases ask for: adding and looking up; everything else reads from the one below."""

    def __init__(self, unit: Gathered, under: UnitOfWork) -> None:
        self.added: list[Base] = []
        self._unit = unit
        self._under = under
        self._by_key: dict[tuple[type[Base], Any], Base] = {}

    def add(self, row: Base) -> None:
        """Keep a new row; its defaults are filled in at once, as a flush would."""
        for name, default in _defaults_of(type(row)):
            if row.__dict__.get(name) is None:
                setattr(row, name, default())
        self.added.append(row)
        self._by_key[type(row), (row.client_id, row.id)] = row  # type: ignore[attr-defined]

    def flush(self) -> None:
        """Nothing goes to the database before everything does."""

    def get(self, kind: type[Base], key: tuple[UUID, UUID]) -> Any:
        """A row that was added here, or one of the database."""
        return self._by_key.get((kind, key)) or self._under.session.get(kind, key)

    def delete(self, _row: Base) -> None:
        """Raises Ungathered."""
        raise Ungathered

    def __getattr__(self, name: str) -> Any:
        if name not in {"execute", "scalar", "scalars", "expunge"}:
            raise Ungathered(name)
        return getattr(self._under.session, name)


def values_of(row: Base) -> dict[str, Any]:
    """The columns of a row; what was never set is None."""
    known = row.__dict__
    return {name: known.get(name) for name in _columns_of(type(row))}


_columns: dict[type[Base], Sequence[str]] = {}
_made: dict[type[Base], Sequence[tuple[str, Callable[[], Any]]]] = {}


def _columns_of(kind: type[Base]) -> Sequence[str]:
    if kind not in _columns:
        _columns[kind] = [str(column.key) for column in inspect(kind).columns]
    return _columns[kind]


def _defaults_of(kind: type[Base]) -> Sequence[tuple[str, Callable[[], Any]]]:
    if kind not in _made:
        _made[kind] = [
            (str(column.key), _maker(column.default)) for column in inspect(kind).columns if column.default is not None
        ]
    return _made[kind]


def _maker(default: Any) -> Callable[[], Any]:
    if default.is_callable:
        return lambda: default.arg(None)
    return lambda: default.arg


_readers: dict[type[Base], Mapping[str, Callable[[Any], Any]]] = {}
_FROM_TEXT: Mapping[type, Callable[[Any], Any]] = {
    UUID: UUID,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


def row_of(kind: type[_Row], read: Mapping[str, Any]) -> _Row:
    """A row as the database writes it in JSON."""
    if kind not in _readers:
        configure_mappers()
        columns = {column.key: column.type.python_type for column in inspect(kind).columns}
        _readers[kind] = {name: _FROM_TEXT[of] for name, of in columns.items() if of in _FROM_TEXT}
    readers = _readers[kind]
    values = {
        name: readers[name](value) if value is not None and name in readers else value for name, value in read.items()
    }
    row = manager_of_class(kind).new_instance()
    row.__dict__.update(values)  # as a loaded row is filled: nothing of it has changed yet
    return cast(_Row, row)
