"""Versions and drafts as the studio's page reads them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts import queries as accounts
from backend.branding import loader, queries
from backend.branding.assets import media_type
from backend.branding.models import BrandVersion
from backend.branding.rules.colours import colour_defects
from backend.branding.rules.merging import merge
from backend.clients.registry import client_by_id
from backend.kit.refusal import Refusal
from backend.languages import message
from backend.studio import content, rules
from backend.studio.content import Content


def versions_shown(scope: Scope, rows: Iterable[BrandVersion]) -> list[dict[str, Any]]:
    """Versions with the names of who made and published them."""
    found = list(rows)
    people = {one for row in found for one in (row.created_by, row.published_by) if one is not None}
    names = accounts.display_names(scope, people) if people else {}
    return [_version(row, names) for row in found]


def draft_shown(scope: Scope, row: BrandVersion) -> dict[str, Any]:
    """The draft with what it comes to, its files, and what can be said against it without drawing anything."""
    client = client_by_id(scope.client_id)
    known = Content(row.settings, row.assets)
    sizes = queries.sizes(scope, set(row.assets.values()))
    effective = content.effective(client, known)
    return {
        **versions_shown(scope, [row])[0],
        "revision": row.revision,
        "settings": row.settings,
        "effective": merge(loader.UNSAID, effective),
        "assets": [
            {
                "name": name,
                "media_type": media_type(name),
                "size": sizes[digest],
                "url": f"/api/v1/studio/draft/assets/{name}",
            }
            for name, digest in sorted(row.assets.items())
        ],
        "defects": shown(scope, _cheap_defects(scope, known)),
    }


def _cheap_defects(scope: Scope, known: Content) -> list[Refusal]:
    client = client_by_id(scope.client_id)
    found = content.unfinished(client, known)
    palettes = content.effective(client, known)["colours"].items()
    return found + [defect for scheme, palette in palettes for defect in colour_defects(scheme, palette)]


def shown(scope: Scope, defects: Iterable[Refusal]) -> list[dict[str, Any]]:
    """Defects as sentences in the reader's language, with the place where each is mended."""
    return [
        {
            "reason": one.reason,
            "message": message(one.reason, scope.language, one.figures),
            "place": rules.place_of(one),
            "severity": "must",
        }
        for one in defects
    ]


def _version(row: BrandVersion, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "state": row.state,
        "note": row.note,
        "created_at": row.created_at,
        "created_by": names.get(row.created_by) if row.created_by else None,
        "published_at": row.published_at,
        "published_by": names.get(row.published_by) if row.published_by else None,
    }
