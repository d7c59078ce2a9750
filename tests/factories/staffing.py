"""Rosters and hours made for one test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend.access import Role, working_for
from backend.clients.registry import ClientFacts
from backend.kit import clock
from backend.staffing import service
from backend.staffing.models import Shift
from tests.factories.accounts import make_staff


def make_shift(client: ClientFacts, staff_id: UUID, starts_at: datetime, ends_at: datetime) -> None:
    """Somebody works from one instant to the other."""
    with working_for(client.id) as scope:
        scope.session.add(Shift(client_id=client.id, staff_id=staff_id, starts_at=starts_at, ends_at=ends_at))


def put_on_duty(
    client: ClientFacts,
    role: Role = Role.AGENT,
    *,
    staff_id: UUID | None = None,
    at: datetime | None = None,
    languages: Sequence[str] | None = None,
    capacity: int = 4,
) -> UUID:
    """Somebody in this role on shift around ``at`` (now); with ``languages`` a skill is set too."""
    person = staff_id or make_staff(client, role)
    moment = at or clock.now()
    make_shift(client, person, moment - timedelta(hours=4), moment + timedelta(hours=4))
    if languages is not None:
        with working_for(client.id) as scope:
            service.set_skill(scope, person, spoken=languages, doctor=role is Role.DOCTOR, capacity=capacity)
    return person


def set_hours(client: ClientFacts, desk: str, hours: list[dict[str, Any]], closed_days: Any = ()) -> None:
    """The week of a desk."""
    with working_for(client.id) as scope:
        service.set_hours(scope, desk, hours, closed_days)
