"""Deciding a claim whose papers are complete: by the rules alone when it is clean and small, else by an analyst.

Judged under the lock of the family's benefits; the judgement, what it uses of the plan, what is owed and what the
member is told go into one commit.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.adjudication import queries as facts
from backend.adjudication import service as adjudication
from backend.adjudication.models import KeptJudgement
from backend.adjudication.rules import Bill, Cover, Judgement
from backend.audit import service as audit
from backend.benefits import service as benefits
from backend.claims import plausibility, queries, rules
from backend.claims.bill import bill_of, descriptions, uncoded
from backend.claims.circumstances import terms_of
from backend.claims.history import check_status, move
from backend.claims.models import Claim, ClaimDecision, ClaimStatus
from backend.claims.settlement import settle
from backend.claims.suspicion import flags_of
from backend.errors import Forbidden
from backend.kit import clock
from backend.kit.money import Money

AUTOMATIC, ANALYST, APPEAL = "automatic", "analyst", "appeal"
_MAY_BE_DECIDED = frozenset({ClaimStatus.COMPLETE, ClaimStatus.IN_REVIEW, ClaimStatus.APPEALED})


def decide_or_review(scope: Scope, claim: Claim) -> None:
    """Decide a claim that has just become complete by the rules alone, or put it before an analyst and say why.

    The rules alone never refuse anything: whatever would not be paid for another reason than a limit or the member's
    agreed share waits for a person.
    """
    benefits.lock_family(scope, claim.member_id)
    cover, bill, judgement = _judged(scope, claim)
    claim.flags = [*flags_of(scope, claim), *plausibility.unlikely(scope, claim)]
    straightness = rules.Straightness(
        claimed=Money(claim.claimed_minor or 0, claim.currency),
        flags=len(claim.flags),
        uncoded=uncoded(bill, cover),
        refused=any(not line.shares.plan for line in judgement.lines),
    )
    reasons = rules.review_reasons(straightness, terms_of(scope, claim))
    if reasons:
        move(scope, claim, ClaimStatus.IN_REVIEW, reason=reasons[0])
        return
    decision = _keep(scope, claim, _stored(scope, claim, bill, judgement), AUTOMATIC, None)
    settle(scope, claim, decision, judgement, bill)


def propose(scope: Scope, claim_id: UUID) -> dict[str, Any]:
    """What the rules would decide now about a claim that waits for an analyst; keeps nothing.

    Raises NotFound, Conflict ``claims.wrong_status``.
    """
    claim = queries.claim(scope, claim_id)
    check_status(claim, {*_MAY_BE_DECIDED, ClaimStatus.SUBMITTED})
    audit.record_look(scope, "claim", claim.id, member_id=claim.member_id)
    cover, bill, judgement = _judged(scope, claim)
    return {
        "uncoded": uncoded(bill, cover),
        "flags": [*flags_of(scope, claim), *plausibility.unlikely(scope, claim)],
        "receipt": adjudication.receipt_of(scope, bill, judgement, descriptions(scope, claim)),
    }


def decide_claim(scope: Scope, claim_id: UUID, note: str | None = None) -> Claim:
    """An analyst's decision by the rules and what they read from the papers; ``note`` is read by the member.

    From the contract's amount on it waits for a second person. An appeal is decided by somebody who had no part in the
    decision before. Raises NotFound, Conflict ``claims.wrong_status``, Forbidden ``claims.appeal_by_another``.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, _MAY_BE_DECIDED)
    before = queries.decision_of(scope, claim.id, "in_force")
    if before is not None and scope.actor.id in {before.decided_by, before.confirmed_by}:
        raise Forbidden(rules.NOT_THE_SAME_AGAIN)
    benefits.lock_family(scope, claim.member_id)
    _, bill, judgement = _judged(scope, claim)
    kind = APPEAL if claim.status == ClaimStatus.APPEALED else ANALYST
    decision = _keep(scope, claim, _stored(scope, claim, bill, judgement), kind, note)
    if rules.needs_second_person(judgement.shares.plan, terms_of(scope, claim)):
        move(scope, claim, ClaimStatus.CONFIRMING)
    else:
        settle(scope, claim, decision, judgement, bill)
    audit.record(scope, "update", "claim", claim.id, member_id=claim.member_id, fields=["status", "decision"])
    return claim


def confirm_claim(scope: Scope, claim_id: UUID) -> Claim:
    """The second pair of eyes: judged again by the facts of now and put in force.

    Raises NotFound, Conflict, Forbidden ``claims.same_person`` for whoever decided.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, {ClaimStatus.CONFIRMING})
    waiting = queries.decision_of(scope, claim.id, "waiting")
    assert waiting is not None, "a claim that waits for a second person has a decision"
    before = queries.decision_of(scope, claim.id, "in_force")
    had_a_part = {waiting.decided_by} | ({before.decided_by, before.confirmed_by} if before else set())
    if scope.actor.id in had_a_part:
        raise Forbidden(rules.SAME_PERSON)
    benefits.lock_family(scope, claim.member_id)
    _, bill, judgement = _judged(scope, claim)
    if judgement.shares != adjudication.shares_of(scope, waiting.judgement_id):
        waiting.judgement_id = _stored(scope, claim, bill, judgement).id
    waiting.confirmed_by, waiting.confirmed_at = scope.actor.id, clock.now()
    settle(scope, claim, waiting, judgement, bill)
    audit.record(scope, "update", "claim", claim.id, member_id=claim.member_id, fields=["status", "decision"])
    return claim


def send_back(scope: Scope, claim_id: UUID, note: str) -> Claim:
    """The second person does not agree: the claim waits for an analyst again, with the reason in its history.

    Raises NotFound, Conflict, Forbidden ``claims.same_person``.
    """
    claim = queries.claim_to_change(scope, claim_id)
    check_status(claim, {ClaimStatus.CONFIRMING})
    waiting = queries.decision_of(scope, claim.id, "waiting")
    assert waiting is not None, "a claim that waits for a second person has a decision"
    if waiting.decided_by == scope.actor.id:
        raise Forbidden(rules.SAME_PERSON)
    waiting.state = "replaced"
    scope.session.flush()
    appealed = waiting.kind == APPEAL
    move(scope, claim, ClaimStatus.APPEALED if appealed else ClaimStatus.IN_REVIEW, note=note)
    audit.record(scope, "update", "claim", claim.id, member_id=claim.member_id, fields=["status"])
    return claim


def _judged(scope: Scope, claim: Claim) -> tuple[Cover, Bill, Judgement]:
    assert claim.visit_on is not None, "a complete claim has its day"
    cover = facts.cover_of(scope, claim.member_id, claim.visit_on)
    bill = bill_of(scope, claim, cover)
    return cover, bill, adjudication.judge(scope, bill)


def _stored(scope: Scope, claim: Claim, bill: Bill, judgement: Judgement) -> KeptJudgement:
    return adjudication.keep(scope, bill, judgement, descriptions(scope, claim), binding=False)


def _keep(scope: Scope, claim: Claim, kept: KeptJudgement, kind: str, note: str | None) -> ClaimDecision:
    decision = ClaimDecision(
        client_id=scope.client_id,
        claim_id=claim.id,
        judgement_id=kept.id,
        kind=kind,
        state="waiting",
        decided_by=None if kind == AUTOMATIC else scope.actor.id,
        note=note,
    )
    scope.session.add(decision)
    scope.session.flush()
    return decision
