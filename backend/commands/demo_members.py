"""The families of the demo: enrolled through the members' service, found again by employee number."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from backend.access import Scope, working_for
from backend.accounts.rules import FAMILY_ACCESS
from backend.clients.registry import ClientFacts
from backend.kit import clock
from backend.members import queries, service
from backend.members.models import Consent, Member

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
            _consent(scope, member)
    return employee.id


def _consent(scope: Scope, member: Member) -> None:
    scope.session.add(
        Consent(
            client_id=scope.client_id,
            member_id=member.id,
            purpose=FAMILY_ACCESS,
            wording="demo",
            language=member.language,
            channel="paper",
            given_at=clock.now(),
        )
    )


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
