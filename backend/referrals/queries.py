"""Every SELECT of the referrals domain."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, tuple_

from backend.access import Role, Scope
from backend.audit.models import AuditRecord
from backend.errors import NotFound
from backend.kit.pages import Cursor
from backend.members.models import Member
from backend.providers.models import Provider
from backend.referrals.models import (
    ChronicSupply,
    Referral,
    ReferralRequest,
    ReferralStep,
    RequestState,
)
from backend.referrals.rules import OPEN, Kind, State

_REMEMBERED = 50
"""Referrals of one member that a visit is judged by; nobody has more that still count."""


def referral(scope: Scope, code: str) -> Referral:
    """One referral; raises NotFound when it is not there, another member's, or no matter of this facility."""
    return _visible(scope, scope.session.scalars(_by_code(scope, code)).one_or_none())


def referral_to_change(scope: Scope, code: str) -> Referral:
    """The same, locked until the transaction ends."""
    return _visible(scope, shown_to_change(scope, code))


def shown_to_change(scope: Scope, code: str) -> Referral | None:
    """The referral whose code somebody shows, locked; whoever holds the code may ask, a member only for their own."""
    locked = _by_code(scope, code).with_for_update().execution_options(populate_existing=True)
    found = scope.session.scalars(locked).one_or_none()
    if found is not None:
        scope.check_member(found.member_id)
    return found


def _by_code(scope: Scope, code: str) -> Select[Referral]:
    return select(Referral).where(Referral.client_id == scope.client_id, Referral.code == code)


def _visible(scope: Scope, found: Referral | None) -> Referral:
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    if scope.actor.role is Role.PROVIDER and not _concerns(found, scope.actor.provider_id):
        raise NotFound()
    return found


def _concerns(row: Referral, provider_id: UUID | None) -> bool:
    """A facility's own referrals, and one that any facility may still accept: whoever holds its code may read it."""
    open_to_all = row.state == State.ISSUED and row.to_provider_id is None
    own = provider_id is not None and provider_id in {row.from_provider_id, row.to_provider_id, row.accepted_by}
    return own or (open_to_all and provider_id is not None)


def by_id(scope: Scope, referral_id: UUID) -> Referral:
    """One referral by its row; raises NotFound."""
    return _visible(scope, scope.session.get(Referral, (scope.client_id, referral_id)))


def path_to(scope: Scope, row: Referral) -> list[Referral]:
    """The chain from its first referral to this one."""
    rows = select(Referral).where(Referral.client_id == scope.client_id, Referral.chain_id == row.chain_id)
    known = {one.id: one for one in scope.session.scalars(rows)}
    path = [row]
    while path[0].earlier_id is not None:
        path.insert(0, known[path[0].earlier_id])
    return path


def referrals_of(
    scope: Scope,
    member_id: UUID | None = None,
    *,
    state: State | None = None,
    after: Cursor | None = None,
    limit: int = 20,
) -> list[Referral]:
    """The newest first: of one member, or of everybody the actor may see (a front desk: its own)."""
    wanted = select(Referral).where(Referral.client_id == scope.client_id)
    if scope.actor.role is Role.MEMBER:
        wanted = wanted.where(Referral.member_id.in_(scope.actor.member_ids))
    if scope.actor.role is Role.PROVIDER:
        wanted = wanted.where(_own(scope.actor.provider_id))
    if member_id is not None:
        scope.check_member(member_id)
        wanted = wanted.where(Referral.member_id == member_id)
    if state is not None:
        wanted = wanted.where(Referral.state == state)
    if after is not None:
        wanted = wanted.where(tuple_(Referral.created_at, Referral.id) < (after.moment, after.id))
    newest = wanted.order_by(Referral.created_at.desc(), Referral.id.desc())
    return list(scope.session.scalars(newest.limit(limit)))


def _own(provider_id: UUID | None) -> ColumnElement[bool]:
    return or_(
        Referral.from_provider_id == provider_id,
        Referral.to_provider_id == provider_id,
        Referral.accepted_by == provider_id,
    )


def all_of(scope: Scope, member_id: UUID) -> list[Referral]:
    """A member's latest referrals, whoever asks: what a visit is judged by."""
    wanted = select(Referral).where(Referral.client_id == scope.client_id, Referral.member_id == member_id)
    newest = wanted.order_by(Referral.created_at.desc(), Referral.id.desc())
    return list(scope.session.scalars(newest.limit(_REMEMBERED)))


def hold_member(scope: Scope, member_id: UUID) -> None:
    """Let one referral of a member be written at a time; rows that only point at the member do not wait."""
    row = select(Member.id).where(Member.client_id == scope.client_id, Member.id == member_id)
    scope.session.execute(row.with_for_update(key_share=True))


def steps_of(scope: Scope, referral_ids: Collection[UUID]) -> list[ReferralStep]:
    """What happened to these referrals, the oldest first."""
    wanted = select(ReferralStep).where(
        ReferralStep.client_id == scope.client_id, ReferralStep.referral_id.in_(referral_ids)
    )
    return list(scope.session.scalars(wanted.order_by(ReferralStep.created_at, ReferralStep.id)))


def supplies_of(scope: Scope, member_id: UUID, since: date) -> list[ChronicSupply]:
    """Medicine that a member got under back-referrals since a day."""
    wanted = select(ChronicSupply).where(
        ChronicSupply.client_id == scope.client_id,
        ChronicSupply.member_id == member_id,
        ChronicSupply.dispensed_on >= since,
    )
    return list(scope.session.scalars(wanted.order_by(ChronicSupply.dispensed_on)))


def issued_from_claim(scope: Scope, claim_id: UUID) -> Referral | None:
    """The referral that a paid visit led to, unless it was withdrawn."""
    wanted = select(Referral).where(
        Referral.client_id == scope.client_id, Referral.source_id == claim_id, Referral.state != State.CANCELLED
    )
    return scope.session.scalars(wanted.limit(1)).one_or_none()


def code_is_taken(scope: Scope, code: str) -> bool:
    """Whether the client already has a referral of that code."""
    taken = exists().where(Referral.client_id == scope.client_id, Referral.code == code)
    return bool(scope.session.execute(select(taken)).scalar_one())


def run_out(scope: Scope, today: date, limit: int) -> list[Referral]:
    """Open referrals whose last day is over, locked; those another worker holds are left."""
    wanted = select(Referral).where(
        Referral.client_id == scope.client_id, Referral.state.in_(OPEN), Referral.valid_until < today
    )
    locked = wanted.order_by(Referral.valid_until).limit(limit).with_for_update(skip_locked=True)
    return list(scope.session.scalars(locked))


def ending_on(scope: Scope, last_days: Collection[date], today: date) -> list[Referral]:
    """Open referrals that end on one of these days and whose member was not told today, locked."""
    wanted = select(Referral).where(
        Referral.client_id == scope.client_id,
        Referral.state.in_(OPEN),
        Referral.kind != Kind.BACK,
        Referral.valid_until.in_(last_days),
        or_(Referral.reminded_for.is_(None), Referral.reminded_for < today),
    )
    return list(scope.session.scalars(wanted.with_for_update(skip_locked=True)))


def reviews_on(scope: Scope, days: Collection[date], today: date) -> list[Referral]:
    """Back-referrals whose specialist's review falls on one of these days and is not told yet, locked."""
    wanted = select(Referral).where(
        Referral.client_id == scope.client_id,
        Referral.state.in_(OPEN),
        Referral.kind == Kind.BACK,
        Referral.review_on.in_(days),
        or_(Referral.reminded_for.is_(None), Referral.reminded_for < today),
    )
    return list(scope.session.scalars(wanted.with_for_update(skip_locked=True)))


def request(scope: Scope, request_id: UUID, *, lock: bool = False) -> ReferralRequest:
    """Something a member asked for; raises NotFound for another member's or one put to another clinic."""
    wanted = select(ReferralRequest).where(
        ReferralRequest.client_id == scope.client_id, ReferralRequest.id == request_id
    )
    found = scope.session.scalars(wanted.with_for_update() if lock else wanted).one_or_none()
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    if scope.actor.role is Role.PROVIDER and found.provider_id != scope.actor.provider_id:
        raise NotFound()
    return found


def open_request(scope: Scope, member_id: UUID, kind: Kind, specialty: str) -> ReferralRequest | None:
    """The member's request of that kind that nobody has decided yet."""
    wanted = select(ReferralRequest).where(
        ReferralRequest.client_id == scope.client_id,
        ReferralRequest.member_id == member_id,
        ReferralRequest.kind == kind,
        ReferralRequest.specialty == specialty,
        ReferralRequest.state == RequestState.OPEN,
    )
    return scope.session.scalars(wanted).one_or_none()


def requests_of(
    scope: Scope,
    member_id: UUID | None = None,
    *,
    state: RequestState | None = None,
    after: Cursor | None = None,
    limit: int = 20,
) -> list[ReferralRequest]:
    """What was asked for, the newest first; a clinic sees what is put to it."""
    wanted = select(ReferralRequest).where(ReferralRequest.client_id == scope.client_id)
    if scope.actor.role is Role.MEMBER:
        wanted = wanted.where(ReferralRequest.member_id.in_(scope.actor.member_ids))
    if scope.actor.role is Role.PROVIDER:
        wanted = wanted.where(ReferralRequest.provider_id == scope.actor.provider_id)
    if member_id is not None:
        scope.check_member(member_id)
        wanted = wanted.where(ReferralRequest.member_id == member_id)
    if state is not None:
        wanted = wanted.where(ReferralRequest.state == state)
    if after is not None:
        wanted = wanted.where(tuple_(ReferralRequest.created_at, ReferralRequest.id) < (after.moment, after.id))
    newest = wanted.order_by(ReferralRequest.created_at.desc(), ReferralRequest.id.desc())
    return list(scope.session.scalars(newest.limit(limit)))


def provider_names(scope: Scope, provider_ids: Collection[UUID | None]) -> dict[UUID, str]:
    """The names of these facilities."""
    wanted = [one for one in set(provider_ids) if one is not None]
    rows = scope.session.execute(select(Provider.id, Provider.name).where(Provider.id.in_(wanted))) if wanted else ()
    return {row.id: row.name for row in rows}


def member_names(scope: Scope, member_ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of these members."""
    wanted = select(Member.id, Member.full_name).where(Member.client_id == scope.client_id, Member.id.in_(member_ids))
    return {row.id: row.full_name for row in scope.session.execute(wanted)}


def misses_since(scope: Scope, since: datetime) -> int:
    """How many codes that do not exist this actor has shown since then."""
    wanted = select(func.count()).where(
        AuditRecord.client_id == scope.client_id,
        AuditRecord.object_type == "referral_code",
        and_(AuditRecord.actor_id == scope.actor.id, AuditRecord.at >= since),
    )
    return scope.session.scalar(wanted) or 0


def sealed_referrals(scope: Scope, after: UUID | None, limit: int) -> Sequence[Referral]:
    """Referrals with a sealed diagnosis, by id after ``after``, locked."""
    wanted = select(Referral).where(Referral.client_id == scope.client_id, Referral.diagnosis_cipher.is_not(None))
    if after is not None:
        wanted = wanted.where(Referral.id > after)
    return scope.session.scalars(wanted.order_by(Referral.id).limit(limit).with_for_update()).all()


def sealed_requests(scope: Scope, after: UUID | None, limit: int) -> Sequence[ReferralRequest]:
    """Requests with a sealed reason, by id after ``after``, locked."""
    wanted = select(ReferralRequest).where(
        ReferralRequest.client_id == scope.client_id, ReferralRequest.reason_cipher.is_not(None)
    )
    if after is not None:
        wanted = wanted.where(ReferralRequest.id > after)
    return scope.session.scalars(wanted.order_by(ReferralRequest.id).limit(limit).with_for_update()).all()
