"""What the API asks for in words: the first step up, what follows from a code, and answers to what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.providers.rules import Tier
from backend.referrals import codes, queries
from backend.referrals.models import Referral, ReferralRequest
from backend.referrals.places import first_tier_of
from backend.referrals.rules import Certificate, Kind
from backend.referrals.service.drafting import NewReferral
from backend.referrals.service.issue import issue
from backend.referrals.service.matters import put_to_people
from backend.referrals.service.paid_visits import issue_from_claim
from backend.referrals.service.requests import grant, request
from backend.referrals.service.steps import today_of


def write(
    scope: Scope,
    member_id: UUID,
    specialty: str,
    *,
    to_tier: str | None = None,
    claim_id: UUID | None = None,
    **facts: Any,
) -> Referral:
    """A step up; with a claim, the one that a paid visit leads to. Raises what ``issue`` raises."""
    wanted = NewReferral(member_id, Kind.TIERED, specialty, to_tier=_tier(to_tier), **facts)
    return issue_from_claim(scope, claim_id, wanted) if claim_id else issue(scope, wanted)


def onward(scope: Scope, code: str, *, specialty: str, to_tier: str | None = None, **facts: Any) -> Referral:
    """On to another specialist without a new first-level visit (S0-25). Raises what ``issue`` raises."""
    earlier = _earlier(scope, code)
    earlier_code, tier = earlier.code, _tier(to_tier)
    return issue(
        scope, NewReferral(earlier.member_id, Kind.ONWARD, specialty, to_tier=tier, earlier_code=earlier_code, **facts)
    )


def continuation(scope: Scope, code: str) -> Referral:
    """Back to where the patient was treated, without a new first-level visit (S0-24). Raises what ``issue`` raises."""
    earlier = _earlier(scope, code)
    return issue(scope, NewReferral(earlier.member_id, Kind.CONTINUATION, earlier_code=earlier.code))


def send_back(
    scope: Scope,
    code: str,
    *,
    condition: str,
    stable: bool,
    certified_by: str,
    certified_on: date | None = None,
    to_provider_id: UUID | None = None,
) -> Referral:
    """Home to the first tier, to the clinic the patient chose when none is named. Raises what ``issue`` raises."""
    earlier, today = _earlier(scope, code), today_of(scope)
    chosen = first_tier_of(scope, earlier.member_id, today)
    wanted = NewReferral(
        earlier.member_id,
        Kind.BACK,
        earlier_code=earlier.code,
        to_provider_id=to_provider_id or (chosen.id if chosen else None),
        doctor=certified_by,
        condition=condition,
        certificate=_certificate(scope, stable, certified_by, certified_on),
    )
    return issue(scope, wanted)


def grant_request(
    scope: Scope,
    request_id: UUID,
    *,
    specialty: str,
    to_tier: str | None = None,
    certificate: Mapping[str, Any] | None = None,
    **facts: Any,
) -> None:
    """Yes to what a member asked for; a back-referral with the certificate. Raises what ``issue`` raises."""
    row = queries.request(scope, request_id)
    wanted = NewReferral(row.member_id, specialty=specialty, to_tier=_tier(to_tier), **facts)
    if certificate is not None:
        signed = _certificate(scope, certificate["stable"], certificate["certified_by"], certificate["certified_on"])
        wanted = replace(wanted, condition=certificate["condition"], certificate=signed, doctor=signed.certified_by)
    grant(scope, request_id, wanted)


def ask(scope: Scope, member_id: UUID, *, kind: str, **facts: Any) -> ReferralRequest:
    """Ask for a referral of a kind; what a member asks for waits as a case. Raises what ``request`` raises."""
    row = request(scope, member_id, kind=Kind(kind), **facts)
    put_to_people(scope, row)
    return row


def _certificate(scope: Scope, stable: bool, certified_by: str, certified_on: date | None) -> Certificate:
    return Certificate(stable, certified_by, certified_on or today_of(scope))


def _tier(written: str | None) -> Tier | None:
    return Tier(written) if written else None


def _earlier(scope: Scope, code: str) -> Referral:
    return queries.referral(scope, codes.code_in(scope, code))
