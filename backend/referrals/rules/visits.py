"""What a visit needs: nothing, a code the member has, or one to be asked for first, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.kit.refusal import Refusal
from backend.providers.rules import Tier
from backend.referrals.rules.acceptance import NOT_COVERED, Desk
from backend.referrals.rules.chain import Kind, Link, State

NEEDED = "referrals.needed"
NEEDED_FROM = "referrals.needed_from"
CONTINUE_FIRST = "referrals.continue_first"


class Basis(StrEnum):
    """Why a visit is right as it is."""

    EMERGENCY = "emergency"
    NO_TIERS = "no_tiers"
    """An indemnity plan, or one whose benefits ask for no referral."""
    FIRST_TIER = "first_tier"
    NOT_TIERED = "not_tiered"
    """A pharmacy or a laboratory: it follows a prescription and belongs to no tier."""
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit somebody wants to make."""

    desk: Desk
    on: date
    specialty: str | None
    covered: bool
    plan_has_tiers: bool
    emergency: bool = False
    emergency_bypasses: bool = True


@dataclass(frozen=True, slots=True)
class VisitCover:
    """A visit that is right, and the referral it rests on, if it needs one."""

    basis: Basis
    referral: Link | None = None


def judge_visit(visit: Visit, links: Sequence[Link], first_tier: str | None) -> VisitCover | Refusal:
    """Does this visit need a referral, and is there one? A refusal says what to do instead (S0-21, S0-24, S0-35).

    ``first_tier`` is the name of the clinic to go to first, when the member has chosen one.
    """
    if not visit.covered:
        return Refusal(NOT_COVERED, {"on": visit.on})
    if visit.emergency and visit.emergency_bypasses:
        return VisitCover(Basis.EMERGENCY)
    if not visit.plan_has_tiers:
        return VisitCover(Basis.NO_TIERS)
    if visit.desk.tier is Tier.FIRST:
        return VisitCover(Basis.FIRST_TIER)
    if visit.desk.tier is None:
        return VisitCover(Basis.NOT_TIERED)
    good = [one for one in links if _covers(one, visit)]
    if good:
        # One that is in use goes before one that is new: a code is not spent where none is needed.
        return VisitCover(Basis.REFERRAL, min(good, key=lambda one: (one.state is State.ISSUED, one.valid_until)))
    back = next((one for one in links if _may_return(one, visit)), None)
    if back is not None:
        return Refusal(CONTINUE_FIRST, {"code": back.code, "until": back.return_until})
    return Refusal(NEEDED_FROM, {"first_tier": first_tier}) if first_tier else Refusal(NEEDED)


def _covers(one: Link, visit: Visit) -> bool:
    if one.at(visit.on) not in {State.ISSUED, State.ACCEPTED} or one.kind is Kind.BACK:
        return False
    if visit.specialty is not None and one.specialty != visit.specialty:
        return False
    if one.state is State.ACCEPTED:
        return one.facility == visit.desk.provider_id and one.visits_left > 0
    return one.named == visit.desk.provider_id or (one.named is None and one.to_tier is visit.desk.tier)


def _may_return(one: Link, visit: Visit) -> bool:
    """Whether the member was treated there and the right to come back still runs."""
    same = one.facility == visit.desk.provider_id and visit.specialty in {None, one.specialty}
    return same and one.state is not State.CANCELLED and one.return_until is not None and visit.on <= one.return_until
