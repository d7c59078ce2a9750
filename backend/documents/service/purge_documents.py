"""What was kept long enough is forgotten: first the rows, then the bytes nobody's row points at."""

from __future__ import annotations

from sqlalchemy import func, select

from backend.access import Scope
from backend.documents import queries
from backend.documents.vault import Vault, content_lock
from backend.kit import clock

_AT_ONCE = 500


def forget_expired(scope: Scope) -> dict[str, int]:
    """Delete the rows whose last day is over, at most 500; returns the pages of each content they held."""
    contents: dict[str, int] = {}
    for document in queries.expired(scope, clock.now().date(), _AT_ONCE):
        contents[document.fingerprint] = max(document.pages or 0, contents.get(document.fingerprint, 0))
        scope.session.delete(document)
    return contents


def forget_content(scope: Scope, vault: Vault, fingerprint: str, pages: int) -> bool:
    """Delete the bytes unless a document still holds them; returns whether they are gone.

    Holds the content's lock until the commit, so that an upload of the same content waits and writes it anew.
    """
    scope.session.execute(select(func.pg_advisory_xact_lock(content_lock(fingerprint))))
    if queries.with_same_content(scope, fingerprint):
        return False
    vault.forget(scope.client_id, fingerprint, pages)
    return True
