"""Every question to the tables of benefits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from backend.access import Scope
from backend.benefits import stored
from backend.benefits.models import Benefit, BenefitLimit, Plan, UtilisationEntry
from backend.benefits.rules import Entry, Left, Limit, Period, Usage, remaining, usage_of
from backend.clients import queries as client_queries
from backend.errors import NotFound
from backend.gathering import remembered
from backend.members.models import Enrolment, Member


@dataclass(frozen=True, slots=True)
class Cover:
    """A member's plan on a day, since when it covers, and the policy year of that day."""

    member_id: UUID
    employee_id: UUID
    plan: Plan
    covered_since: date
    policy_year: Period


@dataclass(frozen=True, slots=True)
class LimitState:
    """A limit, what was used and held of it, and what is left."""

    limit: Limit
    usage: Usage
    left: Left


@dataclass(frozen=True, slots=True)
class Balance:
    """One benefit of a member's plan with the state of its limits."""

    benefit: Benefit
    limits: tuple[LimitState, ...]


def plan(scope: Scope, plan_id: UUID) -> Plan:
    """One plan version; raises NotFound."""
    found = scope.session.get(Plan, (scope.client_id, plan_id))
    if found is None:
        raise NotFound()
    return found


def plans(scope: Scope) -> list[Plan]:
    """Every plan version of the client, by code, the newest version first."""
    query = select(Plan).where(Plan.client_id == scope.client_id).order_by(Plan.code, Plan.valid_from.desc())
    return list(scope.session.scalars(query))


def plan_version(scope: Scope, code: str, on: date) -> Plan | None:
    """The version of a plan that is sold on a day."""
    query = select(Plan).where(Plan.client_id == scope.client_id, Plan.code == code, Plan.valid_from <= on)
    return scope.session.scalar(query.order_by(Plan.valid_from.desc()).limit(1))


def is_plan_used(scope: Scope, plan_id: UUID) -> bool:
    """Whether anybody is or was enrolled in this version."""
    query = select(Enrolment.id).where(Enrolment.client_id == scope.client_id, Enrolment.plan_id == plan_id)
    return scope.session.scalar(query.limit(1)) is not None


@remembered
def benefits_of(scope: Scope, plan_id: UUID) -> list[Benefit]:
    """The lines of a plan's table in its own order."""
    query = select(Benefit).where(Benefit.client_id == scope.client_id, Benefit.plan_id == plan_id)
    return list(scope.session.scalars(query.order_by(Benefit.position)))


@remembered
def limits_of(scope: Scope, plan_id: UUID) -> list[BenefitLimit]:
    """Every limit of a plan's benefits, in order."""
    query = (
        select(BenefitLimit)
        .join(Benefit, (Benefit.client_id == BenefitLimit.client_id) & (Benefit.id == BenefitLimit.benefit_id))
        .where(Benefit.client_id == scope.client_id, Benefit.plan_id == plan_id)
        .order_by(Benefit.position, BenefitLimit.position)
    )
    return list(scope.session.scalars(query))


@remembered
def cover_on(scope: Scope, member_id: UUID, on: date) -> Cover | None:
    """What covers a member on a day; None when nothing does. Raises NotFound for an unknown member."""
    member = scope.session.get(Member, (scope.client_id, member_id))
    if member is None:
        raise NotFound()
    query = (
        select(Plan)
        .join(Enrolment, (Enrolment.client_id == Plan.client_id) & (Enrolment.plan_id == Plan.id))
        .where(
            Enrolment.client_id == scope.client_id,
            Enrolment.member_id == member_id,
            Enrolment.starts_on <= on,
            Enrolment.ends_on.is_(None) | (Enrolment.ends_on >= on),
        )
    )
    sold = scope.session.scalar(query)
    if sold is None:
        return None
    since = scope.session.scalar(
        select(func.min(Enrolment.starts_on)).where(
            Enrolment.client_id == scope.client_id, Enrolment.member_id == member_id
        )
    )
    return Cover(member_id, member.employee_id or member.id, sold, since or on, policy_year(scope, on))


@remembered
def policy_year(scope: Scope, on: date) -> Period:
    """The client's plan year around a day; the calendar year while none is defined."""
    for year in client_queries.plan_years(scope):
        if year.starts_on <= on <= year.ends_on:
            return Period(year.starts_on, year.ends_on)
    return Period(date(on.year, 1, 1), date(on.year, 12, 31))


@remembered
def entries_of_family(scope: Scope, employee_id: UUID, before: datetime | None = None) -> list[Entry]:
    """Everything held and used by a family, written before a moment when one is named, as the rules read it."""
    query = select(UtilisationEntry).where(
        UtilisationEntry.client_id == scope.client_id, UtilisationEntry.employee_id == employee_id
    )
    if before is not None:
        query = query.where(UtilisationEntry.created_at < before)
    return [stored.as_entry(row) for row in scope.session.scalars(query)]


@remembered
def entry_by_key(scope: Scope, key: str) -> UtilisationEntry | None:
    """The entry that an earlier call with the same key made."""
    return scope.session.scalar(
        select(UtilisationEntry).where(UtilisationEntry.client_id == scope.client_id, UtilisationEntry.key == key)
    )


@remembered
def entries_of_source(scope: Scope, source_type: str, source_id: UUID) -> list[UtilisationEntry]:
    """What one claim, letter or case has held and used, oldest first."""
    query = select(UtilisationEntry).where(
        UtilisationEntry.client_id == scope.client_id,
        UtilisationEntry.source_type == source_type,
        UtilisationEntry.source_id == source_id,
    )
    return list(scope.session.scalars(query.order_by(UtilisationEntry.created_at, UtilisationEntry.id)))


def balances(scope: Scope, member_id: UUID, on: date) -> list[Balance]:
    """Every benefit of the member's plan on a day with what is used, held and left; empty without cover."""
    cover = cover_on(scope, member_id, on)
    if cover is None:
        return []
    lines, limits = benefits_of(scope, cover.plan.id), limits_of(scope, cover.plan.id)
    sharing = stored.codes_by_pool(lines, limits)
    entries = entries_of_family(scope, cover.employee_id)
    made = []
    for line in lines:
        states = []
        for row in limits:
            if row.benefit_id == line.id:
                limit = stored.as_limit(row, cover.plan.currency)
                codes = sharing.get((row.pool, row.basis), {line.code}) if row.pool else {line.code}
                usage = usage_of(entries, limit, codes, member_id, policy_year=cover.policy_year)
                states.append(LimitState(limit, usage, remaining(limit, usage)))
        made.append(Balance(line, tuple(states)))
    return made
