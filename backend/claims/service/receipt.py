"""The receipt of a claim's decision in force, in every form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.adjudication import service as adjudication
from backend.audit import service as audit
from backend.claims import queries
from backend.claims.models import Claim, ClaimDecision
from backend.errors import NotFound


def decision_answer(scope: Scope, claim: Claim) -> dict[str, Any] | None:
    """Who decided a claim, when and how, with the receipt in the reader's language; None before a decision."""
    if claim.status not in queries.ONCE_DECIDED:
        return None
    decision = queries.decision_of(scope, claim.id, "in_force")
    if decision is None:
        return None
    return {
        "kind": decision.kind,
        "decided_at": decision.confirmed_at or decision.created_at,
        "note": decision.note,
        "receipt": adjudication.receipt(scope, decision.judgement_id),
    }


def appeals_answer(scope: Scope, claim: Claim) -> list[dict[str, Any]]:
    """The member's objections, and by when each is answered."""
    if claim.status not in queries.ONCE_DECIDED:
        return []
    return [
        {"at": row.created_at, "text": row.text, "answer_by": row.answer_by, "answered_at": row.answered_at}
        for row in queries.appeals_of(scope, claim.id)
    ]


def receipt_words(scope: Scope, claim_id: UUID) -> dict[str, str]:
    """The receipt as a message and as a voice reads it; raises NotFound, also before a decision."""
    claim, decision = _decided(scope, claim_id)
    return {
        "text": adjudication.receipt_as_text(scope, decision.judgement_id),
        "speech": adjudication.receipt_as_speech(scope, decision.judgement_id),
        "number": claim.number,
    }


def receipt_pdf(scope: Scope, claim_id: UUID) -> bytes:
    """The receipt on the client's paper; raises NotFound, also before a decision."""
    claim, decision = _decided(scope, claim_id)
    return adjudication.receipt_pdf(scope, decision.judgement_id, claim.number)


def _decided(scope: Scope, claim_id: UUID) -> tuple[Claim, ClaimDecision]:
    claim = queries.claim(scope, claim_id)
    decision = queries.decision_of(scope, claim.id, "in_force")
    if decision is None:
        raise NotFound()
    audit.record_look(scope, "claim", claim.id, member_id=claim.member_id)
    return claim, decision
