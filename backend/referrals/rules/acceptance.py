"""What a desk may do with a code that a patient shows (S0-28)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.kit.refusal import Refusal
from backend.providers.rules import Tier
from backend.referrals.rules.chain import CIRCLE, WRONG_STATE, Act, Kind, Link, State, is_circle

EXPIRED = "referrals.expired"
CANCELLED = "referrals.cancelled"
COMPLETED = "referrals.completed"
NOT_COVERED = "referrals.not_covered"
CONTRACT_ENDED = "referrals.contract_ended"
NOT_IN_NETWORK = "referrals.not_in_network"
USED_ELSEWHERE = "referrals.used_elsewhere"
OTHER_FACILITY = "referrals.other_facility"
WRONG_TIER = "referrals.wrong_tier"
NO_VISITS_LEFT = "referrals.no_visits_left"
SPECIALTY_NOT_THERE = "referrals.specialty_not_there"

_OVER = {State.CANCELLED: CANCELLED, State.COMPLETED: COMPLETED}


@dataclass(frozen=True, slots=True)
class Desk:
    """The facility where the code is shown; ``contract_ended_on`` is the last day of a contract that is over."""

    provider_id: UUID
    tier: Tier | None
    in_network: bool
    contract_ended_on: date | None = None


def may_accept(shown: Link, desk: Desk, before: Sequence[Link], today: date, *, covered: bool) -> Act | Refusal:
    """Accept the referral, or count another visit where it was accepted; else which rule says no.

    ``before`` is the path that led to the referral, without itself.
    """
    over = _over(shown, today)
    if over is not None:
        return over
    if not covered:
        return Refusal(NOT_COVERED, {"on": today})
    if desk.contract_ended_on is not None:
        return Refusal(CONTRACT_ENDED, {"ended_on": desk.contract_ended_on})
    if not desk.in_network:
        return Refusal(NOT_IN_NETWORK, {"on": today})
    if shown.state is State.ACCEPTED:
        return _another_visit(shown, desk)
    return _wrong_place(shown, desk, before) or Act.ACCEPT


def may_complete(shown: Link, by: UUID | None) -> Refusal | None:
    """May the treatment be called finished? Where it was accepted, or by staff of the plan (``by`` empty)."""
    if shown.state is not State.ACCEPTED:
        return Refusal(WRONG_STATE, {"state": shown.state.value})
    return Refusal(USED_ELSEWHERE, {"code": shown.code}) if by is not None and by != shown.facility else None


def may_name(kind: Kind, specialty: str, offered: Collection[str], facility: str) -> Refusal | None:
    """May a referral for this specialty be made out to a facility that offers these?

    A facility that says nothing about its specialties is not refused for it; nor is the way back, which asks for none.
    """
    if kind not in {Kind.TIERED, Kind.ONWARD} or not offered or specialty in offered:
        return None
    return Refusal(SPECIALTY_NOT_THERE, {"specialty": specialty, "facility": facility})


def _over(shown: Link, today: date) -> Refusal | None:
    if shown.at(today) is State.EXPIRED:
        return Refusal(EXPIRED, {"until": shown.valid_until})
    reason = _OVER.get(shown.state)
    return Refusal(reason, {"code": shown.code}) if reason else None


def _another_visit(shown: Link, desk: Desk) -> Act | Refusal:
    if shown.facility != desk.provider_id:
        return Refusal(USED_ELSEWHERE, {"code": shown.code})
    if shown.visits_left <= 0:
        return Refusal(NO_VISITS_LEFT, {"visits": shown.visits_allowed})
    return Act.VISIT


def _wrong_place(shown: Link, desk: Desk, before: Sequence[Link]) -> Refusal | None:
    if shown.named is not None and shown.named != desk.provider_id:
        return Refusal(OTHER_FACILITY, {"code": shown.code})
    if shown.named is None and desk.tier is not shown.to_tier:
        return Refusal(WRONG_TIER, {"tier": shown.to_tier.value.upper()})
    sent_on = shown.kind in {Kind.TIERED, Kind.ONWARD}
    if sent_on and is_circle(before, desk.provider_id, shown.specialty):
        return Refusal(CIRCLE, {"specialty": shown.specialty})
    return None
