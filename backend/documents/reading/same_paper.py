"""Whether two photos show one paper: by what it looks like and by what is read on both. Pure (S2-38, S2-45)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from backend.documents.rules import LIKENESS_BITS

_Value = TypeVar("_Value")

NEAR = 48
"""Of 256 bits: photos of one paper differ in less (measured: `make reuse-report`); bills of one form may too."""
VERY_NEAR = 12
"""So near nothing has to be readable on them; bills of one form are further apart."""


class Verdict(StrEnum):
    """What two photos are to each other."""

    OTHER = "other"
    SAME = "same"
    ALTERED = "altered"
    """The same paper, and on one of them the total is another."""


@dataclass(frozen=True, slots=True)
class Read(Generic[_Value]):
    """What was read, and whether it stands without doubt."""

    value: _Value
    sure: bool


@dataclass(frozen=True, slots=True)
class PaperRead:
    """What identifies a bill; None where nothing was read. The total in minor units."""

    number: Read[str] | None = None
    issued_on: Read[date] | None = None
    total_minor: Read[int] | None = None


def compare(one: PaperRead, other: PaperRead, apart: int | None) -> Verdict:
    """What two papers are to each other; ``apart`` is how many bits of their likeness differ, None for unlike ones.

    Two readings that are equal agree even when each was doubtful: two mistakes are hardly ever the same one. Two that
    differ only speak against it when both are sure. Papers that look alike are one when more agrees than differs;
    papers that do not are one when the number and one more fact agree.
    """
    number = _agree(one.number, other.number)
    day = _agree(one.issued_on, other.issued_on)
    total = _agree(one.total_minor, other.total_minor)
    agreeing, differing = (sum(fact is answer for fact in (number, day, total)) for answer in (True, False))
    if apart is not None and apart <= NEAR:
        nothing_read = not agreeing and not differing
        same = agreeing > differing or (nothing_read and apart <= VERY_NEAR)
    else:
        same = number is True and agreeing >= 2
    if not same:
        return Verdict.OTHER
    return Verdict.ALTERED if total is False else Verdict.SAME


def alike_percent(apart: int) -> int:
    """How much of the likeness agrees, in whole percent."""
    return (LIKENESS_BITS - apart) * 100 // LIKENESS_BITS


def _agree(one: Read[_Value] | None, other: Read[_Value] | None) -> bool | None:
    """True when equal, False when surely different, None when nobody can say."""
    if one is None or other is None:
        return None
    if one.value == other.value:
        return True
    return False if one.sure and other.sure else None
