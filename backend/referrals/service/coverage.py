"""Does a visit need a referral, and is there one? What the front desk, the bot and claims ask (S0-21)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.clients.queries import terms_on
from backend.kit.refusal import Refusal
from backend.referrals import queries
from backend.referrals.places import desk_of, first_tier_of
from backend.referrals.rules import Visit, VisitCover, judge_visit
from backend.referrals.service.patients import patient_of
from backend.referrals.service.steps import in_words


def covers_visit(
    scope: Scope, member_id: UUID, provider_id: UUID, on: date, specialty: str | None = None, *, emergency: bool = False
) -> VisitCover | Refusal:
    """The basis of a visit with the referral it rests on, or a refusal that says what to do instead.

    Nothing is used up by asking. Raises NotFound for an unknown member or facility.
    """
    patient = patient_of(scope, member_id, on)
    first = first_tier_of(scope, member_id, on)
    visit = Visit(
        desk=desk_of(scope, provider_id, patient.network, on),
        on=on,
        specialty=specialty,
        covered=patient.covered,
        plan_has_tiers=patient.has_tiers,
        emergency=emergency,
        emergency_bypasses=terms_on(scope, on).emergency_bypasses_referral,
    )
    links = [row.link for row in queries.all_of(scope, member_id)]
    answered = judge_visit(visit, links, first.name if first else None)
    if isinstance(answered, Refusal):
        return Refusal(answered.reason, in_words(scope, answered.figures))
    return answered
