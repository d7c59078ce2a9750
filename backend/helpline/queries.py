"""Every SELECT of the helpline."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_

from backend.access import Scope
from backend.errors import NotFound
from backend.helpline.models import CaseEvent, HelplineCase


def case(scope: Scope, case_id: UUID, *, lock: bool = False) -> HelplineCase:
    """One case; raises NotFound. ``lock`` holds it until the end of the transaction."""
    row = scope.session.get(HelplineCase, (scope.client_id, case_id), with_for_update=lock or None)
    if row is None:
        raise NotFound()
    return row


def open_case_of(scope: Scope, conversation_id: UUID, reason: str | None = None) -> HelplineCase | None:
    """The latest case of a thread that is not closed; of one ``reason`` when it is given."""
    statement = select(HelplineCase).where(
        HelplineCase.client_id == scope.client_id,
        HelplineCase.conversation_id == conversation_id,
        HelplineCase.state != "closed",
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
            HelplineCase.state == "taken",
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


def queue(scope: Scope, state: str | None, after: tuple[int, datetime, UUID] | None, limit: int) -> list[HelplineCase]:
    """A page of the queue: the most urgent first, then the oldest."""
    statement = select(HelplineCase).where(HelplineCase.client_id == scope.client_id)
    statement = statement.where(HelplineCase.state == state) if state else statement
    order = (HelplineCase.rank, HelplineCase.created_at, HelplineCase.id)
    if after is not None:
        statement = statement.where(tuple_(*order) > after)
    return list(scope.session.scalars(statement.order_by(*order).limit(limit)))


def events(scope: Scope, case_id: UUID) -> list[CaseEvent]:
    """What happened to a case, oldest first."""
    return list(
        scope.session.scalars(
            select(CaseEvent)
            .where(CaseEvent.client_id == scope.client_id, CaseEvent.case_id == case_id)
            .order_by(CaseEvent.created_at, CaseEvent.id)
        )
    )


def event(scope: Scope, event_id: UUID) -> CaseEvent:
    """One step of a case; raises NotFound."""
    row = scope.session.get(CaseEvent, (scope.client_id, event_id))
    if row is None:
        raise NotFound()
    return row
