"""Which room the plan pays, night by night, and who bears the difference (S1-63..S1-71).

A night counts as twenty-four hours from admission, so two nights are the 2 × 24 h of the source. The entitled
class is the hospital's highest one within the entitled rate; a hospital without one gives rise to the tolerance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.adjudication.rules.trace import Payer, Rule
from backend.clients.rules import Terms
from backend.kit.money import Money

_HOURS_OF_A_NIGHT = 24

_MEMBER_BEARS = frozenset(
    {
        Rule.ROOM_FULL_TOO_HIGH,
        Rule.ROOM_FULL_TOO_LONG,
        Rule.ROOM_REFUSED,
        Rule.ROOM_LOWER_REFUSED,
        Rule.ROOM_TOLERATED_MEMBER,
        Rule.ROOM_ABOVE_TOLERANCE,
        Rule.ROOM_OWN_REQUEST,
    }
)
OWN_REQUEST = frozenset({Rule.ROOM_REFUSED, Rule.ROOM_LOWER_REFUSED, Rule.ROOM_ABOVE_TOLERANCE, Rule.ROOM_OWN_REQUEST})
"""APS, at the member's own demand: a plan with pro-rata cuts what is linked to the room in these nights."""


@dataclass(frozen=True, slots=True)
class RoomClass:
    """A class of a hospital; ``rank`` orders the classes from the simplest to the dearest."""

    rank: int
    code: str
    rate: Money


@dataclass(frozen=True, slots=True)
class Night:
    """One night. ``rate`` is what the hospital charges, ``entitled_free`` whether a bed of the entitled class was."""

    rate: Money
    entitled_free: bool = True


@dataclass(frozen=True, slots=True)
class Stay:
    """The nights in order and the hospital's room classes; without classes only the rates can be compared."""

    nights: tuple[Night, ...]
    classes: tuple[RoomClass, ...] = ()
    own_request: bool = False


@dataclass(frozen=True, slots=True)
class NightCover:
    """What of a night's rate counts as covered, and the rule that says so."""

    number: int
    rate: Money
    covered: Money
    rule: Rule
    granted: Money
    """What the plan pays above the entitled rate."""

    @property
    def payer_of_difference(self) -> Payer | None:
        """Who bears what lies above the covered rate; None when nothing does."""
        return Payer.MEMBER if self.rule in _MEMBER_BEARS and self.rate > self.covered else None


def entitled_rate(classes: Sequence[RoomClass], rate: Money | None, room_class: str | None) -> Money | None:
    """The rate a plan entitles to: its own figure, else the hospital's rate of the class it names, else None."""
    if rate is not None:
        return rate
    return next((one.rate for one in classes if one.code == room_class), None)


def nights_covered(stay: Stay, entitled: Money, terms: Terms) -> tuple[NightCover, ...]:
    """The rule of each night for a member entitled to a rate."""
    within = [one for one in stay.classes if one.rate <= entitled]
    own = max(within, key=lambda one: one.rank) if within else None
    house = _House(stay, entitled, own, _refused_free_room(stay.nights, entitled, terms), terms)
    return tuple(_night(house, number, night) for number, night in enumerate(stay.nights, start=1))


def tolerance(entitled: Money, terms: Terms) -> Money:
    """The lower of a share of the entitled rate and a fixed amount (S1-67)."""
    share = entitled.percent(terms.room_tolerance_percent)
    return min(share, Money(terms.room_tolerance_minor, entitled.currency), key=_minor)


def linked_share(nights: Sequence[NightCover]) -> tuple[Money, Money] | None:
    """Covered and charged room rates of the whole stay, as far as nights at own demand cut what is linked to them.

    None when no night was at own demand: then nothing else is cut.
    """
    if not any(night.rule in OWN_REQUEST for night in nights):
        return None
    charged = covered = Money.zero(nights[0].rate.currency)
    for night in nights:
        charged += night.rate
        covered += night.covered if night.rule in OWN_REQUEST else night.rate
    return covered, charged


def at_own_demand(nights: Sequence[NightCover]) -> bool:
    """Whether the stay as a whole is one at the member's own demand (S1-70)."""
    return any(night.rule in OWN_REQUEST for night in nights)


def at_own_demand_from_the_start(stay: Stay, nights: Sequence[NightCover]) -> bool:
    """Whether it was so when the room was taken ("since the beginning", S1-70): then it is paid first.

    A bed that came free in the second night and was refused costs the difference (S1-65); the guarantee stays.
    """
    refused = {Rule.ROOM_REFUSED, Rule.ROOM_LOWER_REFUSED}
    free_at_once = bool(nights) and stay.nights[0].entitled_free and nights[0].rule in refused
    return free_at_once or any(night.rule in OWN_REQUEST - refused for night in nights)


def _minor(amount: Money) -> int:
    return amount.amount_minor


def _refused_free_room(nights: Sequence[Night], entitled: Money, terms: Terms) -> bool:
    """A bed of the entitled class was free within the first hours and the member stayed in a dearer one (S1-65)."""
    first = nights[: terms.room_upgrade_hours // _HOURS_OF_A_NIGHT]
    return any(night.entitled_free and night.rate > entitled for night in first)


@dataclass(frozen=True, slots=True)
class _House:
    """What every night of a stay is judged by; ``own`` is the hospital's best class within the entitled rate."""

    stay: Stay
    entitled: Money
    own: RoomClass | None
    refused: bool
    terms: Terms


def _night(house: _House, number: int, night: Night) -> NightCover:
    entitled, own = house.entitled, house.own
    if night.rate <= entitled:
        return _covered(number, night, night.rate, entitled, Rule.ROOM_ENTITLED)
    if house.stay.own_request:
        return _covered(number, night, entitled, entitled, Rule.ROOM_OWN_REQUEST)
    if house.stay.classes and own is None:
        return _no_entitled_class(house, number, night)
    if house.refused:
        lower_only = own is not None and own.rate < entitled
        rule = Rule.ROOM_LOWER_REFUSED if lower_only else Rule.ROOM_REFUSED
        return _covered(number, night, entitled, entitled, rule)
    return _entitled_class_full(house, number, night)


def _entitled_class_full(house: _House, number: int, night: Night) -> NightCover:
    """One class higher for the first hours, afterwards the difference is the member's (S1-63, S1-64)."""
    entitled, own = house.entitled, house.own
    if number > house.terms.room_upgrade_hours // _HOURS_OF_A_NIGHT:
        return _covered(number, night, entitled, entitled, Rule.ROOM_FULL_TOO_LONG)
    if own is not None:
        next_rate = _one_level_higher(house.stay.classes, own)
        if next_rate is None or night.rate > next_rate:
            counts = next_rate if next_rate and house.terms.room_full_too_high == "one_level" else entitled
            return _covered(number, night, max(entitled, counts, key=_minor), entitled, Rule.ROOM_FULL_TOO_HIGH)
    return _covered(number, night, night.rate, entitled, Rule.ROOM_FULL)


def _one_level_higher(classes: Sequence[RoomClass], own: RoomClass) -> Money | None:
    """The rate of the class above ``own``; None when the hospital has none, so that nothing was to be granted."""
    above = [one for one in classes if one.rank > own.rank]
    return min(above, key=lambda one: one.rank).rate if above else None


def _no_entitled_class(house: _House, number: int, night: Night) -> NightCover:
    """The hospital has no room at the entitled rate or below: the tolerance, or own demand above it (S1-67..S1-69)."""
    entitled, terms = house.entitled, house.terms
    if night.rate - entitled > tolerance(entitled, terms):
        return _covered(number, night, entitled, entitled, Rule.ROOM_ABOVE_TOLERANCE)
    if terms.room_difference_borne_by == "plan":
        return _covered(number, night, night.rate, entitled, Rule.ROOM_TOLERATED_PLAN)
    return _covered(number, night, entitled, entitled, Rule.ROOM_TOLERATED_MEMBER)


def _covered(number: int, night: Night, covered: Money, entitled: Money, rule: Rule) -> NightCover:
    granted = covered - entitled if covered > entitled else Money.zero(entitled.currency)
    return NightCover(number, night.rate, covered, rule, granted)
