"""What the cockpit shows: groups large enough to be nobody, and when the next top-up is likely."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from backend.kit.money import Money

SMALLEST_GROUP = 5
"""Fewer people than this are never shown by themselves to HR."""
OTHER = "other"
_LIKELY = 1.2816
"""Four times of five the truth lies between the two ends."""
_FARTHEST_DAYS = 730


@dataclass(frozen=True, slots=True)
class Group:
    """What was approved for one kind of care, and for how many people."""

    category: str
    people: int
    approvals: int
    amount: Money


@dataclass(frozen=True, slots=True)
class Forecast:
    """In how many days half will be used: likely, at the earliest and at the latest; None is beyond two years."""

    likely: int | None
    earliest: int | None
    latest: int | None


def shown_groups(groups: Sequence[Group]) -> list[Group]:
    """The groups with small ones put together, so that no amount of fewer than five people can be worked out.

    What is put together takes in the next smallest group until it is large enough; when even all of them are not,
    nothing is shown by kind of care.
    """
    ordered = sorted(groups, key=lambda group: (group.people, group.category))
    pool: list[Group] = []
    while ordered and (ordered[0].people < SMALLEST_GROUP or (pool and _people(pool) < SMALLEST_GROUP)):
        pool.append(ordered.pop(0))
    if pool and _people(pool) < SMALLEST_GROUP:
        return []
    kept = sorted(ordered, key=lambda group: (-group.amount.amount_minor, group.category))
    return [*kept, _together(pool)] if pool else kept


def _people(pool: Sequence[Group]) -> int:
    """At least so many: somebody may stand in two groups, so the largest one counts, not the sum."""
    return max(group.people for group in pool)


def _together(pool: Sequence[Group]) -> Group:
    amount = sum((group.amount for group in pool[1:]), start=pool[0].amount)
    return Group(OTHER, _people(pool), sum(group.approvals for group in pool), amount)


def forecast(left: Money, per_day: Sequence[Money]) -> Forecast:
    """When ``left`` will be used up at the pace of these days (each day counts, also one without an approval).

    The interval comes from how much the days differ: a steady pace gives a narrow one.
    """
    if left.amount_minor <= 0:
        return Forecast(0, 0, 0)
    count = len(per_day)
    mean = sum(day.amount_minor for day in per_day) / count if count else 0.0
    if mean <= 0:
        return Forecast(None, None, None)
    spread = math.sqrt(sum((day.amount_minor - mean) ** 2 for day in per_day) / max(count - 1, 1)) * _LIKELY
    return Forecast(
        _days(left.amount_minor / mean),
        _days(_crossing(left.amount_minor, mean, spread)),
        _days(_crossing(left.amount_minor, mean, -spread)),
    )


def _crossing(left: int, mean: float, spread: float) -> float:
    """Where mean·t + spread·√t reaches what is left: the positive root in √t."""
    root = (-spread + math.sqrt(spread * spread + 4 * mean * left)) / (2 * mean)
    return root * root


def _days(exact: float) -> int | None:
    return int(exact) if exact <= _FARTHEST_DAYS else None
