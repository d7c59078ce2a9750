"""Every SELECT of the dossiers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Row, and_, or_, select

from backend.access import Scope
from backend.accounts.models import StaffClient
from backend.complaints.dossier.models import Dossier, DossierState
from backend.complaints.dossier.rules import Reader
from backend.complaints.models import Complaint
from backend.conversations.models import Call, Message
from backend.errors import NotFound
from backend.guarantees.models import GuaranteeLetter
from backend.helpline.models import CaseEvent, HelplineCase
from backend.notifications.models import Notification, NotificationAttempt

_WORDS_BEFORE = 2_000


def dossier(scope: Scope, complaint_id: UUID, dossier_id: UUID) -> Dossier:
    """One dossier of a complaint; raises NotFound."""
    found = scope.session.get(Dossier, (scope.client_id, dossier_id))
    if found is None or found.complaint_id != complaint_id:
        raise NotFound()
    return found


def dossier_to_make(scope: Scope, dossier_id: UUID) -> Dossier | None:
    """One that is still to be made; None when it was made or forgotten."""
    found = scope.session.get(Dossier, (scope.client_id, dossier_id))
    return found if found is not None and found.state == DossierState.WAITING else None


def dossiers_of(scope: Scope, complaint_id: UUID, readers: Collection[Reader], limit: int) -> list[Dossier]:
    """The newest first, for these readers."""
    wanted = select(Dossier).where(
        Dossier.client_id == scope.client_id, Dossier.complaint_id == complaint_id, Dossier.reader.in_(readers)
    )
    return list(scope.session.scalars(wanted.order_by(Dossier.created_at.desc(), Dossier.id.desc()).limit(limit)))


def waiting_one(scope: Scope, complaint_id: UUID, reader: Reader, language: str, told_by_id: UUID) -> Dossier | None:
    """The same dossier, asked for before and not made yet."""
    return scope.session.scalars(
        select(Dossier).where(
            Dossier.client_id == scope.client_id,
            Dossier.complaint_id == complaint_id,
            Dossier.reader == reader,
            Dossier.language == language,
            Dossier.told_by_id == told_by_id,
            Dossier.state == DossierState.WAITING,
        )
    ).one_or_none()


def expired(scope: Scope, today: date, limit: int) -> list[Dossier]:
    """Dossiers whose last day is over."""
    over = select(Dossier).where(Dossier.client_id == scope.client_id, Dossier.keep_until < today)
    return list(scope.session.scalars(over.limit(limit)))


def next_dossiers(scope: Scope, after: UUID | None, limit: int) -> list[Dossier]:
    """The next dossiers of the client by id."""
    wanted = select(Dossier).where(Dossier.client_id == scope.client_id)
    if after is not None:
        wanted = wanted.where(Dossier.id > after)
    return list(scope.session.scalars(wanted.order_by(Dossier.id).limit(limit)))


def about_member(scope: Scope, member_id: UUID) -> list[UUID]:
    """Every dossier of a member's complaints, and those that hold the member's thread."""
    theirs = select(Complaint.id).where(Complaint.client_id == scope.client_id, Complaint.member_id == member_id)
    query = select(Dossier.id).where(
        Dossier.client_id == scope.client_id,
        or_(Dossier.complaint_id.in_(theirs), Dossier.told_by_id == member_id),
    )
    return list(scope.session.scalars(query))


def words_before(scope: Scope, conversation_id: UUID, moment: datetime) -> list[datetime]:
    """When something was said in a thread before a moment, the latest first."""
    wanted = select(Message.created_at).where(
        Message.client_id == scope.client_id,
        Message.conversation_id == conversation_id,
        Message.created_at < moment,
    )
    return list(scope.session.scalars(wanted.order_by(Message.created_at.desc()).limit(_WORDS_BEFORE)))


def messages_since(scope: Scope, conversation_id: UUID, since: datetime) -> list[Message]:
    """Everything said in a thread from a moment on, on all channels."""
    wanted = select(Message).where(
        Message.client_id == scope.client_id, Message.conversation_id == conversation_id, Message.created_at >= since
    )
    return list(scope.session.scalars(wanted.order_by(Message.created_at, Message.id)))


def call(scope: Scope, call_id: UUID) -> Call | None:
    """One telephone call."""
    return scope.session.get(Call, (scope.client_id, call_id))


def calls_since(scope: Scope, conversation_id: UUID, since: datetime) -> list[Call]:
    """The telephone calls of a thread that had not ended before a moment."""
    wanted = select(Call).where(
        Call.client_id == scope.client_id,
        Call.conversation_id == conversation_id,
        (Call.created_at >= since) | (Call.ended_at >= since),
    )
    return list(scope.session.scalars(wanted.order_by(Call.created_at, Call.id)))


def cases_since(scope: Scope, conversation_id: UUID, since: datetime, members: Collection[UUID]) -> list[HelplineCase]:
    """The cases of a thread that are open or were closed after a moment, about nobody but ``members``."""
    wanted = select(HelplineCase).where(
        HelplineCase.client_id == scope.client_id,
        HelplineCase.conversation_id == conversation_id,
        HelplineCase.closed_at.is_(None) | (HelplineCase.closed_at >= since),
        HelplineCase.member_id.is_(None) | HelplineCase.member_id.in_(members),
    )
    return list(scope.session.scalars(wanted.order_by(HelplineCase.created_at, HelplineCase.id)))


def steps_of_cases(scope: Scope, case_ids: Collection[UUID]) -> list[CaseEvent]:
    """What happened to these cases, in order."""
    wanted = select(CaseEvent).where(CaseEvent.client_id == scope.client_id, CaseEvent.case_id.in_(case_ids))
    return list(scope.session.scalars(wanted.order_by(CaseEvent.created_at, CaseEvent.id)))


def letters_since(scope: Scope, member_id: UUID, since: datetime) -> list[GuaranteeLetter]:
    """The member's letters of guarantee that were asked for after a moment."""
    wanted = select(GuaranteeLetter).where(
        GuaranteeLetter.client_id == scope.client_id,
        GuaranteeLetter.member_id == member_id,
        GuaranteeLetter.requested_at >= since,
    )
    return list(scope.session.scalars(wanted.order_by(GuaranteeLetter.requested_at, GuaranteeLetter.id)))


def notices_since(
    scope: Scope, member_id: UUID, since: datetime
) -> list[Row[Notification, NotificationAttempt | None]]:
    """What the member was told after a moment, each with every channel it was tried on."""
    of_notice = and_(
        NotificationAttempt.client_id == Notification.client_id, NotificationAttempt.notification_id == Notification.id
    )
    wanted = (
        select(Notification, NotificationAttempt)
        .outerjoin(NotificationAttempt, of_notice)
        .where(
            Notification.client_id == scope.client_id,
            Notification.member_id == member_id,
            Notification.created_at >= since,
        )
    )
    ordered = wanted.order_by(Notification.created_at, Notification.id, NotificationAttempt.position)
    return list(scope.session.execute(ordered))


def roles_of_staff(scope: Scope, staff_ids: Collection[UUID]) -> dict[UUID, str]:
    """As what these people work for the client."""
    wanted = select(StaffClient.staff_id, StaffClient.role).where(
        StaffClient.client_id == scope.client_id, StaffClient.staff_id.in_(staff_ids)
    )
    return {row.staff_id: row.role for row in scope.session.execute(wanted)}
