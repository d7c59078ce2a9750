"""The list of cases as the desk shows it: one statement, whatever stands beside each case.

Waiting and taken cases stand in the order of the queue (rules/cases.py: queue_place), closed ones by their end, the
latest first.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select, true, tuple_

from backend.access import Role, Scope
from backend.accounts.models import Staff
from backend.conversations.models import Conversation, Message
from backend.helpline.models import CaseEvent, CaseState, CaseWatch, Desk, HelplineCase
from backend.kit.pages import BadCursor
from backend.members.models import Member

_MOST_UNREAD = 99
_A_MOMENT = timedelta(microseconds=1)
_PREVIEW = 280


@dataclass(frozen=True, slots=True)
class Place:
    """The last row of the page before: its rank (closed cases have none), its moment, its id."""

    rank: int
    moment: datetime
    id: UUID

    def encode(self) -> str:
        """An opaque, URL-safe string."""
        return base64.urlsafe_b64encode(f"{self.rank}|{self.moment.isoformat()}|{self.id}".encode()).decode()

    @classmethod
    def decode(cls, text: str | None) -> Place | None:
        """Back from ``encode``; None for the first page. Raises BadCursor."""
        if not text:
            return None
        try:
            rank, moment, row = base64.urlsafe_b64decode(text.encode()).decode().split("|")
            return cls(int(rank), datetime.fromisoformat(moment), UUID(row))
        except (ValueError, binascii.Error) as error:
            raise BadCursor(text) from error


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: ``state`` None means all that are not closed, ``found`` limits them to what a search gave."""

    state: str | None = None
    desk: str | None = None
    mine: bool = False
    found: ColumnElement[bool] | None = None


def visible(scope: Scope) -> ColumnElement[bool]:
    """Agents and supervisors see every case, a doctor the doctor's queue and what was handed over."""
    if scope.actor.role is not Role.DOCTOR:
        return HelplineCase.client_id == scope.client_id
    worked_on = exists().where(
        CaseEvent.client_id == HelplineCase.client_id,
        CaseEvent.case_id == HelplineCase.id,
        CaseEvent.actor_id == scope.actor.id,
    )
    return and_(
        HelplineCase.client_id == scope.client_id,
        or_(HelplineCase.desk == Desk.DOCTOR, HelplineCase.assigned_to == scope.actor.id, worked_on),
    )


def shown_cases(scope: Scope) -> Select[Any]:
    """Every column of a case in the list, for ``shown``; one row a case."""
    latest = (
        select(func.left(Message.text, _PREVIEW).label("text"), Message.created_at, Message.author)
        .where(Message.client_id == HelplineCase.client_id, Message.conversation_id == HelplineCase.conversation_id)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(1)
        .lateral("latest")
    )
    news = (
        select(Message.id)
        .where(
            Message.client_id == HelplineCase.client_id,
            Message.conversation_id == HelplineCase.conversation_id,
            Message.direction == "in",
            Message.created_at > func.coalesce(CaseWatch.seen_at, HelplineCase.waiting_since - _A_MOMENT),
        )
        .limit(_MOST_UNREAD)
        .correlate(HelplineCase, CaseWatch)
        .lateral("news")
    )
    unread = select(func.count().label("number")).select_from(news).lateral("unread")
    mine = and_(
        CaseWatch.client_id == HelplineCase.client_id,
        CaseWatch.case_id == HelplineCase.id,
        CaseWatch.staff_id == scope.actor.id,
    )
    of_case = and_(Conversation.client_id == HelplineCase.client_id, Conversation.id == HelplineCase.conversation_id)
    person = and_(Member.client_id == HelplineCase.client_id, Member.id == HelplineCase.member_id)
    return (
        select(
            HelplineCase,
            Conversation.language.label("speaks"),
            Member.full_name.label("member_name"),
            Member.number.label("member_number"),
            Staff.name.label("assigned_name"),
            latest.c.text.label("last_text"),
            latest.c.created_at.label("last_at"),
            latest.c.author.label("last_author"),
            unread.c.number.label("unread"),
        )
        .join(Conversation, of_case)
        .outerjoin(Member, person)
        .outerjoin(Staff, Staff.id == HelplineCase.assigned_to)
        .outerjoin(CaseWatch, mine)
        .outerjoin(latest, true())
        .outerjoin(unread, true())
        .where(visible(scope))
    )


def page(scope: Scope, wanted: Wanted, after: Place | None, limit: int) -> Sequence[Row[Any]]:
    """A page of the queue, or of the closed cases."""
    statement = shown_cases(scope)
    if wanted.state is not None:
        statement = statement.where(HelplineCase.state == wanted.state)
    elif wanted.found is None:
        statement = statement.where(HelplineCase.state != CaseState.CLOSED)
    if wanted.desk is not None:
        statement = statement.where(HelplineCase.desk == wanted.desk)
    if wanted.mine:
        statement = statement.where(HelplineCase.assigned_to == scope.actor.id if scope.actor.id else false())
    if wanted.found is not None:
        statement = statement.where(wanted.found)
    ordered = _by_end(statement, after) if wanted.state == CaseState.CLOSED else _by_turn(statement, after)
    return scope.session.execute(ordered.limit(limit)).all()


def place_of(case: HelplineCase, state: str | None) -> Place:
    """Where the page after this case begins."""
    if state == CaseState.CLOSED:
        return Place(0, case.closed_at or case.created_at, case.id)
    return Place(case.rank, case.waiting_since, case.id)


def _by_turn(statement: Select[Any], after: Place | None) -> Select[Any]:
    order = (HelplineCase.rank, HelplineCase.waiting_since, HelplineCase.id)
    if after is not None:
        statement = statement.where(tuple_(*order) > (after.rank, after.moment, after.id))
    return statement.order_by(*order)


def _by_end(statement: Select[Any], after: Place | None) -> Select[Any]:
    ended = func.coalesce(HelplineCase.closed_at, HelplineCase.created_at)
    if after is not None:
        statement = statement.where(tuple_(ended, HelplineCase.id) < (after.moment, after.id))
    return statement.order_by(ended.desc(), HelplineCase.id.desc())


def shown(row: Row[Any]) -> dict[str, Any]:
    """A case in the list, as the API answers it."""
    case: HelplineCase = row[0]
    return {
        "id": case.id,
        "number": case.number,
        "reason": case.reason,
        "priority": case.priority,
        "state": case.state,
        "desk": case.desk,
        "language": row.speaks,
        "channel": case.channel,
        "member": {"id": case.member_id, "name": row.member_name, "member_number": row.member_number}
        if case.member_id
        else None,
        "conversation_id": case.conversation_id,
        "assigned_to": {"id": case.assigned_to, "name": row.assigned_name} if case.assigned_to else None,
        "opened_at": case.created_at,
        "waiting_since": case.waiting_since,
        "due_at": case.due_at,
        "taken_at": case.taken_at,
        "closed_at": case.closed_at,
        "last_message": {"text": row.last_text, "at": row.last_at, "author": row.last_author} if row.last_at else None,
        "unread": row.unread,
    }
