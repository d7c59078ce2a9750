"""Members as tests need them: an employee by default, dependants and enrolments by name."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.clients.registry import client_by_id
from backend.kit import clock
from backend.members.models import Card, Enrolment, Member, Relationship

_serial = count(1)


def make_member(scope: Scope, *, plan_id: UUID | None = None, card: bool = False, **facts: Any) -> Member:
    """A stored member; with ``plan_id`` enrolled since a year ago, with ``card`` holding an active card."""
    serial = next(_serial)
    values: dict[str, Any] = {
        "number": f"M{serial:06}",
        "employee_id": None,
        "relationship": Relationship.EMPLOYEE.value,
        "full_name": f"Member {serial}",
        "birth_date": date(1990, 5, 17),
        "sex": "female",
        "phone": f"+62811{serial:07}",
        "language": "id",
        "employee_number": f"E{serial:05}",
    }
    member = Member(client_id=scope.client_id, **(values | facts))
    scope.session.add(member)
    scope.session.flush()
    if plan_id is not None:
        enrol(scope, member.id, plan_id)
    if card:
        make_card(scope, member.id)
    return member


def make_dependant(scope: Scope, employee: Member, relationship: str = "spouse", **facts: Any) -> Member:
    """A spouse or child of ``employee``, without a phone of their own unless one is given."""
    own = {"employee_id": employee.id, "relationship": relationship, "phone": None, "employee_number": None}
    return make_member(scope, **(own | facts))


def enrol(
    scope: Scope, member_id: UUID, plan_id: UUID, starts_on: date | None = None, ends_on: date | None = None
) -> Enrolment:
    """A stored enrolment, since a year ago and open-ended unless told otherwise."""
    begun = starts_on or _today(scope) - timedelta(days=365)
    row = Enrolment(client_id=scope.client_id, member_id=member_id, plan_id=plan_id, starts_on=begun, ends_on=ends_on)
    scope.session.add(row)
    scope.session.flush()
    return row


def make_card(scope: Scope, member_id: UUID, **facts: Any) -> Card:
    """A stored card, active unless told otherwise."""
    values = {"number": f"90{next(_serial):010}", "issued_on": _today(scope)}
    card = Card(client_id=scope.client_id, member_id=member_id, **(values | facts))
    scope.session.add(card)
    scope.session.flush()
    return card


def _today(scope: Scope) -> date:
    return clock.today(client_by_id(scope.client_id).timezone)
