"""Every SELECT about single cases; the desk's list is in queue.py, a case's thread in thread.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, Select, and_, exists, func, select

from backend.access import Role, Scope
from backend.accounts.models import Staff
from backend.errors import NotFound
from backend.helpline.models import CaseEvent, CaseState, CaseWatch, Desk, HelplineCase, MedicalNote, Satisfaction
from backend.staffing.models import Shift

_A_DAY = timedelta(days=1)


def case(scope: Scope, case_id: UUID, *, lock: bool = False) -> HelplineCase:
    """One case; raises NotFound, for a doctor also when it was never the doctor's.

    ``lock`` holds it until the end of the transaction.
    """
    found = scope.session.get(
        HelplineCase, (scope.client_id, case_id), with_for_update=lock or None, populate_existing=lock
    )
    if found is None or not _visible(scope, found):
        raise NotFound()
    return found


def _visible(scope: Scope, found: HelplineCase) -> bool:
    if scope.actor.role is not Role.DOCTOR or found.desk == Desk.DOCTOR or found.assigned_to == scope.actor.id:
        return True
    worked_on = select(CaseEvent.id).where(
        CaseEvent.client_id == scope.client_id, CaseEvent.case_id == found.id, CaseEvent.actor_id == scope.actor.id
    )
    return scope.session.execute(worked_on.limit(1)).first() is not None


def open_case_of(scope: Scope, conversation_id: UUID, reason: str | None = None) -> HelplineCase | None:
    """The latest case of a thread that is not closed; of one ``reason`` when it is given."""
    statement = select(HelplineCase).where(
        HelplineCase.client_id == scope.client_id,
        HelplineCase.conversation_id == conversation_id,
        HelplineCase.state != CaseState.CLOSED,
    )
    if reason is not None:
        statement = statement.where(HelplineCase.reason == reason)
    return scope.session.scalars(statement.order_by(HelplineCase.created_at.desc()).limit(1)).one_or_none()


def taken_case_of(scope: Scope, conversation_id: UUID) -> HelplineCase | None:
    """The case that a person is working on in this thread."""
    return scope.session.scalars(
        select(HelplineCase)
        .where(
            HelplineCase.client_id == scope.client_id,
            HelplineCase.conversation_id == conversation_id,
            HelplineCase.state == CaseState.TAKEN,
        )
        .order_by(HelplineCase.taken_at.desc())
        .limit(1)
    ).one_or_none()


def cases_of(scope: Scope, conversation_id: UUID) -> list[HelplineCase]:
    """Every case of a thread."""
    return list(
        scope.session.scalars(
            select(HelplineCase).where(
                HelplineCase.client_id == scope.client_id, HelplineCase.conversation_id == conversation_id
            )
        )
    )


def events(scope: Scope, case_id: UUID) -> Sequence[Row[CaseEvent, str | None]]:
    """What happened to a case with the name of who did it, oldest first."""
    return scope.session.execute(
        select(CaseEvent, Staff.name)
        .outerjoin(Staff, Staff.id == CaseEvent.actor_id)
        .where(CaseEvent.client_id == scope.client_id, CaseEvent.case_id == case_id)
        .order_by(CaseEvent.created_at, CaseEvent.id)
    ).all()


def event(scope: Scope, event_id: UUID) -> CaseEvent:
    """One step of a case; raises NotFound."""
    row = scope.session.get(CaseEvent, (scope.client_id, event_id))
    if row is None:
        raise NotFound()
    return row


def watchers(scope: Scope, case_id: UUID, since: datetime) -> Sequence[Row[CaseWatch, str]]:
    """Who else has had the case open after ``since``, the longest first."""
    return scope.session.execute(
        select(CaseWatch, Staff.name)
        .join(Staff, Staff.id == CaseWatch.staff_id)
        .where(
            CaseWatch.client_id == scope.client_id,
            CaseWatch.case_id == case_id,
            CaseWatch.staff_id != scope.actor.id,
            CaseWatch.looked_at > since,
        )
        .order_by(CaseWatch.since, CaseWatch.id)
    ).all()


def load(scope: Scope) -> dict[UUID, int]:
    """How many cases that are not closed each person has, offered ones too."""
    rows = scope.session.execute(
        select(HelplineCase.assigned_to, func.count())
        .where(
            HelplineCase.client_id == scope.client_id,
            HelplineCase.assigned_to.is_not(None),
            HelplineCase.state.in_([CaseState.OPEN, CaseState.TAKEN]),
        )
        .group_by(HelplineCase.assigned_to)
    )
    return {staff_id: number for staff_id, number in rows if staff_id is not None}


def medical_notes(scope: Scope, case_id: UUID) -> list[MedicalNote]:
    """What doctors wrote about a case, oldest first; nothing unless the transaction was opened for a doctor."""
    return list(
        scope.session.scalars(
            select(MedicalNote)
            .where(MedicalNote.client_id == scope.client_id, MedicalNote.case_id == case_id)
            .order_by(MedicalNote.created_at, MedicalNote.id)
        )
    )


def next_medical_notes(scope: Scope, after: UUID | None, limit: int) -> list[MedicalNote]:
    """Some notes by id, for work that goes through all of them."""
    statement = select(MedicalNote).where(MedicalNote.client_id == scope.client_id)
    if after is not None:
        statement = statement.where(MedicalNote.id > after)
    return list(scope.session.scalars(statement.order_by(MedicalNote.id).limit(limit).with_for_update()))


def satisfaction_of(scope: Scope, case_id: UUID) -> Satisfaction | None:
    """The question that was asked after a case."""
    return scope.session.scalars(
        select(Satisfaction).where(Satisfaction.client_id == scope.client_id, Satisfaction.case_id == case_id)
    ).one_or_none()


def waiting_cases(scope: Scope, limit: int) -> list[HelplineCase]:
    """What nobody was offered yet, in the order of the queue, locked; what somebody just takes is left out."""
    statement = select(HelplineCase).where(
        HelplineCase.client_id == scope.client_id,
        HelplineCase.state == CaseState.OPEN,
        HelplineCase.assigned_to.is_(None),
    )
    ordered = statement.order_by(HelplineCase.rank, HelplineCase.waiting_since, HelplineCase.id).limit(limit)
    return _locked(scope, ordered)


def offered_cases(scope: Scope) -> list[HelplineCase]:
    """What waits for the person it was offered to, locked; what somebody just takes is left out."""
    return _locked(
        scope,
        select(HelplineCase).where(
            HelplineCase.client_id == scope.client_id,
            HelplineCase.state == CaseState.OPEN,
            HelplineCase.assigned_to.is_not(None),
        ),
    )


def rostered(scope: Scope, now: datetime) -> set[UUID]:
    """Who has had or will have a shift, a day back and a day ahead."""
    near = (Shift.ends_at > now - _A_DAY, Shift.starts_at < now + _A_DAY)
    return set(scope.session.scalars(select(Shift.staff_id).where(Shift.client_id == scope.client_id, *near)))


def cases_of_ended_shifts(scope: Scope, now: datetime) -> list[HelplineCase]:
    """What people work on whose shift has ended since they took it and who have no other one now, locked."""
    own = and_(Shift.client_id == HelplineCase.client_id, Shift.staff_id == HelplineCase.assigned_to)
    ended = exists().where(own, Shift.ends_at <= now, Shift.ends_at > HelplineCase.assigned_at)
    going_on = exists().where(own, Shift.starts_at <= now, Shift.ends_at > now)
    return _locked(
        scope,
        select(HelplineCase).where(
            HelplineCase.client_id == scope.client_id, HelplineCase.state == CaseState.TAKEN, ended, ~going_on
        ),
    )


def passed_offers(scope: Scope, case_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """Who was offered each case and did not take it."""
    rows = scope.session.execute(
        select(CaseEvent.case_id, CaseEvent.facts["staff_id"].astext).where(
            CaseEvent.client_id == scope.client_id,
            CaseEvent.case_id.in_(case_ids),
            CaseEvent.kind == "returned",
            CaseEvent.facts["why"].astext == "not_taken_in_time",
        )
    )
    found: dict[UUID, list[UUID]] = {}
    for case_id, staff_id in rows:
        found.setdefault(case_id, []).append(UUID(staff_id))
    return found


def _locked(scope: Scope, statement: Select[HelplineCase]) -> list[HelplineCase]:
    locked = statement.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return list(scope.session.scalars(locked))
