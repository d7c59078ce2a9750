"""Every fact that a judgement asks the database for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.adjudication import stored
from backend.adjudication.rules import Accumulators, Calendar, Cover
from backend.benefits import queries as benefit_queries
from backend.clients.queries import terms_on
from backend.members import queries as member_queries
from backend.members.models import CardStatus, Relationship
from backend.members.rules.cover import is_covered


def cover_of(scope: Scope, member_id: UUID, on: date) -> Cover:
    """The plan, the contract's terms and the member's standing on a day; raises NotFound for an unknown member."""
    patient = member_queries.member(scope, member_id)
    terms = terms_on(scope, on)
    card = member_queries.card_in_use(scope, member_id)
    found = benefit_queries.cover_on(scope, member_id, on)
    covered = found is not None and is_covered(member_queries.periods_of(scope, member_id), patient.left_on, on)
    since = found.covered_since if found is not None and covered else None
    benefits = {}
    if found is not None and covered:
        lines = benefit_queries.benefits_of(scope, found.plan.id)
        benefits = stored.benefit_terms(lines, benefit_queries.limits_of(scope, found.plan.id), found.plan.currency)
    return Cover(
        member_id=member_id,
        since=since,
        benefits=benefits,
        terms=terms,
        child=patient.relationship == Relationship.CHILD,
        card_usable=card is None or card.status != CardStatus.SUSPENDED,
    )


def accumulators_of(scope: Scope, member_id: UUID) -> Accumulators:
    """What the member's family held and used of every benefit."""
    patient = member_queries.member(scope, member_id)
    return Accumulators(benefit_queries.entries_of_family(scope, patient.employee_id or patient.id))


def calendar_of(scope: Scope, on: date) -> Calendar:
    """The policy year of a day."""
    return Calendar(benefit_queries.policy_year(scope, on))
