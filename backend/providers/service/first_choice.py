"""The first-tier provider of a member: who it is, chosen and changed by the contract's rule."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.providers import queries
from backend.providers.models import Provider


def primary_provider_of(scope: Scope, member_id: UUID, on: date) -> Provider | None:
    """The member's first-tier provider on a day; None when none was chosen for it yet."""
    choices = queries.primary_choices(scope, member_id)
    chosen = next((one for one in choices if one.starts_on <= on and (one.ends_on is None or on <= one.ends_on)), None)
    return queries.provider(scope, chosen.provider_id) if chosen else None
