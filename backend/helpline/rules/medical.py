"""What a doctor's outcome asks of others (S0-92)."""

from __future__ import annotations

from dataclasses import dataclass

OUTCOMES = ("advice", "teleconsultation", "referral", "ambulance")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The case that others get: what is to be arranged, never why."""

    reason: str
    priority: str


_FOLLOW_UPS = {
    "teleconsultation": FollowUp("teleconsultation", "high"),
    "referral": FollowUp("referral", "normal"),
    "ambulance": FollowUp("ambulance", "urgent"),
}


def follow_up_of(outcome: str) -> FollowUp | None:
    """What somebody has to arrange after the doctor; advice asks nothing of anybody."""
    return _FOLLOW_UPS.get(outcome)
