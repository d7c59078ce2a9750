"""Every question to the tables of the clients domain."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from backend.access import Scope
from backend.clients import rules
from backend.clients.models import CalendarDay, Contract, HrContact, PlanYear
from backend.clients.rules import CalendarChanges, ContractFacts, PlanYearFacts, Terms
from backend.errors import NotFound, RuleRefused
from backend.gathering import remembered


@remembered
def contracts(scope: Scope) -> list[ContractFacts]:
    """Every contract of the client, the newest first."""
    table = Contract.__table__
    rows = scope.session.execute(
        select(table.c.id, table.c.number, table.c.product, table.c.starts_on, table.c.ends_on, table.c.terms)
        .where(table.c.client_id == scope.client_id)
        .order_by(table.c.starts_on.desc())
    )
    return [ContractFacts(*row[:5], Terms.of(row.terms)) for row in rows]


def contract(scope: Scope, contract_id: UUID) -> ContractFacts:
    """One contract; raises NotFound."""
    found = next((one for one in contracts(scope) if one.id == contract_id), None)
    if found is None:
        raise NotFound()
    return found


def contract_by_number(scope: Scope, number: str) -> ContractFacts:
    """One contract by the number on its paper; raises NotFound."""
    found = next((one for one in contracts(scope) if one.number == number), None)
    if found is None:
        raise NotFound()
    return found


def contract_on(scope: Scope, on: date) -> ContractFacts:
    """The contract in force on a day; raises RuleRefused ``clients.no_contract``."""
    found = rules.contract_in_force(contracts(scope), on)
    if found is None:
        raise RuleRefused(rules.NO_CONTRACT, {"on": on})
    return found


def terms_on(scope: Scope, on: date) -> Terms:
    """The policy switches that settle what happens on a day; the defaults while there is no contract yet."""
    found = rules.governing_contract(contracts(scope), on)
    return found.terms if found else Terms()


@remembered
def plan_years(scope: Scope, contract_id: UUID | None = None) -> list[PlanYearFacts]:
    """The plan years of the client, of one contract when it is named, the newest first."""
    table = PlanYear.__table__
    query = select(table.c.id, table.c.contract_id, table.c.starts_on, table.c.ends_on).where(
        table.c.client_id == scope.client_id
    )
    if contract_id is not None:
        query = query.where(table.c.contract_id == contract_id)
    return [PlanYearFacts(*row) for row in scope.session.execute(query.order_by(table.c.starts_on.desc()))]


def plan_year_on(scope: Scope, on: date) -> PlanYearFacts:
    """The plan year that a day counts in; raises RuleRefused ``clients.no_plan_year``."""
    found = rules.plan_year_for(plan_years(scope), on)
    if found is None:
        raise RuleRefused(rules.NO_PLAN_YEAR, {"on": on})
    return found


def hr_contacts(scope: Scope) -> list[HrContact]:
    """The people in the client's personnel department who still hold that post, by name."""
    query = select(HrContact).where(HrContact.client_id == scope.client_id, HrContact.active)
    return list(scope.session.scalars(query.order_by(HrContact.name, HrContact.id)))


def hr_contact(scope: Scope, contact_id: UUID) -> HrContact:
    """One contact; raises NotFound."""
    found = scope.session.get(HrContact, (scope.client_id, contact_id))
    if found is None:
        raise NotFound()
    return found


def calendar_days(scope: Scope) -> list[CalendarDay]:
    """The client's own free and worked days, the latest first."""
    query = select(CalendarDay).where(CalendarDay.client_id == scope.client_id)
    return list(scope.session.scalars(query.order_by(CalendarDay.day.desc())))


@remembered
def calendar_changes(scope: Scope) -> CalendarChanges:
    """The same as the two sets that a work calendar takes."""
    table = CalendarDay.__table__
    rows = scope.session.execute(select(table.c.day, table.c.working).where(table.c.client_id == scope.client_id)).all()
    return CalendarChanges(
        frozenset(row.day for row in rows if not row.working), frozenset(row.day for row in rows if row.working)
    )


def calendar_day(scope: Scope, on: date) -> CalendarDay | None:
    """What the client says about one day."""
    query = select(CalendarDay).where(CalendarDay.client_id == scope.client_id, CalendarDay.day == on)
    return scope.session.scalars(query).one_or_none()
