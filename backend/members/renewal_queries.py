"""What a renewal asks of the enrolments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, or_, select, text

from backend.access import Scope
from backend.members.models import Enrolment


def plans_in_use(scope: Scope, on: date) -> list[tuple[UUID, str]]:
    """The plan versions, with their codes, of every enrolment that runs on a day or begins later."""
    rows = scope.session.execute(
        text(
            "SELECT DISTINCT plan.id, plan.code FROM enrolment JOIN plan "
            "ON plan.client_id = enrolment.client_id AND plan.id = enrolment.plan_id "
            "WHERE enrolment.client_id = :client AND coalesce(enrolment.ends_on, 'infinity') >= :day ORDER BY plan.code"
        ),
        {"client": scope.client_id, "day": on},
    )
    return [(row.id, row.code) for row in rows]


def enrolments_across(scope: Scope, plan_id: UUID, on: date) -> Sequence[Row[UUID, UUID, date | None]]:
    """Id, member and last day of a plan's enrolments that began before a day and still run on it, locked."""
    wanted = select(Enrolment.id, Enrolment.member_id, Enrolment.ends_on).where(
        Enrolment.client_id == scope.client_id,
        Enrolment.plan_id == plan_id,
        Enrolment.starts_on < on,
        or_(Enrolment.ends_on.is_(None), Enrolment.ends_on >= on),
    )
    return scope.session.execute(wanted.with_for_update()).all()
