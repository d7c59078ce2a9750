"""The person at the intake desk: complete, or back with exactly what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.claims import checklists, queries, rules
from backend.claims.circumstances import calendar_of, date_of, facts_missing, refresh, terms_of, today_of
from backend.claims.history import check_status, move
from backend.claims.models import Claim, ClaimStatus
from backend.claims.service.decide_claim import decide_or_review
from backend.claims.suspicion import flags_of
from backend.errors import RuleRefused
from backend.kit import clock
from backend.kit.deadlines import working_days_after
from backend.notifications.service import notify

REMIND_BEFORE = (timedelta(days=7), timedelta(days=1))
"""How long before its last day a returned claim is mentioned again."""


def return_claim(scope: Scope, claim_id: UUID, missing: Sequence[str], note: str) -> Claim:
    """Send a claim back for the papers named in ``missing`` (S1-39, S1-41); ``note`` is read by the member.

    The member has the contract's days to send it again (S1-40). Raises NotFound, Conflict.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, {ClaimStatus.SUBMITTED, ClaimStatus.COMPLETE, ClaimStatus.IN_REVIEW})
    claim.requested = list(dict.fromkeys(missing))
    claim.returned_at = clock.now()
    claim.resubmit_by = rules.resubmit_by(today_of(scope), terms_of(scope, claim))
    claim.complete_at = claim.settle_by = None
    refresh(scope, claim)
    move(scope, claim, ClaimStatus.RETURNED, note=note, missing=claim.missing)
    _tell_what_comes_back(scope, claim)
    audit.record(scope, "update", "claim", claim.id, member_id=claim.member_id, fields=["status"])
    return claim


def remind_returned(scope: Scope) -> int:
    """Tell members again whose returned claim is due back in seven days or tomorrow; returns how many."""
    today = today_of(scope)
    due = queries.returned_until(scope, [today + days for days in REMIND_BEFORE], today)
    for claim in due:
        claim.reminded_on = today
        _tell_what_comes_back(scope, claim)
    return len(due)


def complete_claim(
    scope: Scope, claim_id: UUID, *, accept_without: Collection[str] = (), note: str | None = None
) -> Claim:
    """Confirm that the papers are complete; the promise to settle counts from when they came in (S1-29).

    A paper that is still missing must be named in ``accept_without``: nobody waives one by oversight. Raises
    NotFound, Conflict, RuleRefused ``claims.documents_missing``, ``claims.facts_missing`` (the desk enters what the
    papers say through ``change_claim``).
    """
    claim = queries.claim_to_change(scope, claim_id)
    if claim.status == ClaimStatus.COMPLETE:
        return claim
    check_status(claim, {ClaimStatus.SUBMITTED})
    refresh(scope, claim)
    open_papers = [code for code in claim.missing if code not in accept_without]
    if open_papers:
        names = checklists.names(open_papers, scope.language)
        raise RuleRefused(rules.DOCUMENTS_MISSING, {"missing": open_papers, "names": ", ".join(names)})
    gaps = facts_missing(claim)
    if gaps:
        raise RuleRefused(rules.INCOMPLETE_FACTS, {"facts": gaps})
    assert claim.submitted_at is not None, "a submitted claim has been handed in"
    terms = terms_of(scope, claim)
    claim.flags = flags_of(scope, claim)
    claim.complete_at = max(claim.submitted_at, *(paper.attached_at for paper in queries.attached_to(scope, claim.id)))
    claim.settle_by = working_days_after(
        date_of(scope, claim.complete_at), terms.settlement_working_days, calendar_of(scope, terms)
    )
    move(scope, claim, ClaimStatus.COMPLETE, note=note, missing=claim.missing)
    notify(scope, "claim_complete", claim.member_id, {"claim_number": claim.number})
    if terms.straight_through:
        decide_or_review(scope, claim)
    audit.record(scope, "update", "claim", claim.id, member_id=claim.member_id, fields=["status"])
    return claim


def reinstate_claim(scope: Scope, claim_id: UUID, note: str) -> Claim:
    """Take up a claim that was refused as late or not covered; ``note`` says why and is read by the member.

    Raises NotFound, Conflict.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, {ClaimStatus.REFUSED})
    claim.refusal = None
    claim.submitted_at = clock.now()
    claim.flags = flags_of(scope, claim)
    move(scope, claim, ClaimStatus.SUBMITTED, reason="claims.reinstated", note=note, missing=claim.missing)
    audit.record(scope, "update", "claim", claim.id, member_id=claim.member_id, fields=["status"])
    return claim


def _tell_what_comes_back(scope: Scope, claim: Claim) -> None:
    facts = {"claim_number": claim.number, "resubmit_by": claim.resubmit_by}
    notify(scope, "claim_returned", claim.member_id, facts)
