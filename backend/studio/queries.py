"""Every SELECT of the studio."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from backend.access import Scope
from backend.errors import NotFound
from backend.studio.models import BrandPreview


def previews(scope: Scope, now: datetime) -> list[BrandPreview]:
    """Links that are open and meant for somebody (the studio's own show nothing to others), the newest first."""
    query = select(BrandPreview).where(
        BrandPreview.client_id == scope.client_id,
        BrandPreview.revoked_at.is_(None),
        BrandPreview.expires_at > now,
        ~BrandPreview.live,
    )
    return list(scope.session.scalars(query.order_by(BrandPreview.created_at.desc(), BrandPreview.id.desc())))


def open_links(scope: Scope, now: datetime) -> int:
    """How many links of the client are open, without the studio's own."""
    query = select(func.count()).where(
        BrandPreview.client_id == scope.client_id,
        BrandPreview.revoked_at.is_(None),
        BrandPreview.expires_at > now,
        ~BrandPreview.live,
    )
    return scope.session.scalar(query) or 0


def older_frames(scope: Scope, kept: int) -> list[UUID]:
    """Live links of the actor beyond the newest ``kept``."""
    query = select(BrandPreview.id).where(
        BrandPreview.client_id == scope.client_id, BrandPreview.live, BrandPreview.created_by == scope.actor.id
    )
    return list(scope.session.scalars(query.order_by(BrandPreview.created_at.desc()).offset(kept)))


def preview(scope: Scope, preview_id: UUID) -> BrandPreview:
    """One link; raises NotFound."""
    found = scope.session.get(BrandPreview, (scope.client_id, preview_id))
    if found is None:
        raise NotFound()
    return found


def preview_of_token(scope: Scope, token_digest: bytes) -> BrandPreview:
    """The link with this token, if it is the client's; raises NotFound."""
    query = select(BrandPreview).where(
        BrandPreview.client_id == scope.client_id, BrandPreview.token_digest == token_digest
    )
    found = scope.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found
