"""When a visit may be opened and what may follow it (S2-10: the daily protocol of a member's attendance)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.benefits.rules import BenefitGroup
from backend.kit.refusal import Refusal
from backend.providers.rules import standing

NOT_COVERED = "visits.not_covered"
NOT_HERE = "visits.not_here"
ENDED = "visits.ended"
NO_FACILITY = "visits.no_facility"
NOT_RECOGNISED = "visits.not_recognised"
ANOTHER_PATIENT = "visits.another_patient"


class Shown(StrEnum):
    """What the patient showed at the desk."""

    CARD_QR = "card_qr"
    CARD_NUMBER = "card_number"
    NOTHING = "nothing"


class VisitState(StrEnum):
    """``cancelled``: the patient left untreated, or the wrong person was called up."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility as a plan sees it on a day; its standing says why it does not count, when it does not."""

    kind: str
    standing: standing.Standing

    @property
    def in_network(self) -> bool | None:
        """None when the plan has no network: its members go where they like (indemnity)."""
        problem = self.standing.problem
        return None if problem and problem.reason == standing.NO_NETWORK else self.standing.in_network


TREATS: dict[str, frozenset[BenefitGroup]] = {
    "clinic": frozenset(
        {
            BenefitGroup.OUTPATIENT,
            BenefitGroup.DENTAL,
            BenefitGroup.MATERNITY,
            BenefitGroup.PHARMACY,
            BenefitGroup.MEDICAL_CHECKUP,
            BenefitGroup.EMERGENCY,
        }
    ),
    "laboratory": frozenset({BenefitGroup.OUTPATIENT, BenefitGroup.MEDICAL_CHECKUP}),
    "pharmacy": frozenset({BenefitGroup.PHARMACY}),
    "optician": frozenset({BenefitGroup.OPTICAL}),
    "dentist": frozenset({BenefitGroup.DENTAL}),
}
"""What each kind of facility treats (S0-45); a hospital treats everything."""


def treats(kind: str, group: BenefitGroup) -> bool:
    """Whether a facility of this kind gives care of that benefit group at all."""
    return kind not in TREATS or group in TREATS[kind]


def may_treat(facility: Facility) -> Refusal | None:
    """Whether the facility may treat the plan's members today (S1-17); without a network everybody may."""
    return None if facility.in_network is None else facility.standing.problem


def may_open(
    facility: Facility, group: BenefitGroup, *, covered: bool, on: date, emergency: bool = False
) -> Refusal | None:
    """May a visit for this kind of care be opened here? None means yes.

    An emergency is treated wherever it happens: the network is no reason to send somebody away.
    """
    if not covered:
        return Refusal(NOT_COVERED, {"on": on})
    refusal = may_treat(facility)
    if refusal is not None and (not emergency or refusal.reason == standing.CLOSED):
        return refusal
    if not treats(facility.kind, group):
        return Refusal(NOT_HERE)
    return None


def may_end(state: VisitState) -> Refusal | None:
    """A visit ends once."""
    return None if state is VisitState.OPEN else Refusal(ENDED)
