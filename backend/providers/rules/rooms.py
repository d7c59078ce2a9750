"""Room classes of a facility in their order, and the nearest ones to a class (S1-63)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backend.kit.money import Money


@dataclass(frozen=True, slots=True)
class RoomClass:
    """A class at one facility on one day; a higher ``rank`` is more comfortable."""

    rank: int
    code: str
    name: str
    rate: Money


def of_code(classes: Sequence[RoomClass], code: str | None) -> RoomClass | None:
    """The class that a plan or a bill names; None when the facility has none of that name."""
    return next((one for one in classes if one.code == code), None)


def next_above(classes: Sequence[RoomClass], code: str) -> RoomClass | None:
    """One class higher; None at the top or for an unknown class."""
    entitled = of_code(classes, code)
    higher = [one for one in classes if entitled and one.rank > entitled.rank]
    return min(higher, key=lambda one: one.rank, default=None)


def next_below(classes: Sequence[RoomClass], code: str) -> RoomClass | None:
    """One class lower; None at the bottom or for an unknown class."""
    entitled = of_code(classes, code)
    lower = [one for one in classes if entitled and one.rank < entitled.rank]
    return max(lower, key=lambda one: one.rank, default=None)
