"""Who asks: the scope of a request, from its token or made for what needs none."""

from __future__ import annotations

import functools
from uuid import UUID

from flask import g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from backend import database, languages, tokens
from backend.access import SYSTEM, Actor, Role, Scope
from backend.api import keys
from backend.database import UnitOfWork
from backend.errors import Forbidden, Unauthorized
from backend.kit import locales


def language_of_request() -> str:
    """The best of our languages for ``Accept-Language``."""
    return _best_language(request.headers.get("Accept-Language", ""), locales.codes())


@functools.lru_cache(maxsize=256)
def _best_language(wanted: str, known: tuple[str, ...]) -> str:
    return parse_accept_header(wanted, LanguageAccept).best_match(known) or languages.FALLBACK


def signed_in_scope(allowed: frozenset[Role], *, key_scope: str | None = None) -> Scope:
    """The scope of the bearer token, or where ``key_scope`` is named of a key that was let do this.

    Raises Unauthorized or Forbidden.
    """
    if keys.HEADER in request.headers:
        if key_scope is None:
            raise Forbidden()
        return open_scope(*keys.actor_of(request.headers[keys.HEADER], key_scope), channel=keys.CHANNEL)
    header = request.headers.get("Authorization", "")
    if not header.startswith("Bearer "):
        raise Unauthorized()
    client_id, actor = tokens.read(g.settings.token_key, header[7:])
    if actor.role not in allowed:
        raise Forbidden()
    return open_scope(client_id, actor)


def open_scope(client_id: UUID, actor: Actor = SYSTEM, *, channel: str = "app") -> Scope:
    """A scope whose unit of work is committed or rolled back at the edge of this request.

    Raises Forbidden ``branding.other_client`` at the own host name of another client (``web/hosts.py``): whatever proof
    somebody brings there, a token, a key, a code, it opens nothing.
    """
    if g.get("only_client_id", client_id) != client_id:
        raise Forbidden("branding.other_client")
    unit = database.current().unit(client_id, actor.session_id)
    units: list[UnitOfWork] = g.setdefault("units", [])
    units.append(unit)
    return Scope(
        unit, client_id, actor, language=language_of_request, request_id=g.get("request_id", ""), channel=channel
    )
