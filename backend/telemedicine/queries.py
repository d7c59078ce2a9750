"""Every SELECT about consultations; those about prescriptions and certificates are in papers.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, or_, select, tuple_

from backend.access import Role, Scope
from backend.accounts.models import Staff
from backend.errors import NotFound
from backend.helpline.models import HelplineCase
from backend.kit.pages import Cursor
from backend.members.models import Member
from backend.staffing import queries as staff
from backend.telemedicine.models import Prescription, Teleconsultation, TeleconsultationStep
from backend.telemedicine.rules.appointments import Duty
from backend.telemedicine.rules.states import OPEN, State

_RECENT_TALKS = 30


def consultation(scope: Scope, consultation_id: UUID, *, lock: bool = False) -> Teleconsultation:
    """One consultation of somebody the actor may see; raises NotFound. ``lock`` holds it until the end."""
    found = scope.session.get(
        Teleconsultation, (scope.client_id, consultation_id), with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    return found


def open_of(scope: Scope, member_id: UUID) -> Teleconsultation | None:
    """The one that a patient is in or waits for."""
    query = select(Teleconsultation).where(
        Teleconsultation.client_id == scope.client_id,
        Teleconsultation.member_id == member_id,
        Teleconsultation.state.in_(OPEN),
    )
    return scope.session.scalars(query).one_or_none()


def number_is_taken(scope: Scope, number: str) -> bool:
    """Whether a consultation of the client has this number."""
    query = select(Teleconsultation.id).where(
        Teleconsultation.client_id == scope.client_id, Teleconsultation.number == number
    )
    return scope.session.scalar(query) is not None


def consultations_of(
    scope: Scope, member_ids: Sequence[UUID], after: Cursor | None, limit: int
) -> Sequence[Row[Teleconsultation, str]]:
    """Consultations of these patients with their names, the newest first."""
    query = (
        select(Teleconsultation, Member.full_name)
        .join(Member, _patient())
        .where(Teleconsultation.client_id == scope.client_id, Teleconsultation.member_id.in_(member_ids))
        .order_by(Teleconsultation.created_at.desc(), Teleconsultation.id.desc())
        .limit(limit)
    )
    if after is not None:
        query = query.where(tuple_(Teleconsultation.created_at, Teleconsultation.id) < (after.moment, after.id))
    return scope.session.execute(query).all()


def desk(scope: Scope) -> Sequence[Row[Teleconsultation, Member, str | None]]:
    """What the doctors' desk shows: who waits in the order of the queue, appointments, and what doctors are in."""
    query = (
        select(Teleconsultation, Member, Staff.name)
        .join(Member, _patient())
        .outerjoin(Staff, Staff.id == Teleconsultation.doctor_id)
        .where(Teleconsultation.client_id == scope.client_id, Teleconsultation.state.in_(OPEN))
        .order_by(*_order(), Teleconsultation.starts_at)
    )
    if scope.actor.role is Role.DOCTOR:
        own = or_(Teleconsultation.state == State.WAITING, Teleconsultation.doctor_id == scope.actor.id)
        query = query.where(own)
    return scope.session.execute(query).all()


def position(scope: Scope, row: Teleconsultation) -> int:
    """The place in the queue of one that waits; 1 is next."""
    query = select(func.count()).where(
        Teleconsultation.client_id == scope.client_id,
        Teleconsultation.state == State.WAITING,
        tuple_(Teleconsultation.rank, Teleconsultation.queued_at, Teleconsultation.id)
        < (row.rank, row.queued_at, row.id),
    )
    return scope.session.execute(query).scalar_one() + 1


def busy_doctors(scope: Scope) -> set[UUID]:
    """Who is with a patient now."""
    query = select(Teleconsultation.doctor_id).where(
        Teleconsultation.client_id == scope.client_id,
        Teleconsultation.state.in_([State.CALLED, State.IN_PROGRESS]),
    )
    return {doctor for doctor in scope.session.scalars(query) if doctor is not None}


def recent_talks(scope: Scope, since: datetime) -> list[timedelta]:
    """How long the latest consultations took from a doctor's first word on, for an honest estimate."""
    query = (
        select(Teleconsultation.ended_at - Teleconsultation.called_at)
        .where(
            Teleconsultation.client_id == scope.client_id,
            Teleconsultation.state == State.ENDED,
            Teleconsultation.ended_at > since,
            Teleconsultation.called_at.is_not(None),
        )
        .order_by(Teleconsultation.ended_at.desc())
        .limit(_RECENT_TALKS)
    )
    return list(scope.session.scalars(query))


def steps(scope: Scope, consultation_id: UUID) -> list[TeleconsultationStep]:
    """What happened to one, oldest first."""
    query = select(TeleconsultationStep).where(
        TeleconsultationStep.client_id == scope.client_id,
        TeleconsultationStep.consultation_id == consultation_id,
    )
    return list(scope.session.scalars(query.order_by(TeleconsultationStep.created_at, TeleconsultationStep.id)))


def duties(scope: Scope, begin: datetime, end: datetime) -> list[Duty]:
    """The shifts of doctors between two instants, with the languages that were said of each."""
    doctors = {
        row.id: tuple(row.languages or ())
        for row in staff.colleagues(scope)
        if (row.role == "doctor" if row.doctor is None else row.doctor)
    }
    return [
        Duty(shift.staff_id, shift.starts_at, shift.ends_at, doctors[shift.staff_id])
        for shift in staff.shifts(scope, begin, end)
        if shift.staff_id in doctors
    ]


def booked(scope: Scope, begin: datetime, end: datetime) -> set[tuple[UUID, datetime]]:
    """Whose time is taken by an appointment."""
    query = select(Teleconsultation.doctor_id, Teleconsultation.starts_at).where(
        Teleconsultation.client_id == scope.client_id,
        Teleconsultation.state == State.SCHEDULED,
        Teleconsultation.starts_at >= begin,
        Teleconsultation.starts_at < end,
    )
    return {(doctor, moment) for doctor, moment in scope.session.execute(query) if doctor and moment}


def due_appointments(scope: Scope, now: datetime) -> list[Teleconsultation]:
    """Appointments whose time has come, locked; one that somebody just moves is left out."""
    return _locked(scope, Teleconsultation.state == State.SCHEDULED, Teleconsultation.starts_at <= now)


def to_remind(scope: Scope, until: datetime) -> list[Teleconsultation]:
    """Appointments that begin until then and of which nobody was reminded, locked."""
    near = (Teleconsultation.starts_at <= until, Teleconsultation.reminded_at.is_(None))
    return _locked(scope, Teleconsultation.state == State.SCHEDULED, *near)


def waited_for(scope: Scope, since: datetime) -> list[Teleconsultation]:
    """Members whom a doctor has waited for since then or longer, locked."""
    return _locked(scope, Teleconsultation.state == State.CALLED, Teleconsultation.called_at <= since)


def without_doctor(scope: Scope) -> list[Teleconsultation]:
    """Consultations whose doctor is gone: the case behind it is no longer in that doctor's hands. Locked."""
    query = (
        select(Teleconsultation)
        .join(
            HelplineCase,
            (HelplineCase.client_id == Teleconsultation.client_id) & (HelplineCase.id == Teleconsultation.case_id),
        )
        .where(
            Teleconsultation.client_id == scope.client_id,
            Teleconsultation.state.in_([State.CALLED, State.IN_PROGRESS]),
            HelplineCase.state != "closed",
            HelplineCase.assigned_to.is_distinct_from(Teleconsultation.doctor_id),
        )
        .with_for_update(skip_locked=True, of=Teleconsultation)
    )
    return list(scope.session.scalars(query))


def follow_ups(scope: Scope, today: object) -> list[Teleconsultation]:
    """Consultations whose follow-up is near and not told of yet, locked."""
    near = (Teleconsultation.follow_up_on <= today, Teleconsultation.follow_up_told_at.is_(None))
    return _locked(scope, Teleconsultation.state == State.ENDED, Teleconsultation.follow_up_on.is_not(None), *near)


def next_sealed(scope: Scope, after: UUID | None, limit: int) -> list[Teleconsultation]:
    """Some consultations by id, locked, for work that goes through all of them."""
    query = select(Teleconsultation).where(Teleconsultation.client_id == scope.client_id)
    if after is not None:
        query = query.where(Teleconsultation.id > after)
    return list(scope.session.scalars(query.order_by(Teleconsultation.id).limit(limit).with_for_update()))


def sealed_prescriptions(scope: Scope, consultation_ids: Sequence[UUID]) -> list[Prescription]:
    """The prescriptions of these consultations, locked."""
    query = select(Prescription).where(
        Prescription.client_id == scope.client_id, Prescription.consultation_id.in_(consultation_ids)
    )
    return list(scope.session.scalars(query.with_for_update()))


def _patient() -> ColumnElement[bool]:
    return (Member.client_id == Teleconsultation.client_id) & (Member.id == Teleconsultation.member_id)


def _order() -> tuple[ColumnElement[object], ...]:
    return (Teleconsultation.rank, Teleconsultation.queued_at, Teleconsultation.id)  # type: ignore[return-value]


def _locked(scope: Scope, *where: ColumnElement[bool]) -> list[Teleconsultation]:
    query = select(Teleconsultation).where(Teleconsultation.client_id == scope.client_id, *where)
    locked = query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return list(scope.session.scalars(locked.order_by(Teleconsultation.created_at, Teleconsultation.id)))
