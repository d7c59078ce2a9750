"""Whether a provider bills unlike its peers: robust statistics with fixed thresholds, pure (S2-38, S2-45).

Nothing is learnt: the same figures give the same answer, and every answer carries the figures it was made of. Peers are
providers of the same kind and tier. What is usual among them is their median, how far they lie apart the median of
their distances from it (MAD): neither moves when a few of them are odd.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any
from uuid import UUID

COST = "claims.pattern_cost"
ONE_DIAGNOSIS = "claims.pattern_diagnosis"
PER_DAY = "claims.pattern_per_day"
CLOSED_DAYS = "claims.pattern_closed_days"
UNDER_LIMIT = "claims.pattern_under_limit"
SAME_TOTALS = "claims.pattern_same_totals"

LEAST_PEERS = 8
"""Fewer peers say nothing about what is usual."""
LEAST_VISITS = 20
"""A provider, and each of its peers, is only looked at with so many visits in the twelve months."""
FAR = Decimal("3.5")
"""How many robust standard deviations above the median are an outlier (Iglewicz and Hoaglin, 1993)."""
NORMAL = Decimal("0.6745")
"""The MAD of a normal distribution in standard deviations; makes MADs comparable with them."""
LEAST_TIMES = Decimal("1.5")
"""However close together the peers lie: less than one and a half times the median is no pattern."""
LEAST_POINTS = Decimal("0.15")
"""The same for shares: fifteen points of a hundred above the median."""
LEAST_SPREAD = Decimal("0.05")
"""Peers that are all alike count as five percent (of the median; of the whole for shares) apart."""
UNDER_LIMIT_PERCENT = 90
"""A bill lies just under the limit of what the rules decide alone from so many percent of it on."""


@dataclass(frozen=True, slots=True)
class Habits:
    """Twelve months of a provider's outpatient visits; amounts in minor units of one currency.

    ``billed`` is the sum of what was claimed, ``days`` how many days had a visit, ``coded`` how many visits have a
    diagnosis; ``most_diagnosis`` and ``most_total`` are how often the most frequent one came.
    """

    provider_id: UUID
    kind: str
    tier: str | None
    visits: int
    days: int
    billed: int
    coded: int
    most_diagnosis: int
    closed_days: int
    under_limit: int
    most_total: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A habit that is far from what peers do, with its figures."""

    provider_id: UUID
    reason: str
    figures: Mapping[str, Any]


def patterns(habits: Sequence[Habits]) -> list[Pattern]:
    """Every habit of every provider that is far above its peers', in the order given.

    A provider is never its own peer. Only more than usual is looked at: who bills less harms nobody.
    """
    known = [one for one in habits if one.visits >= LEAST_VISITS]
    found: list[Pattern] = []
    for one in known:
        peers = [other for other in known if (other.kind, other.tier) == (one.kind, one.tier) and other is not one]
        if len(peers) >= LEAST_PEERS:
            found += _of_provider(one, peers)
    return found


def _of_provider(one: Habits, peers: Sequence[Habits]) -> Iterable[Pattern]:
    for reason, measure in _AMOUNTS.items():
        value, usual, far = _compared(measure(one), [measure(peer) for peer in peers], share=False)
        if far and value >= usual * LEAST_TIMES:
            figures = {"value": _plain(value), "median": _plain(usual), "percent": int(value * 100 / usual)}
            yield Pattern(one.provider_id, reason, {**figures, "peers": len(peers), "visits": one.visits})
    for reason, measure in _SHARES.items():
        value, usual, far = _compared(measure(one), [measure(peer) for peer in peers], share=True)
        if far and value >= usual + LEAST_POINTS:
            figures = {"percent": int(value * 100), "median_percent": int(usual * 100)}
            yield Pattern(one.provider_id, reason, {**figures, "peers": len(peers), "visits": one.visits})


def _compared(value: Decimal, others: Sequence[Decimal], *, share: bool) -> tuple[Decimal, Decimal, bool]:
    """The value, the median of the others, and whether it lies far above them."""
    usual = median(others)
    spread = max(median([abs(other - usual) for other in others]), LEAST_SPREAD if share else usual * LEAST_SPREAD)
    return value, usual, usual >= 0 and spread > 0 and NORMAL * (value - usual) >= FAR * spread


def _plain(value: Decimal) -> int | str:
    """Whole minor units, or a number of visits with one decimal as text."""
    return int(value) if value >= 1000 else str(value.quantize(Decimal("0.1")))


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / whole if whole else Decimal(0)


_AMOUNTS = {
    COST: lambda one: Decimal(one.billed) / one.visits,
    PER_DAY: lambda one: Decimal(one.visits) / max(one.days, 1),
}
_SHARES = {
    ONE_DIAGNOSIS: lambda one: _share(one.most_diagnosis, one.coded),
    CLOSED_DAYS: lambda one: _share(one.closed_days, one.visits),
    UNDER_LIMIT: lambda one: _share(one.under_limit, one.visits),
    SAME_TOTALS: lambda one: _share(one.most_total, one.visits),
}
"""What is measured of a provider, by the reason it becomes."""
