"""A link for video, by the client's configuration: an address with a place for the consultation's secret room."""

from __future__ import annotations

from backend.access import Scope
from backend.branding.loader import brand_for
from backend.clients.registry import client_by_id
from backend.telemedicine.models import Teleconsultation


def link_of(scope: Scope, row: Teleconsultation) -> str | None:
    """Where doctor and member see each other; None while the client has no video."""
    pattern = brand_for(client_by_id(scope.client_id)).video_link
    return pattern.replace("{room}", row.room) if pattern else None
