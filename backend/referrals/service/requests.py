"""What members ask for: the chosen clinic or the doctor on duty decides, and what a rule decides is issued at once."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.claims import queries as claims
from backend.errors import InvalidShape, RuleRefused
from backend.kit import clock, ids
from backend.members import queries as members
from backend.notifications.service import notify
from backend.referrals import codes, queries, sealing
from backend.referrals.models import ReferralRequest, RequestState
from backend.referrals.places import first_tier_of
from backend.referrals.rules import Kind, Origin
from backend.referrals.service.drafting import NewReferral
from backend.referrals.service.issue import issue
from backend.referrals.service.matters import close_matter
from backend.referrals.service.paid_visits import check_claim, issue_from_claim
from backend.referrals.service.patients import patient_of
from backend.referrals.service.steps import refuse, today_of
from backend.referrals.vocabulary import GENERAL, SPECIALTIES

DECIDED = "referrals.request_decided"
ANY = "ANY"
"""The specialty of a request that leaves it to the doctor which one is meant."""


def request(
    scope: Scope,
    member_id: UUID,
    *,
    kind: Kind = Kind.TIERED,
    specialty: str | None = None,
    reason: str | None = None,
    earlier_code: str | None = None,
    claim_id: UUID | None = None,
    case_id: UUID | None = None,
) -> ReferralRequest:
    """Ask for a referral; one that is open already comes back. Where none is needed the refusal says so.

    Raises NotFound, InvalidShape, RuleRefused ``referrals.not_needed``, ``referrals.not_covered`` and, with a claim,
    what keeps it from leading to a code.
    """
    person = members.member(scope, member_id)
    today = today_of(scope)
    refuse(scope, patient_of(scope, person.id, today).needs_none(today), member_id=person.id)
    wanted = GENERAL if kind is Kind.BACK else specialty or ANY
    if wanted not in {*SPECIALTIES, ANY}:
        raise InvalidShape("referrals.specialty_unknown")
    known = queries.open_request(scope, person.id, kind, wanted)
    if known is not None:
        return known
    if claim_id is not None:
        check_claim(scope, claims.claim(scope, claim_id))
    earlier = queries.referral(scope, codes.code_in(scope, earlier_code)) if earlier_code else None
    clinic = first_tier_of(scope, person.id, today) if kind is Kind.TIERED and claim_id is None else None
    row_id = ids.new_id()
    row = ReferralRequest(
        client_id=scope.client_id,
        id=row_id,
        member_id=person.id,
        kind=kind,
        specialty=wanted,
        reason_cipher=sealing.seal("referral_request", row_id, reason),
        earlier_id=earlier.id if earlier else None,
        claim_id=claim_id,
        provider_id=(earlier.accepted_by if earlier else None) or (clinic.id if clinic else None),
        case_id=case_id,
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "referral_request", row.id, member_id=person.id)
    return row


def grant(scope: Scope, request_id: UUID, new: NewReferral) -> ReferralRequest:
    """The doctor says yes: the referral is issued by the same rules as any other. Raises NotFound, RuleRefused."""
    row = _undecided(scope, request_id)
    earlier = queries.by_id(scope, row.earlier_id) if row.earlier_id else None
    wanted = replace(new, member_id=row.member_id, kind=Kind(row.kind), earlier_code=earlier.code if earlier else None)
    if row.case_id is not None and earlier is None:
        wanted = replace(wanted, origin=Origin.HELPLINE)
    made = issue_from_claim(scope, row.claim_id, wanted) if row.claim_id else issue(scope, wanted)
    row.state, row.referral_id, row.decided_at = RequestState.ISSUED, made.id, clock.now()
    _note(scope, row)
    return row


def decline(scope: Scope, request_id: UUID, note: str) -> ReferralRequest:
    """The doctor says no, in words for the member. Raises NotFound, RuleRefused ``referrals.request_decided``."""
    row = _undecided(scope, request_id)
    row.state, row.note, row.decided_at = RequestState.REFUSED, note, clock.now()
    _note(scope, row)
    notify(scope, "referral_refused", row.member_id, {})
    return row


def _undecided(scope: Scope, request_id: UUID) -> ReferralRequest:
    row = queries.request(scope, request_id, lock=True)
    if row.state != RequestState.OPEN:
        raise RuleRefused(DECIDED)
    return row


def _note(scope: Scope, row: ReferralRequest) -> None:
    scope.session.flush()
    audit.record(scope, "update", "referral_request", row.id, member_id=row.member_id, fields=["state"])
    close_matter(scope, row)
