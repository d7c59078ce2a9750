"""Rooms: SPECIAL NOTES FOR INPATIENT BENEFIT of source 001, night by night (a night is 24 hours)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from backend.adjudication.rules.rooms import RoomClass, Stay
from backend.clients.rules import Terms
from tests.second_oracle.arithmetic import percent


class Why(Enum):
    """What became of a night."""

    ENTITLED = "S1-61: the room is within the entitlement"
    OWN_REQUEST = "S1-70: a higher room at own request"
    REFUSED = "S1-65: the entitled room was free within 2 x 24 hours"
    LOWER_REFUSED = "S1-66: a lower room was free"
    FULL = "S1-63: full, one level higher for 2 x 24 hours"
    FULL_TOO_HIGH = "S1-63: full, but more than one level higher"
    FULL_TOO_LONG = "S1-64b: full, the difference from day 3"
    TOLERATED = "S1-68: within the tolerance"
    ABOVE_TOLERANCE = "S1-69: above the tolerance"


SELF_DEMAND = frozenset({Why.OWN_REQUEST, Why.REFUSED, Why.LOWER_REFUSED, Why.ABOVE_TOLERANCE})
"""APS: S1-70, also when a lower room was free and not taken (S1-66); "in accordance with APS" (S1-65); "the same
provisions ... APS" (S1-69)."""


@dataclass(frozen=True)
class Slept:
    """One night: what the hospital asks, what of it is covered, why, and what was granted above the entitlement."""

    rate: int
    covered: int
    why: Why
    granted: int = 0


def slept(stay: Stay, entitled: int, terms: Terms) -> list[Slept]:
    """Every night of a stay by the paragraph of the source that it falls under."""
    rates = [night.rate.amount_minor for night in stay.nights]
    ladder = sorted(stay.classes, key=lambda room: room.rank)
    own = entitled_class(ladder, entitled)
    early = terms.room_upgrade_hours // 24
    unwilling = any(
        night.entitled_free and rate > entitled for night, rate in zip(stay.nights[:early], rates[:early], strict=True)
    )
    result = []
    for number, rate in enumerate(rates, start=1):
        if rate <= entitled:
            result.append(Slept(rate, rate, Why.ENTITLED))
        elif stay.own_request:
            result.append(own_request(rate, entitled))
        elif ladder and own is None:
            result.append(no_room_at_the_rate(rate, entitled, terms))
        elif unwilling:
            result.append(unwilling_to_move(rate, entitled, own))
        elif number <= early:
            result.append(full(rate, entitled, ladder, own, terms))
        else:
            result.append(still_full(rate, entitled))
    return result


def demanded_from_the_start(stay: Stay, nights: Sequence[Slept]) -> bool:
    """S1-70: "since the beginning". A bed that comes free on the second day and is refused costs the difference only:

    S1-65 says "have to bear the difference in cost", and the guarantee was given by then.
    """
    at_once = {Why.OWN_REQUEST, Why.ABOVE_TOLERANCE}
    free_at_once = bool(nights) and stay.nights[0].entitled_free and nights[0].why in {Why.REFUSED, Why.LOWER_REFUSED}
    return free_at_once or any(night.why in at_once for night in nights)


def entitled_class(ladder: Sequence[RoomClass], entitled: int) -> RoomClass | None:
    """S1-66: "Participants must occupy a lower room": the best class of the hospital within the entitled rate."""
    within = [room for room in ladder if room.rate.amount_minor <= entitled]
    return within[-1] if within else None


def own_request(rate: int, entitled: int) -> Slept:
    """S1-70: "since the beginning the room occupied ... is higher than his entitled room on his own request"."""
    return Slept(rate, entitled, Why.OWN_REQUEST)


def unwilling_to_move(rate: int, entitled: int, own: RoomClass | None) -> Slept:
    """S1-65: "If a participant is not willing to occupy the rooms according to their entitled room, then the
    participants have to bear the difference in cost of the increase in class since the first day ... APS".

    S1-66, where the hospital has nothing at the entitled rate itself: "must occupy a lower room and board rate".
    """
    lower = own is not None and own.rate.amount_minor < entitled
    return Slept(rate, entitled, Why.LOWER_REFUSED if lower else Why.REFUSED)


def full(rate: int, entitled: int, ladder: Sequence[RoomClass], own: RoomClass | None, terms: Terms) -> Slept:
    """S1-63: "placed in room higher one level for 2x24 hour as long as not exceed maximum limit benefit".

    Two levels higher, which the text does not foresee, count as the contract says: as one, or as the entitled room.
    """
    if own is not None:
        above = ladder[ladder.index(own) + 1 : ladder.index(own) + 2]
        if not above or rate > above[0].rate.amount_minor:
            one_level = above[0].rate.amount_minor if above and terms.room_full_too_high == "one_level" else entitled
            covered = max(one_level, entitled)
            return Slept(rate, covered, Why.FULL_TOO_HIGH, granted=covered - entitled)
    return Slept(rate, rate, Why.FULL, granted=rate - entitled)


def still_full(rate: int, entitled: int) -> Slept:
    """S1-64: "the participants have to bear the difference in the treatment room since the 3rd day"."""
    return Slept(rate, entitled, Why.FULL_TOO_LONG)


def no_room_at_the_rate(rate: int, entitled: int, terms: Terms) -> Slept:
    """S1-67: "tolerance ... by 20% of the room rate at the participants entitled or Rp. 50,000 (whichever is lower)".

    S1-68: "the difference rate ... will be borne by the participants" (or by the plan, if the contract says so).
    S1-69: "If the rate exceeds the tolerance ... apply the same provisions as ... APS".
    """
    tolerance = min(percent(entitled, terms.room_tolerance_percent), terms.room_tolerance_minor)
    if rate > entitled + tolerance:
        return Slept(rate, entitled, Why.ABOVE_TOLERANCE)
    if terms.room_difference_borne_by == "plan":
        return Slept(rate, rate, Why.TOLERATED, granted=rate - entitled)
    return Slept(rate, entitled, Why.TOLERATED)
