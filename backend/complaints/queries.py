"""Every SELECT of the complaints domain."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, select, tuple_

from backend.access import Role, Scope
from backend.complaints.models import Complaint, ComplaintStatus, ComplaintStep
from backend.errors import NotFound
from backend.kit.pages import Cursor

ANSWERED = (ComplaintStatus.RESOLVED, ComplaintStatus.CLOSED)


def complaint(scope: Scope, complaint_id: UUID) -> Complaint:
    """One complaint; raises NotFound when it is not there or somebody else's."""
    return _visible(scope, scope.session.get(Complaint, (scope.client_id, complaint_id)))


def complaint_to_change(scope: Scope, complaint_id: UUID) -> Complaint:
    """The same, locked until the transaction ends."""
    wanted = select(Complaint).where(Complaint.client_id == scope.client_id, Complaint.id == complaint_id)
    locked = wanted.with_for_update().execution_options(populate_existing=True)
    return _visible(scope, scope.session.scalars(locked).one_or_none())


def _visible(scope: Scope, found: Complaint | None) -> Complaint:
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    return found


def complaints_of(
    scope: Scope,
    member_id: UUID | None = None,
    *,
    number: str | None = None,
    after: Cursor | None = None,
    limit: int = 20,
) -> list[Complaint]:
    """The newest complaints first: of one member, or of everybody the actor may act for (staff: of the client)."""
    wanted = _of_members(scope, member_id)
    if number is not None:
        wanted = wanted.where(Complaint.number == number)
    if after is not None:
        wanted = wanted.where(tuple_(Complaint.created_at, Complaint.id) < (after.moment, after.id))
    return list(scope.session.scalars(wanted.order_by(Complaint.created_at.desc(), Complaint.id.desc()).limit(limit)))


def _of_members(scope: Scope, member_id: UUID | None) -> Select[Complaint]:
    wanted = select(Complaint).where(Complaint.client_id == scope.client_id)
    if member_id is not None:
        scope.check_member(member_id)
        return wanted.where(Complaint.member_id == member_id)
    if scope.actor.role is Role.MEMBER:
        return wanted.where(Complaint.member_id.in_(scope.actor.member_ids))
    return wanted


def open_by_deadline(scope: Scope, limit: int) -> list[Complaint]:
    """What is still to be answered, the nearest deadline first."""
    wanted = select(Complaint).where(Complaint.client_id == scope.client_id, Complaint.status.not_in(ANSWERED))
    return list(scope.session.scalars(wanted.order_by(Complaint.resolve_by, Complaint.id).limit(limit)))


def newly_overdue(scope: Scope, today: date, limit: int) -> list[Complaint]:
    """Complaints whose last day is over and that are not marked yet, locked; those another worker holds are left."""
    wanted = select(Complaint).where(
        Complaint.client_id == scope.client_id,
        Complaint.status.not_in(ANSWERED),
        Complaint.overdue_at.is_(None),
        Complaint.resolve_by < today,
    )
    locked = wanted.order_by(Complaint.resolve_by).limit(limit).with_for_update(skip_locked=True)
    return list(scope.session.scalars(locked))


def steps_of(scope: Scope, complaint_id: UUID) -> list[ComplaintStep]:
    """Every step of a complaint, the first one first."""
    wanted = select(ComplaintStep).where(
        ComplaintStep.client_id == scope.client_id, ComplaintStep.complaint_id == complaint_id
    )
    return list(scope.session.scalars(wanted.order_by(ComplaintStep.created_at, ComplaintStep.id)))


def number_is_taken(scope: Scope, number: str) -> bool:
    """Whether the client already has a complaint of that number."""
    taken = exists().where(Complaint.client_id == scope.client_id, Complaint.number == number)
    return bool(scope.session.execute(select(taken)).scalar_one())
