"""Engine, declarative base and the unit of work: one transaction per request or job, one client inside it.

The application signs in to PostgreSQL as a role without BYPASSRLS. ``app_begin`` tells the database
which client the transaction belongs to; row-level security refuses every other client's rows even
when a query forgets its filter. Read-only work ends with COMMIT too: psycopg forgets all prepared
statements at a ROLLBACK.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy import DateTime, Engine, MetaData, create_engine, insert, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

from backend.errors import Unauthorized
from backend.kit import clock, ids

DOMAINS = (
    "clients",
    "accounts",
    "members",
    "benefits",
    "providers",
    "documents",
    "adjudication",
    "claims",
    "plan_changes",
    "funds",
    "complaints",
    "referrals",
    "guarantees",
    "visits",
    "calendars",
    "notifications",
    "audit",
    "helpline",
    "staffing",
    "diagnoses",
    "telemedicine",
    "conversations",
    "reports",
    "branding",
    "studio",
    "launches",
    "privacy",
    "web",
)

_BEGIN = text("SELECT app_begin(:client_id, :session_id)")


class Base(DeclarativeBase):
    """All tables; constraint names are predictable so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: DateTime(timezone=True),
        dict[str, Any]: postgresql.JSONB,
        list[Any]: postgresql.JSONB,
    }


class OfClient:
    """A row of one client: ``client_id`` leads the primary key, row-level security protects the table."""

    @declared_attr
    def client_id(cls) -> Mapped[UUID]:  # noqa: N805
        return mapped_column(primary_key=True)

    @declared_attr
    def id(cls) -> Mapped[UUID]:  # noqa: N805
        return mapped_column(primary_key=True, default=ids.new_id)

    @declared_attr
    def created_at(cls) -> Mapped[datetime]:  # noqa: N805
        return mapped_column(default=clock.now)


class Database:
    """The connections of this process: a pool for units of work, beside it autocommit ones for single statements.

    The latter are handed on from thread to thread, the one used last first: its statements are prepared.
    """

    def __init__(self, url: str, *, pool_size: int = 8) -> None:
        self.url = url
        self.engine: Engine = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_size=pool_size,
            max_overflow=4,
            pool_pre_ping=True,
            pool_timeout=5,
            connect_args={"connect_timeout": 5, "options": "-c statement_timeout=15000 -c timezone=UTC"},
        )
        self._idle: deque[psycopg.Cursor[Any]] = deque()

    def unit(self, client_id: UUID | None, session_id: UUID | None = None) -> UnitOfWork:
        """A unit of work that opens nothing until it is used."""
        return UnitOfWork(self, client_id, session_id)

    def read(self, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        """First row of one statement in one round trip, always prepared, outside any unit of work.

        For the hot reads only: ``sql`` calls a function that sets the client itself.
        """
        return self._at_once(sql, params)

    def write(self, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        """First row of one statement that is a whole transaction, in one round trip, durable when this returns.

        For the hot writes only: ``sql`` calls a function that sets the client itself and may be run twice,
        because after a lost connection nobody knows whether the first try was committed.
        """
        return self._at_once(sql, params)

    def _at_once(self, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        for attempt in (1, 2):
            cursor = self._free_cursor()
            try:
                return cursor.execute(sql, params, prepare=True).fetchone()
            except psycopg.OperationalError:
                cursor.connection.close()
                self._close_idle()  # most likely PostgreSQL was restarted, and they are dead too
                if attempt == 2:
                    raise
            finally:
                if not cursor.connection.closed:
                    self._idle.append(cursor)
        return None

    def ask(
        self, client_id: UUID | None, session_id: UUID | None, statements: Sequence[tuple[str, Mapping[str, Any]]]
    ) -> list[Any]:
        """Rows of the last of some reading statements, all of them for the client and sent together in one round trip.

        What is sent together is one transaction for PostgreSQL, so the client that the first statement sets holds for
        the others and not after them. Raises Unauthorized when the sign-in has ended.
        """
        for attempt in (1, 2):
            cursor = self._free_cursor()
            try:
                return _asked_together(cursor.connection, client_id, session_id, statements)
            except psycopg.OperationalError:
                cursor.connection.close()
                self._close_idle()
                if attempt == 2:
                    raise
            finally:
                if not cursor.connection.closed:
                    self._idle.append(cursor)
        return []

    def _free_cursor(self) -> psycopg.Cursor[Any]:
        """One that nobody uses, with its connection: to make one costs more than to ask with it."""
        try:
            return self._idle.pop()
        except IndexError:
            connection = psycopg.connect(
                self.url, autocommit=True, connect_timeout=5, options="-c statement_timeout=5000 -c timezone=UTC"
            )
            return connection.cursor()

    def _close_idle(self) -> None:
        while self._idle:
            with suppress(IndexError):  # another thread took the last one
                self._idle.pop().connection.close()

    def dispose(self) -> None:
        """Close every connection that is not in use."""
        self.engine.dispose()
        self._close_idle()


def _asked_together(
    connection: psycopg.Connection[Any],
    client_id: UUID | None,
    session_id: UUID | None,
    statements: Sequence[tuple[str, Mapping[str, Any]]],
) -> list[Any]:
    cursor = connection.cursor(row_factory=namedtuple_row)
    with connection.pipeline():
        begun = connection.execute("SELECT app_begin(%s, %s)", [client_id, session_id], prepare=True)
        for sql, params in statements:
            cursor.execute(sql, params, prepare=True)
    if begun.fetchone() != (True,):
        raise Unauthorized("access.session_ended")
    while cursor.nextset():
        pass
    return cursor.fetchall()


class UnitOfWork:
    """One transaction for one client. Nothing is sent to PostgreSQL before ``session`` is first touched."""

    def __init__(self, database: Database, client_id: UUID | None, session_id: UUID | None) -> None:
        self.database = database
        self.client_id = client_id
        self.session_id = session_id
        self.memory: dict[Hashable, Any] | None = None
        """Answers that hold for the whole unit; only a gathered unit has any (see ``gathering``)."""
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The SQLAlchemy session, bound to the client; raises Unauthorized when the sign-in has ended."""
        if self._session is None:
            self._session = Session(self.database.engine, expire_on_commit=False)
            alive = self._session.execute(
                _BEGIN, {"client_id": self.client_id, "session_id": self.session_id}
            ).scalar_one()
            if not alive:
                raise Unauthorized("access.session_ended")
        return self._session

    def raw(self) -> psycopg.Connection[Any]:
        """The psycopg connection under the session, for what must join this very transaction."""
        return self.session.connection().connection.driver_connection  # type: ignore[return-value]

    def call(self, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        """First row of a statement that calls a function which begins for the client itself.

        While nothing was asked in this unit it is a transaction of its own (see ``Database.write``) and durable at
        once; afterwards it is a part of the unit.
        """
        if self._session is None:
            return self.database.write(sql, params)
        return self.raw().execute(sql, params).fetchone()

    def ask(self, *statements: tuple[str, Mapping[str, Any]]) -> list[Any]:
        """Rows (by name) of the last of some reading statements.

        While nothing was asked in this unit they go in one round trip of their own (see ``Database.ask``); afterwards
        they are a part of the unit.
        """
        if self._session is None:
            return self.database.ask(self.client_id, self.session_id, statements)
        cursor = self.raw().cursor(row_factory=namedtuple_row)
        for sql, params in statements:
            cursor.execute(sql, params)
        return cursor.fetchall()

    def holds(self, kind: type[Base], row_id: UUID) -> bool:
        """Whether this unit has rows that are not written yet, or has the row of ``kind`` in its hands."""
        session = self._session
        if session is None:
            return False
        key = (kind, (self.client_id, row_id), None)
        return bool(session.new or session.dirty) or key in session.identity_map

    def insert(self, table: Any, values: Mapping[str, Any]) -> None:
        """Write one row of a table without an object for it."""
        self.session.execute(insert(table).values(**values))

    def defer(self, task_name: str, queue: str, lock: str | None, args: Mapping[str, Any]) -> None:
        """Keeps a job; only a gathered unit does."""
        raise NotImplementedError

    def post(self, entry: Mapping[str, Any]) -> None:
        """Keeps an entry of the ledger; only a gathered unit does."""
        raise NotImplementedError

    def commit(self) -> None:
        """Make it durable; a unit that was never used costs nothing."""
        if self._session is not None:
            self._session.commit()

    def rollback(self) -> None:
        """Forget it."""
        if self._session is not None:
            self._session.rollback()

    def close(self) -> None:
        """Give the connection back."""
        if self._session is not None:
            self._session.close()
            self._session = None


class NoTransaction(Exception):  # noqa: N818 - a fact to act upon, not a fault
    """Somebody asked the database where there is no transaction."""


class ClosedUnit(UnitOfWork):
    """A unit of work that nobody may use: for looking at what is known already. Using it raises NoTransaction."""

    def __init__(self, client_id: UUID) -> None:
        super().__init__(current(), client_id, None)

    @property
    def session(self) -> Session:
        """Raises NoTransaction."""
        raise NoTransaction

    def call(self, sql: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
        """Raises NoTransaction."""
        raise NoTransaction

    def ask(self, *statements: tuple[str, Mapping[str, Any]]) -> list[Any]:
        """Raises NoTransaction."""
        raise NoTransaction


_current: Database | None = None


def connect(url: str) -> Database:
    """Make the process-wide database; called once by create_app and by the worker."""
    global _current  # noqa: PLW0603 - one database per process
    if _current is not None:
        _current.dispose()
    _current = Database(url)
    return _current


def current() -> Database:
    """The process-wide database."""
    if _current is None:
        raise RuntimeError("the database is not connected yet")
    return _current


def load_models() -> MetaData:
    """Import every domain's tables and return the whole schema."""
    import_module("backend.idempotency")
    for domain in DOMAINS:
        if find_spec(f"backend.{domain}") and find_spec(f"backend.{domain}.models"):
            import_module(f"backend.{domain}.models")
    return Base.metadata
