"""Every SELECT of the claims domain."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, select

from backend.access import Role, Scope
from backend.claims.models import (
    Claim,
    ClaimAppeal,
    ClaimDecision,
    ClaimDocument,
    ClaimEvent,
    ClaimLine,
    ClaimStatus,
)
from backend.documents.models import Document
from backend.errors import NotFound
from backend.gathering import remembered
from backend.kit.pages import Cursor
from backend.providers.models import Provider

DECIDED = (ClaimStatus.APPROVED, ClaimStatus.PARTLY_APPROVED, ClaimStatus.REJECTED)
ONCE_DECIDED = (*DECIDED, ClaimStatus.APPEALED, ClaimStatus.CONFIRMING)
"""There may be a decision in force: also while a second person looks at a new one."""
HANDED_IN = (
    *(ClaimStatus.SUBMITTED, ClaimStatus.RETURNED, ClaimStatus.COMPLETE, ClaimStatus.REFUSED),
    *(ClaimStatus.IN_REVIEW, ClaimStatus.CONFIRMING, ClaimStatus.APPEALED, *DECIDED),
)
"""Whoever looks for duplicates compares with these: a draft or a withdrawn claim asks for nothing."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A document as it stands for a requirement of a claim."""

    document_id: UUID
    requirement: str
    attached_at: datetime


def claim(scope: Scope, claim_id: UUID) -> Claim:
    """One claim; raises NotFound when it is not there or belongs to somebody the actor does not act for."""
    return _visible(scope, scope.session.get(Claim, (scope.client_id, claim_id)))


@remembered
def claim_to_change(scope: Scope, claim_id: UUID) -> Claim:
    """The same, locked until the transaction ends: two hands on one claim work one after the other."""
    wanted = select(Claim).where(Claim.client_id == scope.client_id, Claim.id == claim_id)
    locked = wanted.with_for_update().execution_options(populate_existing=True)
    return _visible(scope, scope.session.scalars(locked).one_or_none())


def claim_by_number(scope: Scope, number: str) -> Claim:
    """One claim by its number in the kept form; raises NotFound."""
    wanted = select(Claim).where(Claim.client_id == scope.client_id, Claim.number == number)
    return _visible(scope, scope.session.scalars(wanted).one_or_none())


def _visible(scope: Scope, found: Claim | None) -> Claim:
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    return found


def claims_of(
    scope: Scope,
    member_id: UUID | None = None,
    *,
    number: str | None = None,
    limit: int = 20,
) -> list[Claim]:
    """The newest claims first: of one member, or of everybody the actor may act for (staff: of the client)."""
    wanted = _of_members(scope, member_id)
    if number is not None:
        wanted = wanted.where(Claim.number == number)
    return list(scope.session.scalars(wanted.order_by(Claim.created_at.desc(), Claim.id.desc()).limit(limit)))


_SHOWN = """c.id, c.created_at, c.number, c.member_id, c.benefit_group, c.status, c.visit_on, c.discharge_on,
       c.provider_name, c.invoice_number, c.claimed_minor, c.currency, c.channel, c.missing, c.refusal, c.submit_by,
       c.resubmit_by, c.settle_by, c.submitted_at, c.complete_at"""
_LISTED = f"SELECT {_SHOWN} FROM claim c WHERE c.client_id = %(client)s"  # noqa: S608 - columns of our own


def listed(
    scope: Scope,
    member_id: UUID | None = None,
    *,
    status: str | None = None,
    after: Cursor | None = None,
    limit: int = 20,
) -> list[Any]:
    """The same as rows with what a list shows of a claim, read in one round trip."""
    asked: dict[str, Any] = {
        "client": scope.client_id,
        "member": member_id,
        "members": list(scope.actor.member_ids),
        "status": status,
    }
    wanted = _LISTED
    if member_id is not None:
        scope.check_member(member_id)
        wanted += " AND member_id = %(member)s"
    elif scope.actor.role is Role.MEMBER:
        wanted += " AND member_id = ANY(%(members)s)"
    if status is not None:
        wanted += " AND status = %(status)s"
    if after is not None:
        wanted += " AND (created_at, id) < (%(moment)s, %(after)s)"
        asked |= {"moment": after.moment, "after": after.id}
    wanted += " ORDER BY created_at DESC, id DESC LIMIT %(limit)s"
    if scope.actor.role is not Role.MEMBER:
        scope.session.connection()  # who looks is written down in the same transaction
    return scope.unit.ask((wanted, asked | {"limit": limit}))


def latest(scope: Scope, member_id: UUID) -> Claim | None:
    """The newest claim of a member that is more than a draft."""
    wanted = _of_members(scope, member_id).where(Claim.status != ClaimStatus.DRAFT)
    return scope.session.scalars(wanted.order_by(Claim.created_at.desc(), Claim.id.desc()).limit(1)).one_or_none()


def _of_members(scope: Scope, member_id: UUID | None) -> Select[Claim]:
    wanted = select(Claim).where(Claim.client_id == scope.client_id)
    if member_id is not None:
        scope.check_member(member_id)
        return wanted.where(Claim.member_id == member_id)
    if scope.actor.role is Role.MEMBER:
        return wanted.where(Claim.member_id.in_(scope.actor.member_ids))
    return wanted


_LAST_DAY = "date '9999-12-31'"
_DUE = f"""coalesce((SELECT a.answer_by FROM claim_appeal a
                     WHERE a.client_id = c.client_id AND a.claim_id = c.id AND a.answered_at IS NULL),
                   c.settle_by, {_LAST_DAY})"""  # noqa: S608 - a day of our own
"""By when an answer is owed: to the open appeal, else to the claim."""
_QUEUED = f"""
SELECT {_SHOWN}, c.flags, m.number AS member_number, m.full_name AS member_name, NULLIF({_DUE}, {_LAST_DAY}) AS due
  FROM claim c JOIN member m ON m.client_id = c.client_id AND m.id = c.member_id
 WHERE c.client_id = %(client)s AND """  # noqa: S608 - columns of our own


def queue(
    scope: Scope, statuses: Collection[str], after: Cursor | None, limit: int, *, by_due: bool = False
) -> list[Any]:
    """Claims that wait for a person: what a list shows, flags, the member's number and name, when an answer is due.

    The longest waiting first or, ``by_due``, the earliest day; that is the last day there is while none is promised.
    """
    moment = _DUE if by_due else "c.submitted_at"
    wanted, asked = _QUEUED, {"client": scope.client_id, "limit": limit}
    if len(statuses) == 1:  # has its index in the order of age; of several, PostgreSQL has to sort
        wanted, asked = f"{wanted}c.status = %(status)s", {**asked, "status": next(iter(statuses))}
    else:
        wanted, asked = f"{wanted}c.status = ANY(%(statuses)s)", {**asked, "statuses": list(statuses)}
    if after is not None:
        wanted += f" AND ({moment}, c.id) > (%(moment)s, %(after)s)"
        asked |= {"moment": after.moment.date() if by_due else after.moment, "after": after.id}
    wanted += f" ORDER BY {moment}, c.id LIMIT %(limit)s"
    scope.session.connection()  # who looks is written down in the same transaction
    return scope.unit.ask((wanted, asked))


@remembered
def lines_of(scope: Scope, claim_id: UUID) -> list[ClaimLine]:
    """The positions of a claim in their order."""
    wanted = select(ClaimLine).where(ClaimLine.client_id == scope.client_id, ClaimLine.claim_id == claim_id)
    return list(scope.session.scalars(wanted.order_by(ClaimLine.position)))


def history_of(scope: Scope, claim_id: UUID) -> list[ClaimEvent]:
    """Every step of a claim, the first one first."""
    wanted = select(ClaimEvent).where(ClaimEvent.client_id == scope.client_id, ClaimEvent.claim_id == claim_id)
    return list(scope.session.scalars(wanted.order_by(ClaimEvent.created_at, ClaimEvent.id)))


@remembered
def decision_of(scope: Scope, claim_id: UUID, *states: str) -> ClaimDecision | None:
    """The decision of a claim in one of these states (``waiting``, ``in_force``); there is at most one of each."""
    wanted = select(ClaimDecision).where(
        ClaimDecision.client_id == scope.client_id,
        ClaimDecision.claim_id == claim_id,
        ClaimDecision.state.in_(states),
    )
    return scope.session.scalars(wanted.order_by(ClaimDecision.created_at.desc()).limit(1)).one_or_none()


@remembered
def appeals_of(scope: Scope, claim_id: UUID) -> list[ClaimAppeal]:
    """The member's objections, the first one first."""
    wanted = select(ClaimAppeal).where(ClaimAppeal.client_id == scope.client_id, ClaimAppeal.claim_id == claim_id)
    return list(scope.session.scalars(wanted.order_by(ClaimAppeal.created_at, ClaimAppeal.id)))


@remembered
def attached_to(scope: Scope, claim_id: UUID) -> list[Attached]:
    """Which document stands for what, in the order they were attached."""
    wanted = select(ClaimDocument.document_id, ClaimDocument.requirement, ClaimDocument.created_at).where(
        ClaimDocument.client_id == scope.client_id, ClaimDocument.claim_id == claim_id
    )
    return [Attached(*row) for row in scope.session.execute(wanted.order_by(ClaimDocument.created_at))]


def papers_of(scope: Scope, claim_id: UUID) -> Sequence[Row[UUID, str, str, str, dict[str, Any]]]:
    """The attached documents with what is known about each: id, requirement, kind, state, quality."""
    return scope.session.execute(
        select(ClaimDocument.document_id, ClaimDocument.requirement, Document.kind, Document.state, Document.quality)
        .join(
            Document,
            (Document.client_id == ClaimDocument.client_id) & (Document.id == ClaimDocument.document_id),
        )
        .where(ClaimDocument.client_id == scope.client_id, ClaimDocument.claim_id == claim_id)
        .order_by(ClaimDocument.created_at, ClaimDocument.id)
    ).all()


@remembered
def readings_of(scope: Scope, claim_id: UUID) -> list[dict[str, Any]]:
    """What a machine read on each attached document."""
    wanted = (
        select(Document.extracted)
        .join(
            ClaimDocument, (ClaimDocument.client_id == Document.client_id) & (ClaimDocument.document_id == Document.id)
        )
        .where(Document.client_id == scope.client_id, ClaimDocument.claim_id == claim_id, Document.state == "ready")
    )
    return list(scope.session.scalars(wanted))


def rows_of_document(scope: Scope, claim_id: UUID, document_id: UUID) -> list[ClaimDocument]:
    """Everything one document stands for within a claim."""
    return list(
        scope.session.scalars(
            select(ClaimDocument).where(
                ClaimDocument.client_id == scope.client_id,
                ClaimDocument.claim_id == claim_id,
                ClaimDocument.document_id == document_id,
            )
        )
    )


@remembered
def claims_with_the_same_files(scope: Scope, claim_id: UUID) -> list[Claim]:
    """Other handed-in claims of the client that hold a file of the same content, whoever uploaded it."""
    own = (
        select(Document.fingerprint)
        .join(
            ClaimDocument, (ClaimDocument.client_id == Document.client_id) & (ClaimDocument.document_id == Document.id)
        )
        .where(Document.client_id == scope.client_id, ClaimDocument.claim_id == claim_id)
    )
    # Asked first, not within the next question: without statistics the planner goes through all papers for each.
    fingerprints = list(scope.session.scalars(own))
    same = (
        select(ClaimDocument.claim_id)
        .join(Document, (Document.client_id == ClaimDocument.client_id) & (Document.id == ClaimDocument.document_id))
        .where(ClaimDocument.client_id == scope.client_id, Document.fingerprint.in_(fingerprints))
    )
    wanted = select(Claim).where(
        Claim.client_id == scope.client_id, Claim.id != claim_id, Claim.status.in_(HANDED_IN), Claim.id.in_(same)
    )
    return list(scope.session.scalars(wanted.order_by(Claim.created_at)))


@remembered
def claims_of_the_same_day_and_amount(scope: Scope, claim: Claim) -> list[Claim]:
    """Other handed-in claims with an invoice number, the same day and the same amount."""
    return list(
        scope.session.scalars(
            select(Claim)
            .where(
                Claim.client_id == scope.client_id,
                Claim.id != claim.id,
                Claim.visit_on == claim.visit_on,
                Claim.claimed_minor == claim.claimed_minor,
                Claim.currency == claim.currency,
                Claim.invoice_number.is_not(None),
                Claim.status.in_(HANDED_IN),
            )
            .order_by(Claim.created_at)
        )
    )


def number_is_taken(scope: Scope, number: str) -> bool:
    """Whether the client already has a claim of that number."""
    taken = exists().where(Claim.client_id == scope.client_id, Claim.number == number)
    return bool(scope.session.execute(select(taken)).scalar_one())


def place_of(scope: Scope, provider_id: UUID) -> tuple[str, str | None]:
    """Name and regency of a place of treatment; raises NotFound."""
    wanted = select(Provider.name, Provider.region_code).where(Provider.id == provider_id)
    found = scope.session.execute(wanted).one_or_none()
    if found is None:
        raise NotFound()
    return found.name, found.region_code


def returned_until(scope: Scope, last_days: Collection[date], today: date) -> list[Claim]:
    """Returned claims due back on one of ``last_days`` whose member was not reminded today, locked."""
    wanted = select(Claim).where(
        Claim.client_id == scope.client_id,
        Claim.status == ClaimStatus.RETURNED,
        Claim.resubmit_by.in_(last_days),
        Claim.reminded_on.is_distinct_from(today),
    )
    return list(scope.session.scalars(wanted.with_for_update(skip_locked=True)))
