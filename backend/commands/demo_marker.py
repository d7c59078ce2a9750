"""Tells whether the demo was already put into this database from these files, without looking at its people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from backend.branding import loader
from backend.clients import registry
from backend.kit import clock
from backend.settings import Settings

_HERE = Path(__file__).parent


def marker(settings: Settings, slugs: Iterable[str]) -> str:
    """Changes with the cast, the brands, what puts them in, the year, the settings shown, and the database.

    The ids of the demo's clients stand for the database: another one has others, an empty one has none.
    """
    there = {client.slug: str(client.id) for client in registry.all_clients()}
    facts = [
        settings.public_url,
        settings.twilio_auth_token,
        str(clock.now().year),  # every year brings a plan year
        *(f"{slug}={there.get(slug)}" for slug in slugs),
    ]
    digest = hashlib.sha256("\n".join(facts).encode())
    for path in sorted(_files()):
        digest.update(path.name.encode() + b"\n" + path.read_bytes())
    return digest.hexdigest()


def _files() -> Iterable[Path]:
    yield from (path for path in _HERE.rglob("*") if path.suffix in {".py", ".yml", ".csv"})
    yield from loader.directory().glob("*.yml")
