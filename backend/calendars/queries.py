"""Every SELECT of the calendars."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from backend.access import Scope
from backend.calendars.models import CalendarFeed
from backend.calendars.rules import Day, Matter, of_claim, of_complaint, of_letter
from backend.claims.models import Claim, ClaimEvent, ClaimStatus
from backend.complaints.models import Complaint, ComplaintStatus, ComplaintStep
from backend.guarantees.models import GuaranteeLetter
from backend.kit.deadlines import local_date

_MOST = 200
"""Matters of one kind in a feed; the latest count."""
_OPEN_CLAIMS = (ClaimStatus.DRAFT, ClaimStatus.RETURNED)
_ANSWERED = (ComplaintStatus.RESOLVED, ComplaintStatus.CLOSED)


def living_feed(scope: Scope, identity_id: UUID) -> CalendarFeed | None:
    """The feed that an identity has now."""
    return scope.session.scalars(
        select(CalendarFeed).where(
            CalendarFeed.client_id == scope.client_id,
            CalendarFeed.identity_id == identity_id,
            CalendarFeed.revoked_at.is_(None),
        )
    ).one_or_none()


def feed_of_digest(scope: Scope, digest: bytes) -> CalendarFeed | None:
    """The living feed at an address."""
    return scope.session.scalars(
        select(CalendarFeed).where(
            CalendarFeed.client_id == scope.client_id,
            CalendarFeed.digest == digest,
            CalendarFeed.revoked_at.is_(None),
        )
    ).one_or_none()


def days_of_complaints(scope: Scope, member_ids: Collection[UUID], since: datetime) -> list[Day]:
    """Days of complaints that are not answered, or that something happened to after ``since``."""
    last = func.max(ComplaintStep.created_at)
    wanted = (
        select(Complaint, func.count(ComplaintStep.id), last)
        .join(
            ComplaintStep,
            (ComplaintStep.client_id == Complaint.client_id) & (ComplaintStep.complaint_id == Complaint.id),
        )
        .where(Complaint.client_id == scope.client_id, Complaint.member_id.in_(member_ids))
        .group_by(Complaint.client_id, Complaint.id)
        .having(or_(Complaint.status.not_in(_ANSWERED), last >= since))
        .order_by(Complaint.created_at.desc())
        .limit(_MOST)
    )
    return [
        day
        for row, steps, changed_at in scope.session.execute(wanted)
        for day in of_complaint(
            Matter(row.id, row.number, steps, changed_at),
            answered=row.status in _ANSWERED,
            acknowledged=row.acknowledged_at is not None,
            acknowledge_by=row.acknowledge_by,
            information_by=row.information_by,
            resolve_by=row.resolve_by,
        )
    ]


def days_of_claims(scope: Scope, member_ids: Collection[UUID], since: datetime) -> list[Day]:
    """Days of claims that lie with the member, or that something happened to after ``since``."""
    last = func.max(ClaimEvent.created_at)
    wanted = (
        select(Claim, func.count(ClaimEvent.id), last)
        .join(ClaimEvent, (ClaimEvent.client_id == Claim.client_id) & (ClaimEvent.claim_id == Claim.id))
        .where(Claim.client_id == scope.client_id, Claim.member_id.in_(member_ids))
        .group_by(Claim.client_id, Claim.id)
        .having(or_(Claim.status.in_(_OPEN_CLAIMS), last >= since))
        .order_by(Claim.created_at.desc())
        .limit(_MOST)
    )
    return [
        day
        for row, steps, changed_at in scope.session.execute(wanted)
        for day in of_claim(
            Matter(row.id, row.number, steps, changed_at),
            status=row.status,
            submit_by=row.submit_by,
            resubmit_by=row.resubmit_by,
        )
    ]


def days_of_letters(scope: Scope, member_ids: Collection[UUID], since: datetime, zone: str) -> list[Day]:
    """Days of letters of guarantee that were issued and hold, or ended or were confirmed after ``since``."""
    settled = func.coalesce(GuaranteeLetter.ended_at, GuaranteeLetter.confirmed_at)
    wanted = select(GuaranteeLetter).where(
        GuaranteeLetter.client_id == scope.client_id,
        GuaranteeLetter.member_id.in_(member_ids),
        GuaranteeLetter.issued_at.is_not(None),
        or_(settled.is_(None), settled >= since),
    )
    rows = scope.session.scalars(wanted.order_by(GuaranteeLetter.requested_at.desc()).limit(_MOST))
    return [
        day
        for row in rows
        for day in of_letter(Matter(row.id, row.number, *_settled(row)), state=row.state, last_day=_last_day(row, zone))
    ]


def _settled(row: GuaranteeLetter) -> tuple[int, datetime]:
    moment = row.ended_at or row.confirmed_at
    return (1, moment) if moment else (0, row.issued_at or row.requested_at)


def _last_day(row: GuaranteeLetter, zone: str) -> date | None:
    """A letter that ends at midnight ends the day before."""
    return local_date(row.valid_until - timedelta(microseconds=1), zone) if row.valid_until else None
