"""A brand leaves the studio as files and comes back as a draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.branding import queries
from backend.clients.registry import client_by_id
from backend.errors import InvalidShape
from backend.kit.refusal import Refusal
from backend.studio import archive, content
from backend.studio.content import Content
from backend.studio.service.drafting import replace


def export(scope: Scope, version_id: UUID) -> tuple[str, bytes]:
    """File name and bytes of a version as a zip; raises NotFound."""
    row = queries.version(scope, version_id)
    client = client_by_id(scope.client_id)
    known = Content(row.settings, row.assets)
    audit.record(scope, "export", "brand_version", row.id)
    return f"{client.slug}-{row.number}.zip", archive.packed(client, known, content.files_of(scope, known))


def take_in(scope: Scope, upload: bytes) -> dict[str, Any]:
    """Put the brand of a zip into the draft, whoever it was made for.

    Raises InvalidShape ``studio.archive_unreadable``, ``studio.archive_drawing``, ``studio.settings_refused``.
    """
    found = archive.unpacked(upload)
    if isinstance(found, Refusal):
        raise InvalidShape(found.reason, {**found.figures, "file": [found.reason]})
    return replace(scope, *found)
