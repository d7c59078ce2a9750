"""Claims that an analyst looks at beside one: the member's own, and others like it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, false, func, or_, select

from backend.access import Scope
from backend.claims.models import Claim
from backend.claims.queries import HANDED_IN
from backend.members.models import Member

_SHOWN = 8
_NEAR_PERCENT = 20
"""An amount within so many percent is near."""


def claims_like(scope: Scope, claim: Claim) -> Sequence[Any]:
    """Claims of other treatments at the same place for the same benefit and near the amount, or of one illness.

    Each with the member's number and name and whether the place, the amount and the illness are the same.
    """
    same_place = _same_place(claim)
    near = _near(claim)
    # Without a diagnosis nothing is alike: None would be the same as every other claim that nobody read yet.
    same_diagnosis = Claim.diagnosis == claim.diagnosis if claim.diagnosis else false()
    illness = and_(Claim.member_id == claim.member_id, same_diagnosis)
    wanted = (
        select(
            Claim,
            Member.number,
            Member.full_name,
            same_place.label("same_place"),
            near.label("near_amount"),
            func.coalesce(illness, False).label("same_illness"),
        )
        .join(Member, (Member.client_id == Claim.client_id) & (Member.id == Claim.member_id))
        .where(
            Claim.client_id == scope.client_id,
            Claim.id != claim.id,
            Claim.status.in_(HANDED_IN),
            Claim.benefit_group == claim.benefit_group,
            or_(and_(same_place, near), illness),
        )
    )
    return scope.session.execute(wanted.order_by(Claim.created_at.desc(), Claim.id.desc()).limit(_SHOWN)).all()


def _same_place(claim: Claim) -> Any:
    if claim.provider_id is not None:
        return func.coalesce(Claim.provider_id == claim.provider_id, False)
    return func.coalesce(func.lower(Claim.provider_name) == (claim.provider_name or "").strip().lower(), False)


def _near(claim: Claim) -> Any:
    claimed = claim.claimed_minor or 0
    off = claimed * _NEAR_PERCENT // 100
    between = Claim.claimed_minor.between(claimed - off, claimed + off)
    return func.coalesce(and_(between, Claim.currency == claim.currency), False)
