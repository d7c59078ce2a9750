"""Every SELECT of the front desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, exists, or_, select, tuple_

from backend.access import Role, Scope
from backend.documents.models import Document
from backend.errors import NotFound
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules import LetterState
from backend.kit.pages import Cursor
from backend.members.models import Card, CardStatus, Member
from backend.providers.models import Provider
from backend.referrals.models import Referral
from backend.referrals.rules import State
from backend.visits.models import (
    ApiKey,
    ProviderBill,
    ProviderBillDocument,
    ProviderBillEvent,
    ProviderBillLine,
    Visit,
)
from backend.visits.rules.attendance import VisitState


def visit(scope: Scope, visit_id: UUID) -> Visit:
    """One visit; raises NotFound when it is not there or at another facility."""
    return _visible(scope, scope.session.get(Visit, (scope.client_id, visit_id)))


def visit_to_change(scope: Scope, visit_id: UUID) -> Visit:
    """The same, locked until the transaction ends: two people at one desk work one after the other."""
    wanted = select(Visit).where(Visit.client_id == scope.client_id, Visit.id == visit_id)
    locked = wanted.with_for_update().execution_options(populate_existing=True)
    return _visible(scope, scope.session.scalars(locked).one_or_none())


def _visible(scope: Scope, found: Any) -> Any:
    """Of a facility's rows a desk sees its own; a desk without a facility sees none."""
    if found is None:
        raise NotFound()
    actor = scope.actor
    if actor.role is Role.PROVIDER and (actor.provider_id is None or found.provider_id != actor.provider_id):
        raise NotFound()
    return found


def lock_member(scope: Scope, member_id: UUID) -> None:
    """Two desks that call up the same member wait for each other here; foreign keys to the row do not."""
    scope.session.execute(
        select(Member.id)
        .where(Member.client_id == scope.client_id, Member.id == member_id)
        .with_for_update(key_share=True)
    )


def open_visit_of(scope: Scope, member_id: UUID, provider_id: UUID) -> Visit | None:
    """The member's visit at the facility that has not ended; there is at most one."""
    return scope.session.scalars(
        select(Visit).where(
            Visit.client_id == scope.client_id,
            Visit.member_id == member_id,
            Visit.provider_id == provider_id,
            Visit.state == VisitState.OPEN,
        )
    ).one_or_none()


def visits_of(
    scope: Scope,
    *,
    member_id: UUID | None = None,
    state: str | None = None,
    after: Cursor | None = None,
    limit: int = 20,
) -> Sequence[Row[Visit, str, str, UUID | None, str | None]]:
    """The newest visits first with the member's name and number and the bill's id and state; a desk sees its own."""
    wanted = (
        select(Visit, Member.full_name, Member.number, ProviderBill.id, ProviderBill.state)
        .join(Member, and_(Member.client_id == Visit.client_id, Member.id == Visit.member_id))
        .outerjoin(ProviderBill, and_(ProviderBill.client_id == Visit.client_id, ProviderBill.visit_id == Visit.id))
        .where(Visit.client_id == scope.client_id)
    )
    if scope.actor.role is Role.PROVIDER:
        wanted = wanted.where(Visit.provider_id == scope.actor.provider_id)
    if member_id is not None:
        wanted = wanted.where(Visit.member_id == member_id)
    if state is not None:
        wanted = wanted.where(Visit.state == state)
    if after is not None:
        wanted = wanted.where(tuple_(Visit.created_at, Visit.id) < (after.moment, after.id))
    return scope.session.execute(wanted.order_by(Visit.created_at.desc(), Visit.id.desc()).limit(limit)).all()


def bill(scope: Scope, bill_id: UUID) -> ProviderBill:
    """One bill; raises NotFound when it is not there or another facility's."""
    found: ProviderBill = _visible(scope, scope.session.get(ProviderBill, (scope.client_id, bill_id)))
    return found


def bill_to_change(scope: Scope, bill_id: UUID) -> ProviderBill:
    """The same, locked until the transaction ends."""
    wanted = select(ProviderBill).where(ProviderBill.client_id == scope.client_id, ProviderBill.id == bill_id)
    locked = wanted.with_for_update().execution_options(populate_existing=True)
    found: ProviderBill = _visible(scope, scope.session.scalars(locked).one_or_none())
    return found


def bill_of_visit(scope: Scope, visit_id: UUID) -> ProviderBill | None:
    """The bill of a visit, once there is one."""
    return scope.session.scalars(
        select(ProviderBill).where(ProviderBill.client_id == scope.client_id, ProviderBill.visit_id == visit_id)
    ).one_or_none()


def invoice_is_known(scope: Scope, provider_id: UUID, invoice_number: str, except_visit: UUID) -> bool:
    """Whether the facility has sent this invoice for another visit."""
    known = exists().where(
        ProviderBill.client_id == scope.client_id,
        ProviderBill.provider_id == provider_id,
        ProviderBill.invoice_number == invoice_number,
        ProviderBill.visit_id != except_visit,
    )
    return bool(scope.session.execute(select(known)).scalar_one())


def bills_of(
    scope: Scope, *, state: str | None = None, after: Cursor | None = None, limit: int = 20
) -> Sequence[Row[ProviderBill, str, str, str]]:
    """Bills with the member's name and number and the facility's name, the newest first; a desk sees its own."""
    wanted = _bills(scope)
    if state is not None:
        wanted = wanted.where(ProviderBill.state == state)
    if after is not None:
        wanted = wanted.where(tuple_(ProviderBill.created_at, ProviderBill.id) < (after.moment, after.id))
    newest = wanted.order_by(ProviderBill.created_at.desc(), ProviderBill.id.desc())
    return scope.session.execute(newest.limit(limit)).all()


def _bills(scope: Scope) -> Select[ProviderBill, str, str, str]:
    wanted = (
        select(ProviderBill, Member.full_name, Member.number, Provider.name)
        .join(Member, and_(Member.client_id == ProviderBill.client_id, Member.id == ProviderBill.member_id))
        .join(Provider, Provider.id == ProviderBill.provider_id)
        .where(ProviderBill.client_id == scope.client_id)
    )
    if scope.actor.role is Role.PROVIDER:
        wanted = wanted.where(ProviderBill.provider_id == scope.actor.provider_id)
    return wanted


def lines_of(scope: Scope, bill_id: UUID) -> list[ProviderBillLine]:
    """The positions of a bill in their order."""
    wanted = select(ProviderBillLine).where(
        ProviderBillLine.client_id == scope.client_id, ProviderBillLine.bill_id == bill_id
    )
    return list(scope.session.scalars(wanted.order_by(ProviderBillLine.position)))


def papers_of(scope: Scope, bill_id: UUID) -> list[UUID]:
    """The documents that came with a bill, the first one first."""
    wanted = select(ProviderBillDocument.document_id).where(
        ProviderBillDocument.client_id == scope.client_id, ProviderBillDocument.bill_id == bill_id
    )
    return list(scope.session.scalars(wanted.order_by(ProviderBillDocument.created_at, ProviderBillDocument.id)))


def history_of(scope: Scope, bill_id: UUID) -> list[ProviderBillEvent]:
    """Every step of a bill, the first one first."""
    wanted = select(ProviderBillEvent).where(
        ProviderBillEvent.client_id == scope.client_id, ProviderBillEvent.bill_id == bill_id
    )
    return list(scope.session.scalars(wanted.order_by(ProviderBillEvent.created_at, ProviderBillEvent.id)))


def own_papers(scope: Scope, document_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the ids that are documents the actor sent."""
    wanted = select(Document.id).where(
        Document.client_id == scope.client_id,
        Document.id.in_(document_ids),
        Document.uploaded_by == scope.actor.id,
    )
    return list(scope.session.scalars(wanted))


def cards_no_longer_good(scope: Scope, since: datetime, on: date) -> list[str]:
    """Numbers of cards whose last QR may still be in time but which open nothing on a day.

    Suspended ones; lost ones reported ``since``; ended ones and those of members who left within three days before.
    """
    lately = on - timedelta(days=3)
    stopped = or_(
        Card.status == CardStatus.SUSPENDED.value,
        and_(Card.status == CardStatus.LOST.value, Card.reported_at >= since),
        and_(Card.status == CardStatus.ENDED.value, or_(Card.ended_on.is_(None), Card.ended_on >= lately)),
        and_(Member.left_on >= lately, Member.left_on < on),
    )
    wanted = (
        select(Card.number)
        .join(Member, and_(Member.client_id == Card.client_id, Member.id == Card.member_id))
        .where(Card.client_id == scope.client_id, stopped)
    )
    return list(scope.session.scalars(wanted))


def referrals_no_longer_good(scope: Scope, on: date) -> list[str]:
    """Codes whose QR is in time but which open nothing: withdrawn, finished, or without a visit left."""
    used_up = and_(Referral.state == State.ACCEPTED, Referral.visits_used >= Referral.visits_allowed)
    wanted = select(Referral.code).where(
        Referral.client_id == scope.client_id,
        Referral.valid_until >= on,
        or_(Referral.state.in_([State.CANCELLED, State.COMPLETED, State.EXPIRED]), used_up),
    )
    return list(scope.session.scalars(wanted))


def letters_no_longer_good(scope: Scope, since: datetime) -> list[str]:
    """Numbers of letters that were withdrawn while their paper may still be in somebody's hands."""
    wanted = select(GuaranteeLetter.number).where(
        GuaranteeLetter.client_id == scope.client_id,
        GuaranteeLetter.state.in_([LetterState.VOID, LetterState.LAPSED]),
        GuaranteeLetter.issued_at.is_not(None),
        GuaranteeLetter.ended_at >= since,
    )
    return list(scope.session.scalars(wanted))


def visit_number_is_taken(scope: Scope, number: str) -> bool:
    """Whether the client already has a visit of that number."""
    taken = exists().where(Visit.client_id == scope.client_id, Visit.number == number)
    return bool(scope.session.execute(select(taken)).scalar_one())


def bill_number_is_taken(scope: Scope, number: str) -> bool:
    """Whether the client already has a bill of that number."""
    taken = exists().where(ProviderBill.client_id == scope.client_id, ProviderBill.number == number)
    return bool(scope.session.execute(select(taken)).scalar_one())


def api_key(scope: Scope, key_id: UUID) -> ApiKey:
    """One key; raises NotFound."""
    found = scope.session.get(ApiKey, (scope.client_id, key_id))
    if found is None:
        raise NotFound()
    return found


def api_keys(scope: Scope, provider_id: UUID | None = None) -> Sequence[Row[ApiKey, str]]:
    """The client's keys with the facility's name, the newest first."""
    wanted = (
        select(ApiKey, Provider.name)
        .join(Provider, Provider.id == ApiKey.provider_id)
        .where(ApiKey.client_id == scope.client_id)
    )
    if provider_id is not None:
        wanted = wanted.where(ApiKey.provider_id == provider_id)
    return scope.session.execute(wanted.order_by(ApiKey.created_at.desc(), ApiKey.id.desc())).all()
