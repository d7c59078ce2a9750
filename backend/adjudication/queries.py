"""Every fact that a judgement asks the database for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.adjudication import stored
from backend.adjudication.rules import Accumulators, Bill, Calendar, Cover, Place, Tariff
from backend.adjudication.rules.rooms import RoomClass
from backend.benefits import queries as benefit_queries
from backend.clients import registry as clients
from backend.clients.queries import terms_on
from backend.members import queries as member_queries
from backend.members.models import CardStatus, Relationship
from backend.members.rules.cover import is_covered
from backend.providers import queries as provider_queries
from backend.providers.rules import Kind, Tier
from backend.providers.rules.tariffs import ANY_ROOM


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
        network=found.plan.network if found is not None else None,
    )


def accumulators_of(scope: Scope, member_id: UUID) -> Accumulators:
    """What the member's family held and used of every benefit."""
    patient = member_queries.member(scope, member_id)
    return Accumulators(benefit_queries.entries_of_family(scope, patient.employee_id or patient.id))


def calendar_of(scope: Scope, on: date) -> Calendar:
    """The policy year of a day."""
    return Calendar(benefit_queries.policy_year(scope, on))


def at_its_place(scope: Scope, bill: Bill, cover: Cover) -> Bill:
    """The bill with what the registry knows of the provider: network, tier, country, room classes.

    A provider that is not registered keeps what the bill says. Raises NotFound for an unknown id.
    """
    provider_id = bill.place.provider_id
    if provider_id is None:
        return bill
    row = provider_queries.provider(scope, provider_id)
    standing = provider_queries.network_standing(scope, provider_id, cover.network, bill.visit_on)
    place = Place(
        provider_id=provider_id,
        in_network=cover.network is None or standing.in_network,
        first_tier=standing.tier == Tier.FIRST,
        abroad=row.country != clients.client_by_id(scope.client_id).country,
        hospital=row.kind == Kind.HOSPITAL,
    )
    stay = bill.stay
    if stay is not None and not stay.classes:
        known = provider_queries.room_classes(scope, provider_id, bill.visit_on)
        stay = replace(stay, classes=tuple(RoomClass(one.rank, one.code, one.rate) for one in known))
    return replace(bill, place=place, stay=stay)


def tariffs_of(scope: Scope, bill: Bill) -> dict[str, Tariff]:
    """The agreed prices of the services on the bill; a price of the member's room class goes before a common one."""
    codes = {line.service for line in bill.lines if line.service}
    if bill.place.provider_id is None or not codes:
        return {}
    agreed = provider_queries.tariffs_for(scope, bill.place.provider_id, codes, bill.visit_on)
    made = {}
    for code in codes:
        price = agreed.get((code, bill.room_class or ANY_ROOM)) or agreed.get((code, ANY_ROOM))
        if price is not None and price.amount.currency == bill.currency:
            made[code] = Tariff(price.amount, agreed=True, version=f"{price.valid_from:%Y-%m-%d}/{price.version}")
    return made
