"""Every SELECT of the branding domain. A client sees its own versions and drawings only."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select, tuple_

from backend.access import Scope
from backend.branding.models import BrandAsset, BrandState, BrandVersion
from backend.errors import NotFound
from backend.kit.pages import Cursor


def draft(scope: Scope, *, for_update: bool = False) -> BrandVersion | None:
    """What is being worked on; ``for_update`` for nobody else until the end of the transaction."""
    return _in_state(scope, BrandState.DRAFT, for_update=for_update)


def published(scope: Scope, *, for_update: bool = False) -> BrandVersion | None:
    """The version in force; None while the client's file is, or nothing but the defaults."""
    return _in_state(scope, BrandState.PUBLISHED, for_update=for_update)


def _in_state(scope: Scope, state: BrandState, *, for_update: bool) -> BrandVersion | None:
    query = select(BrandVersion).where(BrandVersion.client_id == scope.client_id, BrandVersion.state == state.value)
    if for_update:
        # What this transaction has read before may be older than the lock.
        query = query.with_for_update().execution_options(populate_existing=True)
    return scope.session.scalars(query).one_or_none()


def version(scope: Scope, version_id: UUID) -> BrandVersion:
    """One version; raises NotFound."""
    found = scope.session.get(BrandVersion, (scope.client_id, version_id))
    if found is None:
        raise NotFound()
    return found


def versions(scope: Scope, *, after: Cursor | None, limit: int) -> list[BrandVersion]:
    """All versions, the newest first."""
    query = select(BrandVersion).where(BrandVersion.client_id == scope.client_id)
    if after is not None:
        place = tuple_(BrandVersion.created_at, BrandVersion.id)
        query = query.where(place < tuple_(after.moment, after.id))  # type: ignore[arg-type]  # a row of two literals
    newest_first = query.order_by(BrandVersion.created_at.desc(), BrandVersion.id.desc())
    return list(scope.session.scalars(newest_first.limit(limit)))


def last_number(scope: Scope) -> int:
    """The highest number that a version has; 0 before the first."""
    query = select(func.max(BrandVersion.number)).where(BrandVersion.client_id == scope.client_id)
    return scope.session.scalar(query) or 0


def contents(scope: Scope, digests: Collection[str]) -> dict[str, bytes]:
    """Files by their digest."""
    query = select(BrandAsset.digest, BrandAsset.content).where(
        BrandAsset.client_id == scope.client_id, BrandAsset.digest.in_(digests)
    )
    return {row.digest: row.content for row in scope.session.execute(query)}


def sizes(scope: Scope, digests: Collection[str]) -> dict[str, int]:
    """Bytes of files by their digest."""
    query = select(BrandAsset.digest, func.length(BrandAsset.content).label("size")).where(
        BrandAsset.client_id == scope.client_id, BrandAsset.digest.in_(digests)
    )
    return {row.digest: row.size for row in scope.session.execute(query)}
