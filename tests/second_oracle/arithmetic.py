"""Fractions become whole minor units in one way only."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor


def half_up(exact: Fraction) -> int:
    """To the nearest minor unit, a half upwards: how a bank rounds an amount."""
    return floor(exact + Fraction(1, 2))


def percent(amount: int, rate: Decimal | int) -> int:
    """``rate`` per cent of an amount."""
    return half_up(Fraction(amount) * Fraction(rate) / 100)


def in_proportion(total: int, over: Sequence[int]) -> list[int]:
    """``total`` laid over amounts in proportion; what rounding leaves goes to the largest remainders, earlier first."""
    whole = sum(over)
    if not whole:
        return [0] * len(over)
    exact = [Fraction(total * each, whole) for each in over]
    parts = [floor(each) for each in exact]
    by_remainder = sorted(range(len(over)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
