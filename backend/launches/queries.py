"""Every SELECT of the launches domain."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, select

from backend.access import Scope
from backend.benefits.models import Benefit
from backend.errors import NotFound
from backend.launches.models import Launch, LaunchTask
from backend.launches.rules import CHECKLIST
from backend.members.models import Card, Enrolment

_ORDER = [task.code for task in CHECKLIST]


def launch(scope: Scope) -> Launch | None:
    """The client's launch, None when none was begun."""
    return scope.session.scalars(select(Launch).where(Launch.client_id == scope.client_id)).one_or_none()


def launch_for_update(scope: Scope) -> Launch:
    """The same, for nobody else until the end of the transaction; raises NotFound."""
    query = select(Launch).where(Launch.client_id == scope.client_id).with_for_update()
    found = scope.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def is_open(scope: Scope) -> bool:
    """Whether the client's members may sign in: it was launched, or was never in preparation (S0-79)."""
    waiting = exists().where(Launch.client_id == scope.client_id, Launch.launched_at.is_(None))
    return not scope.session.scalar(select(waiting))


def tasks(scope: Scope) -> list[LaunchTask]:
    """The checklist in its order."""
    rows = scope.session.scalars(select(LaunchTask).where(LaunchTask.client_id == scope.client_id)).all()
    return sorted(rows, key=lambda row: _ORDER.index(row.code))


def has_benefits(scope: Scope) -> bool:
    """Whether a plan with at least one benefit is set up."""
    return bool(scope.session.scalar(select(exists().where(Benefit.client_id == scope.client_id))))


def has_members(scope: Scope, on: date) -> bool:
    """Whether somebody is covered on a day or later."""
    covered = (Enrolment.client_id == scope.client_id) & ((Enrolment.ends_on.is_(None)) | (Enrolment.ends_on >= on))
    return bool(scope.session.scalar(select(exists().where(covered))))


def somebody_without_card(scope: Scope, on: date) -> bool:
    """Whether somebody who is covered on a day or later has no card that works."""
    covered = (Enrolment.client_id == scope.client_id) & ((Enrolment.ends_on.is_(None)) | (Enrolment.ends_on >= on))
    card = (Card.client_id == scope.client_id) & (Card.member_id == Enrolment.member_id) & (Card.status == "active")
    return bool(scope.session.scalar(select(exists().where(covered & ~exists().where(card)))))
