"""Which benefit a teleconsultation counts against, and when a plan does not cover one (S0-84)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.kit.refusal import Refusal

NOT_COVERED = "telemedicine.not_covered"
NOT_IN_PLAN = "telemedicine.not_in_plan"
STILL_WAITING = "telemedicine.waiting_period"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a plan's benefit table."""

    code: str
    group: str
    referral_required: bool
    pays_from: date | None = None
    """The first day after its waiting period; None when there is none."""


def benefit_for(lines: Sequence[Line], wanted: str, on: date) -> Line | Refusal:
    """The line that the contract names by its code, else the first of the group it names that needs no referral.

    A plan without one does not cover consultations at a distance.
    """
    named = next((line for line in lines if line.code == wanted), None)
    of_group = next((line for line in lines if line.group == wanted and not line.referral_required), None)
    line = named or of_group
    if line is None:
        return Refusal(NOT_IN_PLAN)
    if line.pays_from is not None and on < line.pays_from:
        return Refusal(STILL_WAITING, {"from": line.pays_from})
    return line
