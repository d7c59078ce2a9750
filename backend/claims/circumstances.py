"""Everything around a claim that its rules ask for: the contract's terms, the calendar, the patient, the papers."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from backend.access import Scope
from backend.claims import checklists, queries, rules
from backend.claims.models import Claim
from backend.claims.rules import Treatment
from backend.clients.queries import calendar_changes, terms_on
from backend.clients.registry import ClientFacts, client_by_id
from backend.clients.rules import Terms
from backend.kit import clock
from backend.kit.deadlines import WorkCalendar, local_date
from backend.members.queries import member

_DAY_BEGINS_FIRST = timezone(timedelta(hours=14))
"""The earliest zone on earth: what is in the future there has begun nowhere."""


def today_of(scope: Scope) -> date:
    """The date at the client's seat."""
    return clock.today(client_of(scope).timezone)


def latest_today() -> date:
    """The date where the day begins first."""
    return clock.now().astimezone(_DAY_BEGINS_FIRST).date()


def client_of(scope: Scope) -> ClientFacts:
    """The client of the scope."""
    return client_by_id(scope.client_id)


def date_of(scope: Scope, moment: datetime) -> date:
    """The date at the client's seat at ``moment``."""
    return local_date(moment, client_of(scope).timezone)


def terms_of(scope: Scope, claim: Claim) -> Terms:
    """The terms in force when the member was treated."""
    return terms_on(scope, claim.visit_on or today_of(scope))


def calendar_of(scope: Scope, terms: Terms) -> WorkCalendar:
    """The working days that the contract counts in, with the client's own free and worked days."""
    country = client_of(scope).country
    return calendar_changes(scope).calendar(country, joint_leave_free=not terms.joint_leave_counts)


def treatment_of(claim: Claim) -> Treatment | None:
    """When and where the member was treated; None while the day is not known."""
    if claim.visit_on is None:
        return None
    return Treatment(claim.benefit_group, claim.visit_on, claim.discharge_on, claim.place_region)


def facts_missing(claim: Claim) -> list[str]:
    """Names of the facts that somebody still has to enter, from the member's memory or from the papers."""
    facts = {
        "visit_on": claim.visit_on,
        "discharge_on": claim.discharge_on,
        "provider_name": claim.provider_name,
        "claimed": claim.claimed_minor,
    }
    return rules.facts_missing(facts, claim.benefit_group)


def refresh(scope: Scope, claim: Claim) -> None:
    """Bring what follows from facts and papers up to date: the missing documents, the last day to hand in."""
    attached = queries.attached_to(scope, claim.id)
    since_return = [
        paper.requirement for paper in attached if claim.returned_at and paper.attached_at > claim.returned_at
    ]
    claim.missing = rules.missing_documents(
        checklists.required_documents(claim.benefit_group),
        rules.circumstances_of(claim.circumstances, member(scope, claim.member_id).relationship),
        {paper.requirement for paper in attached},
        claim.requested,
        since_return,
    )
    treatment = treatment_of(claim)
    claim.submit_by = rules.submit_by(treatment, terms_of(scope, claim)) if treatment else None
    scope.session.flush()
