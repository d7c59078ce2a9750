"""Which brands are in force, followed while the process runs: what was published lies over the folder's files.

One thread of each process asks once a second which versions the clients have (one statement, on a connection of its
own, so that no request pays for it) and reads those that are new. The process that publishes looks at once after its
commit. While the database is away the last known brands stay.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import psycopg

from backend.branding import assets, loader
from backend.branding.assets import laid_out
from backend.branding.loader import Brand
from backend.clients import registry
from backend.observability import log
from backend.settings import Settings

EVERY = 1.0
"""Seconds between two questions; a publication is seen everywhere within two."""

_IN_FORCE = """
SELECT id, slug, country, currency, brand_version_id FROM client WHERE active AND brand_version_id IS NOT NULL"""
_VERSION = "SELECT settings, assets FROM brand_version WHERE client_id = %s AND id = %s"
_FILES = "SELECT digest, content FROM brand_asset WHERE client_id = %s AND digest = ANY(%s)"
_UNREADABLE = (KeyError, ValueError, TypeError, OSError)


class Follower:
    """Knows the published brands of one database, and tells ``tell`` whenever they are others."""

    def __init__(self, url: str, tell: Callable[[Mapping[str, Brand]], None] = loader.lay_over) -> None:
        self.url = url
        self._tell = tell
        self._one_at_a_time = threading.Lock()
        self._connection: psycopg.Connection[Any] | None = None
        self._known: dict[str, tuple[UUID, Brand | None]] = {}
        """Version and brand by slug; no brand where the version cannot be read by this program."""
        self._away = False
        self._stopped = threading.Event()

    def follow(self) -> None:
        """Look now, and go on looking until ``stop``."""
        self.look()
        threading.Thread(target=self._go_on, name="brands", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()
        with self._one_at_a_time:
            self._hang_up()

    def look(self) -> None:
        """Read what was published since; while the database is away everything stays as it was, and a line says so."""
        with self._one_at_a_time:
            if self._stopped.is_set():
                return
            try:
                self._read()
            except psycopg.Error as error:
                self._hang_up()
                if not self._away:
                    log.warning("brands_not_asked", kind=type(error).__name__)
                self._away = True
                return
            if self._away:
                log.info("brands_asked_again")
            self._away = False

    def _go_on(self) -> None:
        while not self._stopped.wait(EVERY):
            self.look()

    def _read(self) -> None:
        if self._connection is None or self._connection.closed:
            options = "-c statement_timeout=5000 -c timezone=UTC"
            self._connection = psycopg.connect(self.url, autocommit=True, connect_timeout=5, options=options)
        rows = self._connection.execute(_IN_FORCE, prepare=True).fetchall()
        if {slug: version for _, slug, _, _, version in rows} == {slug: of for slug, (of, _) in self._known.items()}:
            return
        known = {}
        for client_id, slug, country, currency, version in rows:
            before = self._known.get(slug)
            if before and before[0] == version:
                known[slug] = before
            else:
                own = {"country": country, "currency": currency}
                brand = self._brand(self._connection, client_id, slug, own, version)
                known[slug] = (version, brand or (before[1] if before else None))
        self._known = known
        self._tell({slug: brand for slug, (_, brand) in known.items() if brand is not None})
        registry.forget()

    def _brand(
        self, connection: psycopg.Connection[Any], client_id: UUID, slug: str, own: dict[str, str], version: UUID
    ) -> Brand | None:
        with connection.transaction():
            connection.execute("SELECT app_begin(%s, NULL)", [client_id])
            row = connection.execute(_VERSION, [client_id, version]).fetchone()
            if row is None:
                return None
            settings, names = row
            found = dict(connection.execute(_FILES, [client_id, list(names.values())]).fetchall())
        try:
            folder = laid_out({name: found[digest] for name, digest in names.items()})
            return loader.composed(slug, {**settings, **own, "logo": dict(assets.LOGOS)}, folder)
        except _UNREADABLE as error:
            log.error("brand_unreadable", slug=slug, version=str(version), kind=type(error).__name__)
            return None

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


_follower: Follower | None = None


def follow(settings: Settings) -> None:
    """Lay published brands over the folder's for as long as this process runs; what was followed before is left."""
    global _follower  # noqa: PLW0603 - one database per process
    stop()
    loader.use_directory(settings.brands_dir)
    assets.use_cache(settings.brand_cache_dir)
    _follower = Follower(settings.database_url)
    _follower.follow()


def look_once(url: str) -> None:
    """For a command: lay over what is published at this moment in the database at ``url``."""
    follower = Follower(url)
    follower.look()
    follower.stop()


def look() -> None:
    """See what has been published until now, without waiting for the next second."""
    if _follower is not None:
        _follower.look()


def stop() -> None:
    """Only the folder's brands are known again."""
    global _follower  # noqa: PLW0603 - one database per process
    if _follower is not None:
        _follower.stop()
        _follower = None
    loader.lay_over({})
