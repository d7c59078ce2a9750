"""Signs on the paper itself that its total was changed: the words, the lines or the print say something else. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

CLEAR_PRINT = 0.9
"""Confidence of the recogniser (0 to 1) that a page with good print reaches in its middle row."""
MUCH_LESS_CLEAR = 0.25
"""So much below the middle row the digits of a total are written over, scratched or pasted rather than just worn."""
_LEAST_ROWS = 5


@dataclass(frozen=True, slots=True)
class Sums:
    """What else on the paper says the total: minor units of the lines and of taxes, whole rupiah spelled out.

    ``sure`` says that every line was read without doubt.
    """

    lines: int
    taxes: int
    spelled: int | None
    sure: bool


def marks_of_total(
    total: int | None, clarity: float | None, others: Sequence[float], sums: Sums
) -> dict[str, dict[str, Any]]:
    """What does not fit, each with its figures: ``words``, ``lines`` and ``unclear``; empty for an ordinary paper.

    ``total`` in minor units as read, ``clarity`` the recogniser's confidence in the row of the total and ``others`` in
    every other row. Words that differ are only believed when they name an amount of the same size: a word that was
    missed makes another number. Lines are only believed when all were read surely and come to more than the total or,
    with taxes, to neither of both.
    """
    found: dict[str, dict[str, Any]] = {}
    if total is None:
        return found
    if sums.spelled and sums.spelled * 100 != total and 0.1 <= sums.spelled * 100 / max(total, 1) <= 10:
        found["words"] = {"total_minor": total, "words_minor": sums.spelled * 100}
    if sums.sure and sums.lines and total not in {sums.lines, sums.lines + sums.taxes}:
        found["lines"] = {"total_minor": total, "lines_minor": sums.lines + sums.taxes}
    if clarity is not None and len(others) >= _LEAST_ROWS:
        usual = median(others)
        if usual >= CLEAR_PRINT and usual - clarity >= MUCH_LESS_CLEAR:
            found["unclear"] = {"total_percent": round(clarity * 100), "usual_percent": round(usual * 100)}
    return found
