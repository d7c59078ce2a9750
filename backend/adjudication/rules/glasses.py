"""When spectacles are covered (S1-23..S1-28)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from backend.adjudication.rules.trace import Rule

LEAST_DIOPTRE = Decimal("0.5")
"""Of minus, plus or cylinder (S1-26)."""


@dataclass(frozen=True, slots=True)
class Refraction:
    """The strongest value of each kind over both eyes, in dioptres; the sign says minus or plus."""

    sphere: Decimal = Decimal(0)
    cylinder: Decimal = Decimal(0)

    def strength(self) -> Decimal:
        """The larger of the two, whatever the sign."""
        return max(abs(self.sphere), abs(self.cylinder))


@dataclass(frozen=True, slots=True)
class Glasses:
    """What the papers of a pair of spectacles say. ``earlier`` is the last refraction that was paid for."""

    refraction: Refraction
    earlier: Refraction | None = None
    prescribed: bool = True
    approved: bool = False
    specialist_letter: bool = False
    other_conditions: bool = False


def glasses_refused(glasses: Glasses, *, child: bool) -> Rule | None:
    """The rule that stands against the glasses, or None.

    A child needs a letter of an ophthalmologist instead of the approval before buying. ``other_conditions`` of the
    policy (broken by an accident, for instance) stand in for a changed refraction.
    """
    if not glasses.prescribed:
        return Rule.GLASSES_NOT_PRESCRIBED
    if child and not glasses.specialist_letter:
        return Rule.GLASSES_NO_CHILD_LETTER
    if not child and not glasses.approved:
        return Rule.GLASSES_NOT_APPROVED
    if glasses.refraction.strength() < LEAST_DIOPTRE:
        return Rule.GLASSES_TOO_WEAK
    if glasses.earlier == glasses.refraction and not glasses.other_conditions:
        return Rule.GLASSES_UNCHANGED
    return None
