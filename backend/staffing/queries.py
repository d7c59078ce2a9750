"""Every question to the tables of the staffing domain."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select

from backend.access import Scope
from backend.accounts.models import Staff, StaffClient
from backend.errors import NotFound
from backend.helpline.models import HelplineCase
from backend.staffing.models import ClosedDay, OpeningHours, Presence, Shift, StaffSkill

_PEOPLE = ("agent", "doctor")
"""Roles that answer members."""


def colleagues(scope: Scope) -> list[Row[Any]]:
    """Everybody who answers members at the client, with their skill where one was set, by name."""
    query = (
        select(
            Staff.id,
            Staff.name,
            StaffClient.role,
            StaffSkill.languages,
            StaffSkill.doctor,
            StaffSkill.capacity,
        )
        .join(StaffClient, StaffClient.staff_id == Staff.id)
        .outerjoin(
            StaffSkill, (StaffSkill.client_id == StaffClient.client_id) & (StaffSkill.staff_id == StaffClient.staff_id)
        )
        .where(StaffClient.client_id == scope.client_id, StaffClient.role.in_(_PEOPLE), Staff.active)
        .order_by(Staff.name, Staff.id)
    )
    return list(scope.session.execute(query))


def colleague(scope: Scope, staff_id: UUID) -> Row[Any]:
    """One of them; raises NotFound."""
    found = next((one for one in colleagues(scope) if one.id == staff_id), None)
    if found is None:
        raise NotFound()
    return found


def working_at(scope: Scope, at: datetime) -> list[Row[Any]]:
    """Whoever has a shift at ``at``, with skill and presence, the longest shift still to go first."""
    query = (
        select(
            Shift.staff_id,
            Shift.starts_at,
            Shift.ends_at,
            StaffClient.role,
            StaffSkill.languages,
            StaffSkill.doctor,
            StaffSkill.capacity,
            Presence.state,
            Presence.since,
        )
        .join(StaffClient, (StaffClient.client_id == Shift.client_id) & (StaffClient.staff_id == Shift.staff_id))
        .join(Staff, Staff.id == Shift.staff_id)
        .outerjoin(StaffSkill, (StaffSkill.client_id == Shift.client_id) & (StaffSkill.staff_id == Shift.staff_id))
        .outerjoin(Presence, (Presence.client_id == Shift.client_id) & (Presence.staff_id == Shift.staff_id))
        .where(Shift.client_id == scope.client_id, Shift.ends_at > at, Shift.starts_at <= at)
        .where(StaffClient.role.in_(_PEOPLE), Staff.active)
        .order_by(Shift.ends_at.desc(), Shift.staff_id)
    )
    return list(scope.session.execute(query))


def shifts(scope: Scope, begin: datetime, end: datetime) -> list[Shift]:
    """Shifts of which a part lies between the two instants, in order."""
    query = (
        select(Shift)
        .where(Shift.client_id == scope.client_id, Shift.ends_at > begin, Shift.starts_at < end)
        .order_by(Shift.starts_at, Shift.staff_id)
    )
    return list(scope.session.scalars(query))


def remove_shifts(scope: Scope, begin: datetime, end: datetime, staff_ids: list[UUID] | None) -> None:
    """Forget the shifts that begin in the period, of these people only when some are named."""
    statement = delete(Shift).where(Shift.client_id == scope.client_id, Shift.starts_at >= begin, Shift.starts_at < end)
    if staff_ids is not None:
        statement = statement.where(Shift.staff_id.in_(staff_ids))
    scope.session.execute(statement)


def skill(scope: Scope, staff_id: UUID) -> StaffSkill | None:
    """What was said about somebody."""
    query = select(StaffSkill).where(StaffSkill.client_id == scope.client_id, StaffSkill.staff_id == staff_id)
    return scope.session.scalars(query).one_or_none()


def presence(scope: Scope, staff_id: UUID) -> Presence | None:
    """What somebody last said about themselves."""
    query = select(Presence).where(Presence.client_id == scope.client_id, Presence.staff_id == staff_id)
    return scope.session.scalars(query).one_or_none()


def opening_hours(scope: Scope, desk: str | None = None) -> list[OpeningHours]:
    """The week of a desk, or of all."""
    query = select(OpeningHours).where(OpeningHours.client_id == scope.client_id)
    query = query.where(OpeningHours.desk == desk) if desk else query
    return list(scope.session.scalars(query.order_by(OpeningHours.desk, OpeningHours.weekday, OpeningHours.opens)))


def closed_days(scope: Scope, desk: str | None = None, since: date | None = None) -> list[ClosedDay]:
    """The days on which a desk, or any, does not open, in order."""
    query = select(ClosedDay).where(ClosedDay.client_id == scope.client_id)
    query = query.where(ClosedDay.desk == desk) if desk else query
    query = query.where(ClosedDay.day >= since) if since else query
    return list(scope.session.scalars(query.order_by(ClosedDay.desk, ClosedDay.day)))


def remove_hours(scope: Scope, desk: str) -> None:
    """Forget the week and the closed days of a desk."""
    for model in (OpeningHours, ClosedDay):
        scope.session.execute(delete(model).where(model.client_id == scope.client_id, model.desk == desk))


def cases_in_hand(scope: Scope, staff_id: UUID) -> int:
    """How many cases somebody works on."""
    query = select(func.count()).where(
        HelplineCase.client_id == scope.client_id,
        HelplineCase.assigned_to == staff_id,
        HelplineCase.state == "taken",
    )
    return scope.session.execute(query).scalar_one()
