"""A member's first-tier provider as the API shows it: now, planned, before, and when a new choice would count."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend import languages
from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.kit import clock
from backend.kit.refusal import Refusal
from backend.providers import queries
from backend.providers.models import PrimaryProvider
from backend.providers.service.first_choice import choices_of


def shown_choices(scope: Scope, member_id: UUID) -> dict[str, Any]:
    """The member's first-tier provider for the API: now, planned, before, and from when a new choice would count."""
    found = choices_of(scope, member_id)
    audit.record_look(scope, "primary_provider", None, member_id=member_id)
    refusal = found.counts_from if isinstance(found.counts_from, Refusal) else None
    return {
        "member_id": member_id,
        "now": found.now and shown_choice(scope, found.now),
        "planned": found.planned and shown_choice(scope, found.planned),
        "past": [shown_choice(scope, one) for one in found.past],
        "counts_from": None if refusal else found.counts_from,
        "too_soon": refusal
        and {
            "reason": refusal.reason,
            "message": languages.message(refusal.reason, scope.language, refusal.figures),
        },
    }


def shown_choice(scope: Scope, row: PrimaryProvider) -> dict[str, Any]:
    """One choice for the API."""
    provider, today = queries.provider(scope, row.provider_id), clock.today(client_by_id(scope.client_id).timezone)
    network = queries.network_on(scope, row.member_id, today)
    where = queries.network_standing(scope, row.provider_id, network, today)
    return {
        "id": row.id,
        "provider": {
            "id": provider.id,
            "name": provider.name,
            "address": provider.address,
            "city": provider.city,
            "phone": provider.phone,
        },
        "in_network": where.in_network,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "chosen_by": row.chosen_by,
    }
