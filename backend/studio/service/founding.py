"""A new client: registered, and administered by whoever brought it in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, select

from backend.access import Role, Scope
from backend.accounts.models import StaffClient
from backend.audit import service as audit
from backend.clients import registry
from backend.clients.models import Client
from backend.errors import Conflict
from backend.kit import ids
from backend.studio import rules


def found_client(
    scope: Scope, *, slug: str, name: str, country: str, currency: str, timezone: str, languages: list[str]
) -> dict[str, Any]:
    """Register a client; the actor administers it from now on, beside the one they act for.

    Raises Conflict ``studio.slug_taken`` when somebody has the address already, or it is one of our own.
    """
    if slug in rules.RESERVED or scope.session.scalar(select(Client.id).where(Client.slug == slug)) is not None:
        raise Conflict(rules.SLUG_TAKEN, {"slug": slug})
    row = Client(
        id=ids.new_id(),
        slug=slug,
        name=name,
        country=country,
        currency=currency,
        timezone=timezone,
        languages=languages,
        default_language=languages[0],
        active=True,
    )
    scope.session.add(row)
    scope.session.flush()
    scope.session.add(StaffClient(staff_id=scope.actor.id, client_id=row.id, role=Role.ADMIN.value, provider_id=None))
    scope.session.flush()
    audit.record(scope, "create", "client", row.id)
    event.listen(scope.session, "after_commit", lambda _: registry.forget(), once=True)
    return {"id": row.id, "slug": slug}
