"""Every SELECT of the complaints domain."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select, true, tuple_

from backend.access import Role, Scope
from backend.claims.models import ClaimLine
from backend.complaints.models import (
    Complaint,
    ComplaintDocument,
    ComplaintNotice,
    ComplaintReferral,
    ComplaintRespondent,
    ComplaintStatus,
    ComplaintStep,
    ExternalBody,
    RegulatorReport,
)
from backend.complaints.rules.priority import RANK
from backend.complaints.rules.regulator_report import TOLD, BookEntry, BookStep
from backend.conversations.models import Call, Conversation
from backend.errors import NotFound
from backend.helpline.models import CaseEvent, HelplineCase
from backend.kit.pages import Cursor

ANSWERED = (ComplaintStatus.RESOLVED, ComplaintStatus.CLOSED)
_SERVING = ("taken", "replied")
"""What somebody of the staff does in a case that a member can complain about."""
RUNNING = (ComplaintStatus.RECEIVED, ComplaintStatus.ACKNOWLEDGED)


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
    if _is_staff(scope) and (_is_about_their_house(scope, found) or scope.actor.id in respondents_of(scope, found.id)):
        raise NotFound()
    return found


def _is_staff(scope: Scope) -> bool:
    return scope.actor.role not in {Role.MEMBER, Role.SYSTEM}


def _is_about_their_house(scope: Scope, found: Complaint) -> bool:
    return scope.actor.provider_id is not None and found.provider_id == scope.actor.provider_id


def _not_about_the_actor(scope: Scope) -> ColumnElement[bool]:
    """Whoever is complained about sees nothing of it, on any list (S0-94)."""
    if not _is_staff(scope) or scope.actor.id is None:
        return true()
    about = exists().where(
        ComplaintRespondent.client_id == Complaint.client_id,
        ComplaintRespondent.complaint_id == Complaint.id,
        ComplaintRespondent.staff_id == scope.actor.id,
    )
    theirs = Complaint.provider_id.is_distinct_from(scope.actor.provider_id) if scope.actor.provider_id else true()
    return and_(~about, theirs)


def respondents_of(scope: Scope, complaint_id: UUID) -> list[UUID]:
    """The staff whom a complaint is about."""
    wanted = select(ComplaintRespondent.staff_id).where(
        ComplaintRespondent.client_id == scope.client_id, ComplaintRespondent.complaint_id == complaint_id
    )
    return list(scope.session.scalars(wanted.order_by(ComplaintRespondent.created_at, ComplaintRespondent.id)))


def respondent_rows(scope: Scope, complaint_id: UUID) -> list[ComplaintRespondent]:
    """The same as rows that can be taken back."""
    wanted = select(ComplaintRespondent).where(
        ComplaintRespondent.client_id == scope.client_id, ComplaintRespondent.complaint_id == complaint_id
    )
    return list(scope.session.scalars(wanted))


def served_lately(scope: Scope, member_id: UUID, since: datetime) -> list[UUID]:
    """The staff who took or answered a case of this member since then: whom "the agent" of a complaint may be."""
    wanted = (
        select(CaseEvent.actor_id)
        .join(
            HelplineCase,
            and_(HelplineCase.client_id == CaseEvent.client_id, HelplineCase.id == CaseEvent.case_id),
        )
        .join(
            Conversation,
            and_(Conversation.client_id == HelplineCase.client_id, Conversation.id == HelplineCase.conversation_id),
        )
        .where(
            CaseEvent.client_id == scope.client_id,
            or_(HelplineCase.member_id == member_id, Conversation.member_id == member_id),
            CaseEvent.kind.in_(_SERVING),
            CaseEvent.actor_id.is_not(None),
            CaseEvent.created_at >= since,
        )
        .distinct()
    )
    return [found for found in scope.session.scalars(wanted) if found is not None]


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
    wanted = select(Complaint).where(Complaint.client_id == scope.client_id, _not_about_the_actor(scope))
    if member_id is not None:
        scope.check_member(member_id)
        return wanted.where(Complaint.member_id == member_id)
    if scope.actor.role is Role.MEMBER:
        return wanted.where(Complaint.member_id.in_(scope.actor.member_ids))
    return wanted


def open_by_deadline(
    scope: Scope, limit: int, *, handler_id: UUID | None = None, unassigned: bool = False, level: int | None = None
) -> list[Complaint]:
    """What is still to be answered, the nearest deadline first, the more urgent first on one day.

    Of one handler, of nobody yet, or from a level of escalation on, when that is asked.
    """
    wanted = select(Complaint).where(
        Complaint.client_id == scope.client_id, Complaint.status.not_in(ANSWERED), _not_about_the_actor(scope)
    )
    if handler_id is not None:
        wanted = wanted.where(Complaint.handler_id == handler_id)
    if unassigned:
        wanted = wanted.where(Complaint.handler_id.is_(None))
    if level is not None:
        wanted = wanted.where(Complaint.level >= level)
    by_urgency = case(RANK, value=Complaint.priority, else_=len(RANK))
    return list(scope.session.scalars(wanted.order_by(Complaint.resolve_by, by_urgency, Complaint.id).limit(limit)))


def running_until(scope: Scope, last: date, after: tuple[date, UUID] | None, limit: int) -> list[Complaint]:
    """Unanswered complaints that wait for nobody and are due by ``last``, locked; those another worker holds are left.

    In the order of their deadlines, from behind ``after`` on.
    """
    wanted = select(Complaint).where(
        Complaint.client_id == scope.client_id,
        Complaint.status.in_(RUNNING),
        or_(
            Complaint.resolve_by <= last,
            and_(Complaint.status == ComplaintStatus.RECEIVED, Complaint.acknowledge_by <= last),
        ),
    )
    if after is not None:
        wanted = wanted.where(tuple_(Complaint.resolve_by, Complaint.id) > after)
    locked = wanted.order_by(Complaint.resolve_by, Complaint.id).limit(limit).with_for_update(skip_locked=True)
    return list(scope.session.scalars(locked.execution_options(populate_existing=True)))


def waiting_until(scope: Scope, last: date, after: tuple[date, UUID] | None, limit: int) -> list[Complaint]:
    """Complaints that wait for their complainant until ``last`` at most, locked in the same way."""
    wanted = select(Complaint).where(Complaint.client_id == scope.client_id, Complaint.information_by <= last)
    if after is not None:
        wanted = wanted.where(tuple_(Complaint.information_by, Complaint.id) > after)
    locked = wanted.order_by(Complaint.information_by, Complaint.id).limit(limit).with_for_update(skip_locked=True)
    return list(scope.session.scalars(locked.execution_options(populate_existing=True)))


def line_and_claim(scope: Scope, line_id: UUID) -> tuple[UUID, int]:
    """The claim a line belongs to, and the line's amount in minor units; raises NotFound."""
    found = scope.session.get(ClaimLine, (scope.client_id, line_id))
    if found is None:
        raise NotFound()
    return found.claim_id, found.amount_minor


def member_of_call(scope: Scope, call_id: UUID) -> UUID | None:
    """Whose thread a call belongs to; raises NotFound when there is no such call."""
    wanted = (
        select(Conversation.member_id)
        .join(Call, and_(Call.client_id == Conversation.client_id, Call.conversation_id == Conversation.id))
        .where(Call.client_id == scope.client_id, Call.id == call_id)
    )
    found = scope.session.execute(wanted).first()
    if found is None:
        raise NotFound()
    return found[0]


def notices_of(scope: Scope, complaint_id: UUID) -> list[ComplaintNotice]:
    """What was told about the deadlines of a complaint, the first one first."""
    wanted = select(ComplaintNotice).where(
        ComplaintNotice.client_id == scope.client_id, ComplaintNotice.complaint_id == complaint_id
    )
    return list(scope.session.scalars(wanted.order_by(ComplaintNotice.created_at, ComplaintNotice.id)))


def referrals_of(scope: Scope, complaint_id: UUID) -> list[ComplaintReferral]:
    """Where a complaint went outside, the first one first."""
    wanted = select(ComplaintReferral).where(
        ComplaintReferral.client_id == scope.client_id, ComplaintReferral.complaint_id == complaint_id
    )
    return list(scope.session.scalars(wanted.order_by(ComplaintReferral.referred_on, ComplaintReferral.id)))


def papers_of(scope: Scope, complaint_id: UUID) -> list[ComplaintDocument]:
    """The photos and PDFs beside a complaint, the first one first."""
    wanted = select(ComplaintDocument).where(
        ComplaintDocument.client_id == scope.client_id, ComplaintDocument.complaint_id == complaint_id
    )
    return list(scope.session.scalars(wanted.order_by(ComplaintDocument.created_at, ComplaintDocument.id)))


def report(scope: Scope, quarter: str) -> RegulatorReport | None:
    """What is known of a quarter's report."""
    wanted = select(RegulatorReport).where(
        RegulatorReport.client_id == scope.client_id, RegulatorReport.quarter == quarter
    )
    return scope.session.scalars(wanted).one_or_none()


def report_to_change(scope: Scope, quarter: str) -> RegulatorReport:
    """The same, which is there, locked until the transaction ends."""
    wanted = select(RegulatorReport).where(
        RegulatorReport.client_id == scope.client_id, RegulatorReport.quarter == quarter
    )
    return scope.session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).one()


def book(scope: Scope, until: datetime, date_of: Callable[[datetime], date]) -> list[BookEntry]:
    """Every complaint that came in before ``until`` with the steps that the regulator's figures need."""
    table, step = Complaint.__table__, ComplaintStep.__table__
    rows = scope.session.execute(
        select(table.c.id, table.c.category, table.c.channel, step.c.kind, step.c.created_at, step.c.figures)
        .join(step, and_(step.c.client_id == table.c.client_id, step.c.complaint_id == table.c.id))
        .where(table.c.client_id == scope.client_id, step.c.kind.in_(TOLD), step.c.created_at < until)
        .order_by(step.c.created_at, step.c.id)
    ).all()
    referred: dict[UUID, list[date]] = {}
    for complaint_id, day in scope.session.execute(
        select(ComplaintReferral.complaint_id, ComplaintReferral.referred_on).where(
            ComplaintReferral.client_id == scope.client_id, ComplaintReferral.body == ExternalBody.LAPS_SJK
        )
    ):
        referred.setdefault(complaint_id, []).append(day)
    steps: dict[UUID, list[BookStep]] = {}
    about: dict[UUID, tuple[str, str]] = {}
    for row in rows:
        about[row.id] = (row.category, row.channel)
        left = BookStep(row.kind, date_of(row.created_at), date.fromisoformat(row.figures["resolve_by"]))
        steps.setdefault(row.id, []).append(left)
    return [
        BookEntry(category, channel, steps[each], referred.get(each, ())) for each, (category, channel) in about.items()
    ]


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
