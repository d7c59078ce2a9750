"""Finds a client before any scope exists: from the slug in an address or the id in a token. Kept for a minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import cast
from uuid import UUID

from sqlalchemy import Table, select

from backend import database
from backend.clients.models import Client
from backend.errors import NotFound
from backend.kit import clock, ids

_KEEP = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What everybody may know about a client."""

    id: UUID
    slug: str
    name: str
    country: str
    currency: str
    timezone: str
    languages: tuple[str, ...]
    default_language: str


class _Shelf:
    """All active clients; one query fills it, a minute later the next reader fills it again."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read_at: datetime | None = None
        self._by_slug: dict[str, ClientFacts] = {}
        self._by_id: dict[UUID, ClientFacts] = {}

    def forget(self) -> None:
        self._read_at = None

    def by_slug(self, slug: str) -> ClientFacts:
        return self._found(self._fresh()._by_slug.get(slug) or self._again()._by_slug.get(slug))

    def by_id(self, client_id: UUID) -> ClientFacts:
        return self._found(self._fresh()._by_id.get(client_id) or self._again()._by_id.get(client_id))

    def all(self) -> tuple[ClientFacts, ...]:
        return tuple(self._fresh()._by_slug.values())

    @staticmethod
    def _found(facts: ClientFacts | None) -> ClientFacts:
        if facts is None:
            raise NotFound()
        return facts

    def _fresh(self) -> _Shelf:
        moment = clock.now()
        if self._read_at is None or not timedelta(0) <= moment - self._read_at < _KEEP:
            self._read(moment)
        return self

    def _again(self) -> _Shelf:
        # A client that another process has just added; strangers' guesses ask at most once a second.
        moment = clock.now()
        if self._read_at is None or moment - self._read_at > timedelta(seconds=1):
            self._read(moment)
        return self

    def _read(self, moment: datetime) -> None:
        with database.current().engine.connect() as connection:
            rows = connection.execute(select(Client.__table__).where(Client.__table__.c.active)).all()
            connection.commit()
        facts = [
            ClientFacts(
                row.id,
                row.slug,
                row.name,
                row.country,
                row.currency,
                row.timezone,
                tuple(row.languages),
                row.default_language,
            )
            for row in rows
        ]
        with self._lock:
            self._by_slug = {client.slug: client for client in facts}
            self._by_id = {client.id: client for client in facts}
            self._read_at = moment


_shelf = _Shelf()


def client_by_slug(slug: str) -> ClientFacts:
    """The active client with this slug; raises NotFound."""
    return _shelf.by_slug(slug)


def client_by_id(client_id: UUID) -> ClientFacts:
    """The active client with this id; raises NotFound."""
    return _shelf.by_id(client_id)


def all_clients() -> tuple[ClientFacts, ...]:
    """Every active client, for periodic work that goes from one to the next."""
    return _shelf.all()


def forget() -> None:
    """Ask again at the next question: a client was added or is called otherwise now."""
    _shelf.forget()


def register(
    *,
    slug: str,
    name: str,
    country: str,
    currency: str,
    timezone: str,
    languages: Sequence[str],
    default_language: str,
) -> ClientFacts:
    """Add a client, or bring what is registered under ``slug`` up to date; committed at once."""
    facts = {
        "name": name,
        "country": country,
        "currency": currency,
        "timezone": timezone,
        "languages": list(languages),
        "default_language": default_language,
    }
    table = cast(Table, Client.__table__)
    with database.current().engine.begin() as connection:
        known = connection.execute(select(table.c.id).where(table.c.slug == slug)).scalar()
        if known is None:
            connection.execute(
                table.insert().values(id=ids.new_id(), created_at=clock.now(), slug=slug, active=True, **facts)
            )
        else:
            connection.execute(table.update().where(table.c.id == known).values(**facts))
    _shelf.forget()
    return client_by_slug(slug)
