"""What work on a whole client asks: a renewal, a rotation of keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, or_, select, text

from backend.access import Scope
from backend.members.models import BankAccount, Enrolment, Member


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


def bank_accounts(scope: Scope, after: UUID | None, limit: int) -> list[BankAccount]:
    """The next bank accounts, replaced ones too, by id, locked."""
    wanted = select(BankAccount).where(BankAccount.client_id == scope.client_id)
    if after is not None:
        wanted = wanted.where(BankAccount.id > after)
    return list(scope.session.scalars(wanted.order_by(BankAccount.id).limit(limit).with_for_update()))


def with_national_id(scope: Scope, after: UUID | None, limit: int) -> list[Member]:
    """The next members who have a national id, by id, locked."""
    wanted = select(Member).where(Member.client_id == scope.client_id, Member.national_id_cipher.isnot(None))
    if after is not None:
        wanted = wanted.where(Member.id > after)
    return list(scope.session.scalars(wanted.order_by(Member.id).limit(limit).with_for_update()))
