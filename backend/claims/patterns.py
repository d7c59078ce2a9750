"""Every question about providers' habits: the figures of twelve months, what was found, what was set aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from backend.access import Scope
from backend.claims.circumstances import client_of, today_of
from backend.claims.habits import UNDER_LIMIT_PERCENT, Habits
from backend.claims.models import Claim, ProviderPattern, ProviderPatternRest
from backend.claims.queries import HANDED_IN
from backend.claims.rules import STAYS
from backend.clients.queries import terms_on
from backend.providers.models import Provider

LOOKED_BACK = timedelta(days=365)
"""How long a time is compared."""

# A day is closed when a facility that tells its hours has none on that day of the week; those with a stay are left out.
_HABITS = text(
    """
WITH visit AS MATERIALIZED (
    SELECT c.provider_id, c.visit_on, c.claimed_minor AS total, left(c.diagnosis, 3) AS illness
      FROM claim c
     WHERE c.client_id = :client_id AND c.provider_id IS NOT NULL AND c.status = ANY(:statuses)
       AND c.visit_on > :since AND c.visit_on <= :until AND c.currency = :currency AND c.claimed_minor IS NOT NULL
       AND NOT c.benefit_group = ANY(:stays)),
illness AS (SELECT provider_id, max(times) AS most FROM (
    SELECT provider_id, count(*) AS times FROM visit WHERE illness IS NOT NULL GROUP BY provider_id, illness) AS every
     GROUP BY provider_id),
same AS (SELECT provider_id, max(times) AS most FROM (
    SELECT provider_id, count(*) AS times FROM visit GROUP BY provider_id, total) AS every GROUP BY provider_id)
SELECT p.id AS provider_id, p.kind, p.tier, count(*) AS visits, count(DISTINCT v.visit_on) AS days,
       sum(v.total)::bigint AS billed, count(v.illness) AS coded, coalesce(max(illness.most), 0) AS most_diagnosis,
       count(*) FILTER (WHERE p.opening <> '{}'::jsonb AND coalesce(jsonb_array_length(
           p.opening -> (ARRAY['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])[extract(isodow FROM v.visit_on)::int]
       ), 0) = 0) AS closed_days,
       count(*) FILTER (WHERE v.total BETWEEN :nearly AND :limit) AS under_limit, max(same.most) AS most_total
  FROM visit v JOIN provider p ON p.id = v.provider_id
  JOIN same ON same.provider_id = v.provider_id
  LEFT JOIN illness ON illness.provider_id = v.provider_id
 GROUP BY p.id, p.kind, p.tier ORDER BY p.id
"""
)


def habits_of_providers(scope: Scope) -> list[Habits]:
    """What every provider with claims of the client did in the last twelve months, in the client's currency."""
    today = today_of(scope)
    limit = terms_on(scope, today).straight_through_limit_minor
    facts = {
        "client_id": scope.client_id,
        "statuses": [status.value for status in HANDED_IN],
        "stays": [group.value for group in STAYS],
        "since": today - LOOKED_BACK,
        "until": today,
        "currency": client_of(scope).currency,
        "nearly": limit * UNDER_LIMIT_PERCENT // 100,
        "limit": limit,
    }
    return [Habits(**row) for row in scope.session.execute(_HABITS, facts).mappings()]


def found_patterns(scope: Scope) -> list[ProviderPattern]:
    """What the last comparison found."""
    wanted = select(ProviderPattern).where(ProviderPattern.client_id == scope.client_id)
    return list(scope.session.scalars(wanted))


def forget_patterns(scope: Scope, before: date) -> None:
    """What the comparison of a later day no longer found is over."""
    scope.session.execute(
        delete(ProviderPattern).where(ProviderPattern.client_id == scope.client_id, ProviderPattern.seen_on < before)
    )


def patterns_with_names(scope: Scope) -> Sequence[Row[ProviderPattern, str, str]]:
    """The same with name and kind of the provider, by name."""
    wanted = (
        select(ProviderPattern, Provider.name, Provider.kind)
        .join(Provider, Provider.id == ProviderPattern.provider_id)
        .where(ProviderPattern.client_id == scope.client_id)
        .order_by(Provider.search_name, Provider.id, ProviderPattern.reason)
    )
    return scope.session.execute(wanted).all()


def rests(scope: Scope, provider_id: UUID | None = None) -> dict[tuple[UUID, str], ProviderPatternRest]:
    """What holds of what was set aside, the latest word on each habit; of one provider or of all."""
    wanted = (
        select(ProviderPatternRest)
        .where(ProviderPatternRest.client_id == scope.client_id)
        .ext(distinct_on(ProviderPatternRest.provider_id, ProviderPatternRest.reason))
        .order_by(
            ProviderPatternRest.provider_id,
            ProviderPatternRest.reason,
            ProviderPatternRest.created_at.desc(),
            ProviderPatternRest.id.desc(),
        )
    )
    if provider_id is not None:
        wanted = wanted.where(ProviderPatternRest.provider_id == provider_id)
    today = today_of(scope)
    return {(row.provider_id, row.reason): row for row in scope.session.scalars(wanted) if row.until >= today}


def pattern_flags(scope: Scope, claim: Claim) -> list[dict[str, Any]]:
    """The habits of the claim's provider as flags, except those that somebody set aside (S2-38, S2-45)."""
    if claim.provider_id is None:
        return []
    wanted = select(ProviderPattern).where(
        ProviderPattern.client_id == scope.client_id, ProviderPattern.provider_id == claim.provider_id
    )
    found = list(scope.session.scalars(wanted.order_by(ProviderPattern.reason)))
    aside = rests(scope, claim.provider_id) if found else {}
    return [
        {"reason": row.reason, "provider_id": str(row.provider_id), **row.figures}
        for row in found
        if (row.provider_id, row.reason) not in aside
    ]
