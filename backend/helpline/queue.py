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

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    CompoundSelect,
    Row,
    Select,
    String,
    and_,
    cast,
    exists,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
    union,
)

from backend.access import Role, Scope
from backend.accounts.models import Staff
from backend.conversations.models import Conversation, Message
from backend.helpline.models import CaseEvent, CaseState, CaseWatch, Desk, HelplineCase
from backend.kit.pages import BadCursor
from backend.members.models import Card, Member

_MOST_UNREAD = 99
_A_MOMENT = timedelta(microseconds=1)
_PREVIEW = 280
_LETTERS_OF_A_WORD = 3
"""The index knows groups of three letters; shorter words would read everything."""
_DIGITS_OF_A_NUMBER = 4
_MOST_FOUND = 500
_ENDED = func.coalesce(HelplineCase.closed_at, HelplineCase.created_at)


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
    """Which cases: without ``state`` and ``words`` all that are not closed; ``words`` are looked for in all."""

    state: str | None = None
    desk: str | None = None
    mine: bool = False
    words: str = ""


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
    """A page of the queue, or of the closed cases. What stands beside a case is looked up for this page only."""
    chosen = select(HelplineCase.id).where(visible(scope), *_conditions(scope, wanted))
    order = _by_end() if wanted.state == CaseState.CLOSED else _by_turn()
    if after is not None:
        chosen = chosen.where(_after(wanted.state, after))
    page_of_ids = chosen.order_by(*order).limit(limit)
    return scope.session.execute(shown_cases(scope).where(HelplineCase.id.in_(page_of_ids)).order_by(*order)).all()


def _conditions(scope: Scope, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.state is not None:
        conditions.append(HelplineCase.state == wanted.state)
    elif not wanted.words:
        conditions.append(HelplineCase.state != CaseState.CLOSED)
    if wanted.desk is not None:
        conditions.append(HelplineCase.desk == wanted.desk)
    if wanted.mine:
        conditions.append(HelplineCase.assigned_to == scope.actor.id if scope.actor.id else false())
    if wanted.words:
        conditions.append(HelplineCase.id.in_(_found(scope, wanted.words)))
    return conditions


def _found(scope: Scope, words: str) -> CompoundSelect[Any]:
    """Ids of cases by number (four digits of it are enough), member or card number, name, words of the thread."""
    digits = "".join(character for character in words if character.isdigit())
    code = words.replace(" ", "").upper()
    of_client = select(HelplineCase.id).where(HelplineCase.client_id == scope.client_id)
    numbered = select(Member.id).where(Member.client_id == scope.client_id, Member.number == code)
    holders = select(Card.member_id).where(Card.client_id == scope.client_id, Card.number == code)
    ways = [of_client.where(HelplineCase.member_id.in_(numbered)), of_client.where(HelplineCase.member_id.in_(holders))]
    if len(digits) >= _DIGITS_OF_A_NUMBER:
        ways.append(of_client.where(func.replace(HelplineCase.number, "-", "").contains(digits)))
    told = [_escaped(word) for word in words.split() if len(word) >= _LETTERS_OF_A_WORD]
    if told:
        ways.append(select(func.search_cases(cast(told, ARRAY(String)), _MOST_FOUND)))
    return union(*ways)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def place_of(case: HelplineCase, state: str | None) -> Place:
    """Where the page after this case begins."""
    if state == CaseState.CLOSED:
        return Place(0, case.closed_at or case.created_at, case.id)
    return Place(case.rank, case.waiting_since, case.id)


def _by_turn() -> tuple[Any, ...]:
    return (HelplineCase.rank, HelplineCase.waiting_since, HelplineCase.id)


def _by_end() -> tuple[Any, ...]:
    return (_ENDED.desc(), HelplineCase.id.desc())


def _after(state: str | None, place: Place) -> ColumnElement[bool]:
    if state == CaseState.CLOSED:
        return tuple_(_ENDED, HelplineCase.id) < (place.moment, place.id)
    return tuple_(*_by_turn()) > (place.rank, place.moment, place.id)


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
