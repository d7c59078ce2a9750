"""The families of the demo: enrolled through the members' service, found again by employee number."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from backend.access import Actor, Role, Scope, working_for
from backend.branding.loader import brand_for
from backend.clients.registry import ClientFacts, client_by_id
from backend.members import queries, service
from backend.members.consent_wordings import wording
from backend.members.models import Member
from backend.members.rules.consents import Purpose

_ENROLLED_SINCE = date(2026, 1, 1)


def enrol_family(scope: Scope, family: dict[str, Any], plan: str) -> UUID:
    """An employee with dependants, unless the employee number is known; returns the employee's member id."""
    facts = family["employee"]
    known = queries.employee_by_number(scope, facts["employee_number"])
    if known is not None:
        return known.id
    employee = service.register_employee(scope, plan=plan, starts_on=_ENROLLED_SINCE, **facts).member
    for dependant in family.get("dependants", []):
        consents = dependant.get("lets_the_family_act", False)
        own = {name: value for name, value in dependant.items() if name != "lets_the_family_act"}
        member = service.add_dependant(scope, employee.id, starts_on=_ENROLLED_SINCE, **own).member
        if consents:
            _lets_the_family_act(scope, member)
    return employee.id


def _lets_the_family_act(scope: Scope, member: Member) -> None:
    # As if they had signed the form on paper: they have no telephone of their own to agree with.
    signed = Scope(scope.unit, scope.client_id, Actor(Role.MEMBER, member_ids=(member.id,)), channel="paper")
    words = wording(Purpose.FAMILY_ACCESS, member.language, brand_for(client_by_id(scope.client_id)))
    service.give_consent(signed, member.id, Purpose.FAMILY_ACCESS, words)


def members_shown(client: ClientFacts) -> list[dict[str, Any]]:
    """The members of a client as ``demo.json`` lists them, families together."""
    with working_for(client.id) as scope:
        everybody = scope.session.scalars(
            select(Member).where(Member.client_id == client.id).order_by(Member.created_at, Member.id)
        ).all()
        cards = {member.id: queries.card_in_use(scope, member.id) for member in everybody}
    shown = []
    for member in everybody:
        card = cards[member.id]
        shown.append(
            {
                "client": client.slug,
                "name": member.full_name,
                "phone": member.phone,
                "member_number": member.number,
                "card_number": card.number if card else None,
                "role": member.relationship,
            }
        )
    return shown
