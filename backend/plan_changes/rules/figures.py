"""What a change would have cost and whom it would have met, by benefit group; and what of it an employer may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from backend.funds.rules.cockpit import OTHER, SMALLEST_GROUP


@dataclass(frozen=True, slots=True)
class Sums:
    """Claims judged and affected, people behind them, what plan and members pay before and after, in minor units."""

    claims: int = 0
    members: int = 0
    affected_claims: int = 0
    affected_members: int = 0
    plan_before: int = 0
    plan_after: int = 0
    member_before: int = 0
    member_after: int = 0

    def __add__(self, more: Sums) -> Sums:
        return Sums(*(getattr(self, one.name) + getattr(more, one.name) for one in fields(Sums)))

    def as_json(self) -> dict[str, int]:
        """As it is stored and shown."""
        return asdict(self)

    @property
    def is_small(self) -> bool:
        """So few people that somebody who knows them could work out whose claim it was."""
        return self.members < SMALLEST_GROUP or 0 < self.affected_members < SMALLEST_GROUP


TOTAL = "total"
"""The key of all groups together: a member with claims in two groups is one member there."""


def added(known: Mapping[str, Mapping[str, int]], more: Mapping[str, Sums]) -> dict[str, dict[str, int]]:
    """The stored sums with those of further families; a family is counted once, so people add up."""
    merged = {group: Sums(**figures) for group, figures in known.items()}
    for group, sums in more.items():
        merged[group] = merged.get(group, Sums()) + sums
    return {group: sums.as_json() for group, sums in sorted(merged.items())}


def shown_to_employer(groups: Mapping[str, Sums], total: Sums) -> tuple[dict[str, Sums], Sums | None]:
    """The groups that no single person can be read from, small ones put together as ``other``, and the total.

    The rest of the total after the groups that are shown is itself a group that is large enough; where that cannot be
    had, no group is shown, and of a total that is small nothing at all (as the cockpit of a client's fund does).
    """
    if total.is_small:
        return {}, None
    ordered = sorted(groups, key=lambda name: (not groups[name].is_small, groups[name].affected_members, name))
    pool: list[Sums] = []
    while ordered and (groups[ordered[0]].is_small or (pool and _together(pool).is_small)):
        pool.append(groups[ordered.pop(0)])
    if pool and _together(pool).is_small:
        return {}, total
    shown = {name: groups[name] for name in sorted(ordered)}
    return (shown | {OTHER: _together(pool)} if pool else shown), total


def _together(pool: Sequence[Sums]) -> Sums:
    """At least so many people: somebody may stand in two groups, so the largest one counts, not the sum."""
    summed = sum(pool, start=Sums())
    people = {
        "members": max(one.members for one in pool),
        "affected_members": max(one.affected_members for one in pool),
    }
    return Sums(**(summed.as_json() | people))
