"""From a reimbursed visit at a non-partner to a referral: the claim's papers lead to the code (S0-27)."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from backend.access import Role, Scope
from backend.claims import queries as claims
from backend.claims.models import Claim, ClaimStatus
from backend.clients.queries import terms_on
from backend.errors import Forbidden
from backend.referrals import queries
from backend.referrals.models import Referral
from backend.referrals.places import desk_of
from backend.referrals.rules import Kind, Origin
from backend.referrals.rules.paid_visits import PaidVisit, may_lead_to_code
from backend.referrals.service.drafting import NewReferral
from backend.referrals.service.issue import issue
from backend.referrals.service.patients import patient_of
from backend.referrals.service.steps import refuse, today_of

_OVER = (ClaimStatus.REFUSED, ClaimStatus.WITHDRAWN)
_NOT_YET = (ClaimStatus.DRAFT, ClaimStatus.SUBMITTED, ClaimStatus.RETURNED)


def issue_from_claim(scope: Scope, claim_id: UUID, new: NewReferral) -> Referral:
    """Issue the code that a paid visit leads to: the claim says whose it is, ``new`` where to and for what.

    Raises NotFound, Forbidden for anybody but claims staff and doctors, RuleRefused.
    """
    if scope.actor.role not in {Role.CLAIMS, Role.DOCTOR, Role.SYSTEM}:
        raise Forbidden()
    claim = claims.claim_to_change(scope, claim_id)
    check_claim(scope, claim)
    follows = replace(
        new,
        member_id=claim.member_id,
        kind=Kind.TIERED,
        origin=Origin.REIMBURSED_VISIT,
        source_id=claim.id,
        from_provider_id=None,
        doctor=new.doctor or claim.provider_name,
    )
    return issue(scope, follows)


def check_claim(scope: Scope, claim: Claim) -> None:
    """Raises RuleRefused with the rule that keeps this claim from leading to a code."""
    today = today_of(scope)
    known = queries.issued_from_claim(scope, claim.id)
    visit = PaidVisit(
        papers_complete=claim.status not in _NOT_YET,
        over=claim.status in _OVER,
        visit_on=claim.visit_on,
        partner=_partner(scope, claim),
        led_to=known.code if known else None,
    )
    refuse(scope, may_lead_to_code(visit, today, terms_on(scope, today).referral_valid_days), member_id=claim.member_id)


def _partner(scope: Scope, claim: Claim) -> str | None:
    """The facility's name when it was a partner of the plan on the day of the visit."""
    if claim.provider_id is None or claim.visit_on is None:
        return None
    network = patient_of(scope, claim.member_id, claim.visit_on).network
    inside = network is not None and desk_of(scope, claim.provider_id, network, claim.visit_on).in_network
    return claim.provider_name if inside else None
