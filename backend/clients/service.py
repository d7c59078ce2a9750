"""What can be done to a client's contracts, plan years and HR contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.clients import queries, rules
from backend.clients.models import CalendarDay, Contract, HrContact, PlanYear
from backend.clients.registry import client_by_id
from backend.clients.rules import ContractFacts, InvalidTerms, PlanYearFacts, Terms
from backend.errors import Conflict, NotFound, RuleRefused
from backend.kit import clock, ids
from backend.kit.refusal import Refusal


def list_contracts(scope: Scope) -> list[dict[str, Any]]:
    """Every contract with all its terms and its plan years, the newest first."""
    years = queries.plan_years(scope)
    return [
        {**asdict(one), "plan_years": [asdict(year) for year in years if year.contract_id == one.id]}
        for one in queries.contracts(scope)
    ]


def list_hr_contacts(scope: Scope) -> list[dict[str, Any]]:
    """The HR contacts, by name."""
    return [
        {"id": one.id, "name": one.name, "email": one.email, "phone": one.phone} for one in queries.hr_contacts(scope)
    ]


def sign_contract(
    scope: Scope, *, number: str, product: str, starts_on: date, ends_on: date, terms: Mapping[str, Any]
) -> ContractFacts:
    """Record a contract; both days are included.

    Raises RuleRefused when a term is unknown or the period touches another contract's, Conflict when the
    number is taken.
    """
    try:
        agreed = Terms.of(terms)
    except InvalidTerms as error:
        raise RuleRefused(rules.UNKNOWN_TERM, {"term": str(error)}) from error
    existing = queries.contracts(scope)
    if any(one.number == number for one in existing):
        raise Conflict("clients.contract_number_taken")
    problem = rules.period_problem(starts_on, ends_on, existing, rules.CONTRACT_OVERLAPS)
    if problem:
        raise RuleRefused(problem)
    row = Contract(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=number,
        product=product,
        starts_on=starts_on,
        ends_on=ends_on,
        terms=dict(terms),
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "contract", row.id)
    return ContractFacts(row.id, number, product, starts_on, ends_on, agreed)


def open_plan_year(scope: Scope, contract_id: UUID, *, starts_on: date, ends_on: date) -> PlanYearFacts:
    """Add a plan year to a contract; raises NotFound, RuleRefused when it overlaps or leaves the contract."""
    agreed = queries.contract(scope, contract_id)
    problem = rules.period_problem(starts_on, ends_on, queries.plan_years(scope), rules.PLAN_YEAR_OVERLAPS)
    if problem:
        raise RuleRefused(problem)
    if starts_on < agreed.starts_on or ends_on > agreed.ends_on:
        raise RuleRefused(rules.PLAN_YEAR_OUTSIDE)
    row = PlanYear(
        client_id=scope.client_id, id=ids.new_id(), contract_id=contract_id, starts_on=starts_on, ends_on=ends_on
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "plan_year", row.id)
    return PlanYearFacts(row.id, contract_id, starts_on, ends_on)


def renew_plan_year(scope: Scope, contract_id: UUID) -> PlanYearFacts:
    """The plan year after the one that runs, the first under a new contract: opened now, or before (S2-5).

    Raises NotFound, RuleRefused ``clients.contract_ends`` after the last year of the contract.
    """
    agreed = queries.contract(scope, contract_id)
    years = queries.plan_years(scope, contract_id)
    following = rules.next_year(agreed, years, clock.today(client_by_id(scope.client_id).timezone))
    if isinstance(following, Refusal):
        raise RuleRefused.of(following)
    starts_on, ends_on = following
    known = rules.plan_year_for(years, starts_on)
    return known or open_plan_year(scope, contract_id, starts_on=starts_on, ends_on=ends_on)


def add_hr_contact(scope: Scope, *, name: str, email: str, phone: str | None = None) -> HrContact:
    """Add somebody of the personnel department; raises Conflict when the address is already there."""
    if any(contact.email == email for contact in queries.hr_contacts(scope)):
        raise Conflict("clients.contact_exists")
    row = HrContact(client_id=scope.client_id, id=ids.new_id(), name=name, email=email, phone=phone, active=True)
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "hr_contact", row.id)
    return row


def remove_hr_contact(scope: Scope, contact_id: UUID) -> None:
    """Nobody writes to this contact any more; raises NotFound."""
    scope.session.delete(queries.hr_contact(scope, contact_id))
    scope.session.flush()
    audit.record(scope, "delete", "hr_contact", contact_id)


def list_calendar_days(scope: Scope) -> list[dict[str, Any]]:
    """The client's own free and worked days, the latest first."""
    return [{"day": row.day, "working": row.working, "name": row.name} for row in queries.calendar_days(scope)]


def keep_calendar_day(scope: Scope, day: date, *, working: bool, name: str) -> CalendarDay:
    """A day is free, or worked, at this client whatever the public calendar says; replaces what was said of it.

    It counts for every deadline that is set from now on; dates that were promised stay.
    """
    row = queries.calendar_day(scope, day)
    if row is None:
        row = CalendarDay(client_id=scope.client_id, id=ids.new_id(), day=day)
        scope.session.add(row)
    row.working, row.name = working, name
    scope.session.flush()
    audit.record(scope, "update", "calendar_day", row.id, fields=["working", "name"])
    return row


def forget_calendar_day(scope: Scope, day: date) -> None:
    """The public calendar holds for the day again; raises NotFound."""
    row = queries.calendar_day(scope, day)
    if row is None:
        raise NotFound()
    scope.session.delete(row)
    scope.session.flush()
    audit.record(scope, "delete", "calendar_day", row.id)
