"""A claim as it stands on a list."""

from __future__ import annotations

from typing import Any

from backend.claims.models import Claim
from backend.kit.money import Money


def summary(claim: Claim | Any) -> dict[str, Any]:
    """Number, treatment, amount, where it stands and the days that matter; of a claim or of a row of a list."""
    return {
        "id": claim.id,
        "number": claim.number,
        "member_id": claim.member_id,
        "benefit": claim.benefit_group,
        "status": claim.status,
        "visit_on": claim.visit_on,
        "discharge_on": claim.discharge_on,
        "provider_name": claim.provider_name,
        "invoice_number": claim.invoice_number,
        "claimed": None if claim.claimed_minor is None else Money(claim.claimed_minor, claim.currency),
        "channel": claim.channel,
        "missing": claim.missing,
        "refusal": claim.refusal,
        "submit_by": claim.submit_by,
        "resubmit_by": claim.resubmit_by,
        "settle_by": claim.settle_by,
        "created_at": claim.created_at,
        "submitted_at": claim.submitted_at,
        "complete_at": claim.complete_at,
    }
