"""Handing a claim in, for the first time or again after it was returned."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.claims import checklists, folder, queries, rules
from backend.claims.circumstances import date_of, facts_missing, latest_today, refresh, terms_of, today_of, treatment_of
from backend.claims.history import MEMBERS_TURN, check_status, move
from backend.claims.models import Claim, ClaimStatus
from backend.claims.service.intake import complete_claim
from backend.claims.suspicion import cover_gap, flags_of
from backend.clients.rules import Terms
from backend.errors import RuleRefused
from backend.kit import clock
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.notifications.service import notify


def submit_claim(scope: Scope, claim_id: UUID) -> Claim:
    """Hand a claim in (see ``_submit``), in two round trips to the database wherever nothing is in the way."""
    return folder.at_once(scope, claim_id, _submit) or _submit(scope, claim_id)


def _submit(scope: Scope, claim_id: UUID) -> Claim:
    """Hand a claim in. A second time gives the same answer, so a lost answer can be asked for again.

    A first hand-in with papers or facts missing is taken (a photo sent on WhatsApp comes without the doctor's
    name): the member keeps the deadline and hears what is missing, only the day of the visit must be there. What
    speaks for itself is complete at once where the contract lets the rules decide. A
    returned claim comes back complete or not at all (S1-40). Raises RuleRefused: ``claims.facts_missing``,
    ``claims.no_documents``, ``claims.documents_missing`` (all can be mended), ``claims.past_deadline``,
    ``claims.past_resubmission``, ``claims.not_covered_on_date`` (kept as refused, for a person to look at).
    """
    claim = queries.claim_to_change(scope, claim_id)
    if claim.status in queries.HANDED_IN and claim.status not in MEMBERS_TURN:
        return claim
    check_status(claim, MEMBERS_TURN)
    refresh(scope, claim)
    terms = terms_of(scope, claim)
    _check_can_be_handed_in(scope, claim, terms)
    _check_in_time_and_covered(scope, claim)
    # A claim refused for missing cover was handed in when it was: looking again must not make it late.
    if claim.refusal != rules.NOT_COVERED:
        claim.submitted_at = clock.now()
    claim.refusal = None
    claim.flags = flags_of(scope, claim)
    move(scope, claim, ClaimStatus.SUBMITTED, missing=claim.missing)
    notify(scope, "claim_submitted", claim.member_id, {"claim_number": claim.number})
    if terms.straight_through and _speaks_for_itself(scope, claim):
        complete_claim(scope, claim.id)
    return claim


def _speaks_for_itself(scope: Scope, claim: Claim) -> bool:
    """Whether nobody has to look at the papers: all are there, nothing is odd, and a machine surely read the total."""
    if claim.missing or claim.flags or facts_missing(claim) or claim.claimed_minor is None:
        return False
    papers = [_surely_read(read) for read in queries.readings_of(scope, claim.id)]
    days = (claim.visit_on, claim.discharge_on)
    return rules.papers_agree(Money(claim.claimed_minor, claim.currency), days, papers)


def _surely_read(read: dict[str, Any]) -> rules.SurelyRead:
    def sure(field: str) -> Any:
        proposal = read.get(field)
        return proposal["value"] if proposal and not proposal["doubtful"] else None

    total, on = sure("total"), sure("date")
    return rules.SurelyRead(
        Money(total["amount_minor"], total["currency"]) if total else None, date.fromisoformat(on) if on else None
    )


def _check_can_be_handed_in(scope: Scope, claim: Claim, terms: Terms) -> None:
    treatment = treatment_of(claim)
    if treatment is None:
        raise RuleRefused(rules.INCOMPLETE_FACTS, {"facts": ["visit_on"]})
    if rules.discharge_matters(treatment, today_of(scope), terms):
        raise RuleRefused(rules.INCOMPLETE_FACTS, {"facts": ["discharge_on"]})
    refusal = rules.check_dates(claim.visit_on, claim.discharge_on, latest_today())
    if refusal:
        raise RuleRefused.of(refusal)
    if not queries.attached_to(scope, claim.id):
        raise RuleRefused(rules.NO_DOCUMENTS)
    if claim.returned_at is not None and claim.missing:
        names = checklists.names(claim.missing, scope.language)
        raise RuleRefused(rules.DOCUMENTS_MISSING, {"missing": claim.missing, "names": ", ".join(names)})


def _check_in_time_and_covered(scope: Scope, claim: Claim) -> None:
    refusal = _lateness(scope, claim) or _no_cover(scope, claim)
    if refusal is None:
        return
    if claim.submitted_at is None or claim.refusal != rules.NOT_COVERED:
        claim.submitted_at = clock.now()
    if claim.status != ClaimStatus.REFUSED or claim.refusal != refusal.reason:
        claim.refusal = refusal.reason
        move(scope, claim, ClaimStatus.REFUSED, reason=refusal.reason)
    raise RuleRefused(refusal.reason, {**refusal.figures, "claim_id": str(claim.id)}, keeps_changes=True)


def _lateness(scope: Scope, claim: Claim) -> Refusal | None:
    handed_in_at = claim.submitted_at if claim.refusal == rules.NOT_COVERED else None
    handed_in_on = date_of(scope, handed_in_at or clock.now())
    if claim.resubmit_by is not None:
        return rules.check_in_time(handed_in_on, claim.resubmit_by, rules.PAST_RESUBMISSION)
    assert claim.submit_by is not None, "a claim with a visit has a last day"
    return rules.check_in_time(handed_in_on, claim.submit_by)


def _no_cover(scope: Scope, claim: Claim) -> Refusal | None:
    # After a return somebody has already looked at it; then a gap is a flag (suspicion.py), not a refusal.
    return None if claim.resubmit_by is not None else cover_gap(scope, claim)
