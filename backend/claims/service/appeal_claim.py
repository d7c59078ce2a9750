"""A member does not agree with a decision: somebody else looks again, by a day that is promised (S1-29)."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.claims import queries, rules
from backend.claims.circumstances import calendar_of, date_of, terms_of, today_of
from backend.claims.history import check_status, move
from backend.claims.models import Claim, ClaimAppeal, ClaimStatus
from backend.errors import RuleRefused
from backend.kit.deadlines import working_days_after


def appeal_claim(scope: Scope, claim_id: UUID, text: str) -> Claim:
    """Ask for a decision to be made anew; new papers are attached to the claim like before.

    The decision stays in force until another one takes its place. Raises NotFound, Conflict ``claims.wrong_status``,
    RuleRefused ``claims.appeal_too_late``.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, queries.DECIDED)
    decision = queries.decision_of(scope, claim.id, "in_force")
    assert decision is not None, "a decided claim has a decision"
    terms, today = terms_of(scope, claim), today_of(scope)
    decided_at = decision.confirmed_at or decision.created_at
    refusal = rules.check_appeal(date_of(scope, decided_at), today, terms)
    if refusal:
        raise RuleRefused.of(refusal)
    answer_by = working_days_after(today, terms.appeal_working_days, calendar_of(scope, terms))
    scope.session.add(
        ClaimAppeal(
            client_id=scope.client_id, claim_id=claim.id, decision_id=decision.id, text=text, answer_by=answer_by
        )
    )
    move(scope, claim, ClaimStatus.APPEALED, note=text)
    return claim
