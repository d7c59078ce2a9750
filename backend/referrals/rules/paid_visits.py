"""A visit at a non-partner that the member paid: when its claim leads to a code for the next level (S0-27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.kit.deadlines import calendar_days_after
from backend.kit.refusal import Refusal

INCOMPLETE = "referrals.claim_incomplete"
REFUSED = "referrals.claim_refused"
AT_PARTNER = "referrals.claim_at_partner"
TOO_OLD = "referrals.claim_too_old"
USED = "referrals.claim_used"


@dataclass(frozen=True, slots=True)
class PaidVisit:
    """A reimbursement claim as referrals see it; ``partner`` is the facility's name when it is one of the network."""

    papers_complete: bool
    over: bool
    """Refused or withdrawn."""
    visit_on: date | None
    partner: str | None
    led_to: str | None = None
    """The code that already follows from it."""


def may_lead_to_code(visit: PaidVisit, today: date, days: int) -> Refusal | None:
    """May a referral be issued from this claim? Its medical papers stand in for the first-level visit."""
    if visit.over:
        return Refusal(REFUSED)
    if not visit.papers_complete or visit.visit_on is None:
        return Refusal(INCOMPLETE)
    if visit.led_to is not None:
        return Refusal(USED, {"code": visit.led_to})
    if visit.partner is not None:
        return Refusal(AT_PARTNER, {"facility": visit.partner})
    return Refusal(TOO_OLD, {"visit_on": visit.visit_on}) if today > calendar_days_after(visit.visit_on, days) else None
