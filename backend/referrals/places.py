"""A facility as referrals see it: its tier, and whether its contract holds for a plan on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.providers import queries as providers
from backend.providers.models import Provider
from backend.providers.rules import Tier
from backend.providers.rules.standing import CONTRACT_ENDED
from backend.providers.service import primary_provider_of
from backend.referrals.rules import Desk


def desk_of(scope: Scope, provider_id: UUID, network: str | None, on: date) -> Desk:
    """The facility on a day; a plan without a network lets its members go anywhere. Raises NotFound."""
    standing = providers.network_standing(scope, provider_id, network, on)
    problem = standing.problem if network is not None else None
    ended = problem.figures["last_day"] if problem and problem.reason == CONTRACT_ENDED else None
    return Desk(provider_id, Tier(standing.tier) if standing.tier else None, problem is None, ended)


def first_tier_of(scope: Scope, member_id: UUID, on: date) -> Provider | None:
    """The first-tier clinic a member goes to on a day, when one is chosen (S0-22)."""
    return primary_provider_of(scope, member_id, on)
