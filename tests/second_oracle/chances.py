"""How a figure is drawn: at a boundary, beside it, or far from it."""

from __future__ import annotations

from random import Random

from backend.kit.money import Money


def rp(minor: int) -> Money:
    """An amount in minor units."""
    return Money(minor, "IDR")


def near(rng: Random, figure: int) -> int:
    """Exactly ``figure``, one minor unit beside it, nothing, one, or far away; never under nothing."""
    beside = [figure, figure, figure - 1, figure + 1]
    far = [figure // 2, figure * 2 // 3, figure * 9 // 10, figure * 2, figure * 3 + 1, rng.randint(0, 2 * figure + 2)]
    return max(rng.choice([*beside, *beside, rng.choice([0, 1]), *far]), 0)


def rarely(rng: Random, chance: float) -> bool:
    """Whether it happens this time."""
    return rng.random() < chance
