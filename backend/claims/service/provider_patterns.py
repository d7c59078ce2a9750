"""Providers that bill unlike their peers: compared every night, shown to claims staff, set aside by a person."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.accounts.queries import display_names
from backend.audit import service as audit
from backend.claims import habits, patterns, rules
from backend.claims.circumstances import client_of, today_of
from backend.claims.flag_words import said
from backend.claims.models import ProviderPattern, ProviderPatternRest
from backend.errors import NotFound, RuleRefused
from backend.kit.deadlines import calendar_days_after
from backend.kit.money import Money

MOST_DAYS = 366
"""Nobody sets a habit aside for longer: then somebody looks again."""


def compare_providers(scope: Scope) -> int:
    """Compare the last twelve months of every provider with its peers and keep what is far off; returns how many.

    What was found before keeps its first day; what is no longer found is forgotten. Running twice changes nothing.
    """
    today = today_of(scope)
    known = {(row.provider_id, row.reason): row for row in patterns.found_patterns(scope)}
    found = habits.patterns(patterns.habits_of_providers(scope))
    for one in found:
        figures = _kept(one, client_of(scope).currency)
        row = known.get((one.provider_id, one.reason))
        if row is None:
            row = ProviderPattern(
                client_id=scope.client_id, provider_id=one.provider_id, reason=one.reason, first_seen_on=today
            )
            scope.session.add(row)
        row.figures, row.seen_on = figures, today
    scope.session.flush()
    patterns.forget_patterns(scope, today)
    return len(found)


def list_patterns(scope: Scope) -> dict[str, Any]:
    """Every habit that was found, in a sentence with its figures, and until when it is set aside."""
    aside = patterns.rests(scope)
    people = display_names(scope, {row.set_by for row in aside.values()})
    items = []
    for row, name, kind in patterns.patterns_with_names(scope):
        rest = aside.get((row.provider_id, row.reason))
        items.append(
            {
                "provider": {"id": row.provider_id, "name": name, "kind": kind},
                "reason": row.reason,
                "sentence": said(row.reason, row.figures, scope.language),
                "first_seen_on": row.first_seen_on,
                "seen_on": row.seen_on,
                "rest": rest and {"until": rest.until, "note": rest.note, "by": people.get(rest.set_by)},
            }
        )
    return {"items": items}


def set_aside(scope: Scope, provider_id: UUID, reason: str, until: date, note: str) -> dict[str, Any]:
    """A habit of a provider makes no flag until a day has passed, because of ``note``; the last word holds.

    Raises NotFound when no such habit was found, RuleRefused ``claims.rest_dates`` for a day that has passed or lies
    more than a year ahead.
    """
    if (provider_id, reason) not in {(row.provider_id, row.reason) for row in patterns.found_patterns(scope)}:
        raise NotFound()
    today = today_of(scope)
    last_day = calendar_days_after(today, MOST_DAYS)
    if not today <= until <= last_day:
        raise RuleRefused(rules.REST_DATES, {"first": today, "last": last_day})
    assert scope.actor.id is not None, "somebody who is signed in sets it aside"
    row = ProviderPatternRest(
        client_id=scope.client_id, provider_id=provider_id, reason=reason, until=until, note=note, set_by=scope.actor.id
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "provider_pattern_rest", row.id, fields=["provider_id", "reason", "until", "note"])
    return list_patterns(scope)


def _kept(pattern: habits.Pattern, currency: str) -> dict[str, Any]:
    if pattern.reason != habits.COST:
        return dict(pattern.figures)
    amounts = {name: Money(int(pattern.figures[name]), currency).as_json() for name in ("value", "median")}
    return {**pattern.figures, **amounts}
