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
    """``total`` laid over amounts in proportion: up to and with each amount its whole share, rounded down (0041)."""
    whole = sum(over)
    if not whole:
        return [0] * len(over)
    marks = [floor(Fraction(total * sum(over[: index + 1]), whole)) for index in range(len(over))]
    return [mark - before for mark, before in zip(marks, [0, *marks], strict=False)]
