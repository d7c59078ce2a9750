"""What a decision in force changes: the plan's use, what is owed, the claim's status, what the member hears."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.adjudication import service as adjudication
from backend.adjudication.rules import Bill, Judgement, reason_asked_back
from backend.benefits import service as benefits
from backend.benefits.service import Ask
from backend.claims import queries, rules
from backend.claims.bill import SOURCE, descriptions, is_cashless
from backend.claims.history import move
from backend.claims.models import Claim, ClaimDecision, ClaimStatus
from backend.funds import queries as fund_queries
from backend.funds import service as funds
from backend.funds.rules.chart import Source
from backend.funds.rules.payments import PayableState, Payee
from backend.funds.service import ExcessLine, Owed
from backend.kit import clock
from backend.kit.money import Money
from backend.members.queries import member
from backend.notifications.service import notify


def settle(scope: Scope, claim: Claim, decision: ClaimDecision, judgement: Judgement, bill: Bill) -> None:
    """Put a decision in force: benefits used, the member's money owed, the claim decided and the member told.

    An earlier decision is taken back first. What was paid by it stays paid: the new one adds the difference and never
    makes a member owe something.
    """
    before = queries.decision_of(scope, claim.id, "in_force")
    paid = Money.zero(bill.currency) if before is None else _undo(scope, claim, before)
    adjudication.make_binding(scope, decision.judgement_id)
    decision.state = "in_force"
    _use(scope, decision, judgement, bill)
    decision.payable_id = _owe(scope, claim, decision, judgement, paid)
    scope.session.flush()
    for appeal in queries.appeals_of(scope, claim.id):
        appeal.answered_at = appeal.answered_at or clock.now()
    shares = judgement.shares
    outcome = rules.outcome(shares.plan, shares.total - shares.other - shares.provider)
    move(scope, claim, ClaimStatus(outcome), note=decision.note)
    notify(scope, "claim_decided", claim.member_id, {"claim_number": claim.number})


def _undo(scope: Scope, claim: Claim, decision: ClaimDecision) -> Money:
    """Take back what a decision used and what is still owed by it; answers what is paid already or on its way."""
    benefits.reverse(scope, SOURCE, claim.id, f"claim/{decision.id}/undone")
    adjudication.replace(scope, decision.judgement_id)
    decision.state = "replaced"
    scope.session.flush()
    paid = Money.zero(claim.currency)
    for payable in fund_queries.payables_of_claim(scope, claim.id):
        if payable.state == PayableState.OPEN:
            funds.take_back(scope, payable.id, "claim_decided_anew")
        elif payable.state != PayableState.REVERSED:
            paid += Money(payable.amount_minor, payable.currency)
    return paid


def _use(scope: Scope, decision: ClaimDecision, judgement: Judgement, bill: Bill) -> None:
    """Count what the plan pays against the plan, one entry for each benefit."""
    for code, (amount, count) in judgement.drawn().items():
        ask = Ask(bill.member_id, code, amount, bill.visit_on, SOURCE, bill.source_id, count, bill.case_key)
        benefits.consume_judged(scope, ask, f"claim/{decision.id}/{code}")


def _owe(scope: Scope, claim: Claim, decision: ClaimDecision, judgement: Judgement, paid: Money) -> UUID | None:
    """What is still to be paid, in the client's ledger; nothing for a refused claim or what is paid already.

    A member gets the plan's part. A provider that was not paid also gets the excess claim, which is asked back.
    """
    cashless, shares = is_cashless(claim), judgement.shares
    excess = shares.excess_claim if cashless else Money.zero(claim.currency)
    if shares.plan + excess <= paid:
        return None
    patient = member(scope, claim.member_id)
    payee, payee_id = Payee.MEMBER, patient.employee_id or patient.id
    if cashless and claim.provider_id is not None:
        payee, payee_id = Payee.PROVIDER, claim.provider_id
    owed = Owed(
        source=Source("claim_difference", decision.id) if paid else Source(SOURCE, claim.id),
        payee=payee,
        payee_id=payee_id,
        plan=shares.plan + excess - paid if paid else shares.plan,
        excess=excess if excess and not paid else None,
        reference=claim.number,
        category=claim.benefit_group,
        member_id=claim.member_id,
        claim_id=claim.id,
        settle_by=claim.settle_by,
        excess_items=_asked_back(scope, claim, judgement) if excess else (),
    )
    return funds.owe(scope, owed).id


def _asked_back(scope: Scope, claim: Claim, judgement: Judgement) -> tuple[ExcessLine, ...]:
    """The positions of the excess claim, each with the rule behind it (S1-76)."""
    names = descriptions(scope, claim)
    return tuple(
        ExcessLine(names[line.key], reason_asked_back(line.steps), line.shares.excess_claim)
        for line in judgement.lines
        if line.shares.excess_claim
    )
