"""The patient of a referral on a day: covered or not, by a plan with tiers or not, in which network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.benefits import queries as benefits
from backend.clients.models import Product
from backend.kit.refusal import Refusal
from backend.members.service import cover_state
from backend.referrals.rules.acceptance import NOT_COVERED

NOT_NEEDED = "referrals.not_needed"


@dataclass(frozen=True, slots=True)
class Patient:
    """What the plan says; ``has_tiers``: managed care with a benefit that asks for a referral (S0-10, S0-21)."""

    member_id: UUID
    covered: bool
    has_tiers: bool
    network: str | None

    def needs_none(self, today: date) -> Refusal | None:
        """Why no referral is written for this patient: not covered, or a plan that asks for none."""
        if not self.covered:
            return Refusal(NOT_COVERED, {"on": today})
        return None if self.has_tiers else Refusal(NOT_NEEDED)


def patient_of(scope: Scope, member_id: UUID, on: date) -> Patient:
    """Raises NotFound."""
    state = cover_state(scope, member_id, on)
    if not state.is_covered or state.plan_id is None:
        return Patient(member_id, covered=False, has_tiers=False, network=None)
    plan = benefits.plan(scope, state.plan_id)
    asks = any(line.referral_required for line in benefits.benefits_of(scope, plan.id))
    return Patient(member_id, True, plan.product == Product.MANAGED_CARE and asks, plan.network)
