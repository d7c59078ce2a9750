"""Preview links: made, listed, taken back, and what one shows."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from backend.access import Scope
from backend.audit import service as audit
from backend.branding import links
from backend.branding import queries as brands
from backend.branding.loader import Brand
from backend.clients.registry import client_by_id
from backend.errors import NotFound, RuleRefused
from backend.kit import clock, ids
from backend.studio import content, queries, rules
from backend.studio.content import Content
from backend.studio.models import BrandPreview
from backend.studio.service.drafting import begun

_TOKEN_BYTES = 24


def open_link(
    scope: Scope, *, days: int | None = None, minutes: int | None = None, live: bool = False
) -> dict[str, Any]:
    """A link that shows the draft as it is now, or ``live`` as it is saved; its address is told this once.

    Live links are for the studio's own frame: they stand on no list, and a person's oldest go when they open more.
    Raises RuleRefused ``studio.too_many_links``.
    """
    moment = clock.now()
    ended = BrandPreview.expires_at <= moment
    if live:
        ended |= BrandPreview.id.in_(queries.older_frames(scope, rules.MOST_FRAMES - 1))
    scope.session.execute(delete(BrandPreview).where(BrandPreview.client_id == scope.client_id, ended))
    if not live and queries.open_links(scope, moment) >= rules.MOST_LINKS:
        raise RuleRefused(rules.TOO_MANY_LINKS, {"most": rules.MOST_LINKS})
    draft, token = begun(scope), secrets.token_urlsafe(_TOKEN_BYTES)
    row = BrandPreview(
        client_id=scope.client_id,
        id=ids.new_id(),
        token_digest=_digest(token),
        live=live,
        settings=None if live else draft.settings,
        assets=None if live else draft.assets,
        number=draft.number,
        expires_at=rules.preview_ends(moment, days=days, minutes=minutes),
        created_by=scope.actor.id,
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "brand_preview", row.id)
    slug = client_by_id(scope.client_id).slug
    return {
        "id": row.id,
        "url": links.preview(slug, token),
        "expires_at": row.expires_at,
    }


def list_links(scope: Scope) -> list[dict[str, Any]]:
    """Links that are open, the newest first, without their addresses: those are kept nowhere."""
    return [
        {"id": row.id, "number": row.number, "created_at": row.created_at, "expires_at": row.expires_at}
        for row in queries.previews(scope, clock.now())
    ]


def close_link(scope: Scope, preview_id: UUID) -> None:
    """From now on the link shows nothing; raises NotFound."""
    row = queries.preview(scope, preview_id)
    row.revoked_at = row.revoked_at or clock.now()
    audit.record(scope, "delete", "brand_preview", row.id)


def previewed(scope: Scope, token: str) -> Brand:
    """The brand that a link of the scope's client shows; raises NotFound when it is another's, ended or taken back."""
    row = queries.preview_of_token(scope, _digest(token))
    if not rules.is_open(clock.now(), row.expires_at, row.revoked_at):
        raise NotFound()
    if row.settings is not None and row.assets is not None:
        known = Content(row.settings, row.assets)
    else:
        known = _as_it_is(scope)
    return content.brand(scope, client_by_id(scope.client_id), known)


def drafted(scope: Scope) -> Brand:
    """The brand of the draft as far as it is known."""
    row = begun(scope)
    return content.brand(scope, client_by_id(scope.client_id), Content(row.settings, row.assets))


def _as_it_is(scope: Scope) -> Content:
    """The draft; when it was published or thrown away, what is in force."""
    row = brands.draft(scope) or brands.published(scope)
    if row is None:
        raise NotFound()
    return Content(row.settings, row.assets)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
