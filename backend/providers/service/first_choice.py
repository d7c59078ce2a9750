"""The first-tier provider of a member: chosen and changed by the contract's rule, with its history (S0-22)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.clients import queries as client_queries
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.kit import clock
from backend.kit.refusal import Refusal
from backend.members import queries as members
from backend.notifications import service as notifications
from backend.providers import queries
from backend.providers.models import PrimaryProvider, Provider
from backend.providers.rules.first_choice import Candidate, ChoiceTerms, Held, first_day, may_choose


@dataclass(frozen=True, slots=True)
class Choices:
    """A member's choices as they stand today, and what a new one would mean."""

    now: PrimaryProvider | None
    planned: PrimaryProvider | None
    past: Sequence[PrimaryProvider]
    counts_from: date | Refusal


def primary_provider_of(scope: Scope, member_id: UUID, on: date) -> Provider | None:
    """The member's first-tier provider on a day; None when none was chosen for it yet."""
    choices = queries.primary_choices(scope, member_id)
    chosen = next((one for one in choices if _counts(one, on)), None)
    return queries.provider(scope, chosen.provider_id) if chosen else None


def choices_of(scope: Scope, member_id: UUID) -> Choices:
    """Now, planned and past, and from when a new choice would count; raises NotFound."""
    members.member(scope, member_id)
    found, today = queries.primary_choices(scope, member_id), _today(scope)
    now = next((one for one in found if _counts(one, today)), None)
    planned = next((one for one in found if one.starts_on > today), None)
    past = [one for one in found if one.ends_on is not None and one.ends_on < today]
    return Choices(now, planned, past, first_day(_held(scope, now, today), _terms(scope, today), today))


def choose(scope: Scope, member_id: UUID, provider_id: UUID) -> PrimaryProvider:
    """Make a provider the member's first one, from the day the contract's rule gives; the old one ends the day before.

    A choice that has not begun yet is replaced; choosing the present one again takes it back. Raises NotFound,
    RuleRefused with the rule that stands against it.
    """
    members.member(scope, member_id)
    queries.lock_choices(scope, member_id)
    today, found = _today(scope), choices_of(scope, member_id)
    terms = _terms(scope, today)
    if found.planned is not None and found.now is not None and provider_id == found.now.provider_id:
        return _taken_back(scope, found.now, found.planned)
    begins = found.counts_from
    if isinstance(begins, Refusal):
        raise RuleRefused.of(begins)
    now, planned = (_held(scope, one, today) for one in (found.now, found.planned))
    candidate = _candidate(scope, member_id, provider_id, begins)
    refusal = may_choose(candidate, now, planned, terms, network=_network(scope, member_id, begins))
    if refusal is not None:
        raise RuleRefused.of(refusal)
    return _chosen(scope, found, member_id, provider_id, begins)


def _chosen(scope: Scope, found: Choices, member_id: UUID, provider_id: UUID, begins: date) -> PrimaryProvider:
    moment = clock.now()
    if found.planned is not None:
        found.planned.replaced_at = moment
    if found.now is not None:
        if found.now.starts_on >= begins:
            found.now.replaced_at = moment
        else:
            found.now.ends_on = begins - timedelta(days=1)
    scope.session.flush()
    row = PrimaryProvider(
        client_id=scope.client_id,
        member_id=member_id,
        provider_id=provider_id,
        starts_on=begins,
        chosen_by=scope.actor.role.value,
        channel=scope.channel,
    )
    scope.session.add(row)
    scope.session.flush()
    _told(scope, row)
    return row


def _taken_back(scope: Scope, now: PrimaryProvider, planned: PrimaryProvider) -> PrimaryProvider:
    planned.replaced_at = clock.now()
    scope.session.flush()  # two choices that count never overlap, not even within this transaction
    now.ends_on = None
    scope.session.flush()
    _told(scope, now)
    return now


def _told(scope: Scope, row: PrimaryProvider) -> None:
    audit.record(scope, "update", "primary_provider", row.id, member_id=row.member_id, fields=["provider_id"])
    if scope.actor.role is not Role.MEMBER:
        notifications.notify(scope, "primary_provider_changed", row.member_id, {"starts_on": row.starts_on})


def _counts(row: PrimaryProvider, on: date) -> bool:
    return row.starts_on <= on and (row.ends_on is None or on <= row.ends_on)


def _held(scope: Scope, row: PrimaryProvider | None, on: date) -> Held | None:
    if row is None:
        return None
    network = _network(scope, row.member_id, on)
    return Held(row.provider_id, row.starts_on, _still_open(scope, row.provider_id, network, on))


def _still_open(scope: Scope, provider_id: UUID, network: str | None, on: date) -> bool:
    where = queries.network_standing(scope, provider_id, network, on)
    return where.in_network or (_terms(scope, on).panel == "any" and queries.provider(scope, provider_id).active)


def _candidate(scope: Scope, member_id: UUID, provider_id: UUID, on: date) -> Candidate:
    row = queries.provider(scope, provider_id)
    where = queries.network_standing(scope, provider_id, _network(scope, member_id, on), on)
    return Candidate(row.id, row.kind, row.tier, row.active, where)


def _network(scope: Scope, member_id: UUID, on: date) -> str | None:
    return queries.network_on(scope, member_id, on)


def _terms(scope: Scope, on: date) -> ChoiceTerms:
    terms = client_queries.terms_on(scope, on)
    return ChoiceTerms(terms.primary_provider_panel, terms.primary_provider_counts_from, terms.primary_provider_months)


def _today(scope: Scope) -> date:
    return clock.today(client_by_id(scope.client_id).timezone)
