"""Where a claim stands, which papers it needs, when money is paid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.access import Scope
from backend.claims import checklists, service
from backend.claims import queries as claims
from backend.claims.models import Claim
from backend.funds.service import payment_calendar, payment_of_claim
from backend.helpline.asker import Answer, Asker, case_for
from backend.helpline.catalogue import Reply

BENEFIT_AT = {"hospital": "inpatient", "dentist": "dental", "optician": "optical", "clinic": "outpatient"}
"""A word has one meaning for the bot, so "a hospital claim" arrives as a place of care."""
_UNDECIDED = frozenset({"draft", "submitted", "returned", "complete", "in_review", "confirming", "appealed"})


def status(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """The latest claim that was handed in, and what is still missing."""
    claim = claims.latest(asker.acting(scope), asker.proved())
    if claim is None:
        return Answer.of("claim_status_none")
    replies = [Reply("claim_status", _figures(claim))]
    if claim.missing:
        names = ", ".join(checklists.names(claim.missing, asker.language))
        until = claim.resubmit_by or claim.submit_by
        replies.append(Reply.of("claim_missing", documents=names, until=_date(until)))
    return Answer(tuple(replies))


def decision(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """The receipt of the decision: who pays what and why, and the way to a person (S0-81, S2-35).

    Before a decision that; for a claim that came too late or without cover a person who explains it.
    """
    claim = claims.latest(asker.acting(scope), asker.proved())
    if claim is None:
        return Answer.of("claim_status_none")
    named = {"number": {"digits": claim.number}, "status": {"word": f"claim_{claim.status}"}}
    if claim.status in _UNDECIDED:
        return Answer.of("claim_decision_pending", **named)
    if claim.status in claims.DECIDED:
        words = service.receipt_words(asker.acting(scope), claim.id)
        receipt = Reply.of("claim_decision_receipt", text=words["text"], speech=words["speech"])
        return Answer((receipt, Reply.of("claim_decision_otherwise")))
    case = case_for(scope, asker, "claim_decision", summary=f"Asks about the decision on claim {claim.number}.")
    return Answer.of("claim_decision_question", case=case.number, **named)


def documents(scope: Scope, asker: Asker, slots: Mapping[str, Any]) -> Answer:
    """The checklist of a benefit (S1-29..S1-54); public."""
    benefit = slots.get("benefit") or BENEFIT_AT.get(slots.get("provider_kind") or "")
    if not benefit or not checklists.required_documents(benefit):
        return Answer.of("claim_documents_ask")
    told = service.requirements(asker.speaking(scope), benefit)
    lines = [
        {"reply": "claim_document_line", "args": {"name": line["name"]}}
        for line in told["documents"]
        if line["required"] and not line["automatic"]
    ]
    return Answer.of(
        "claim_documents",
        benefit={"word": f"benefit_{benefit}"},
        documents={"items": lines},
        days=told["days"],
        days_outside=told["days_outside"],
    )


def payment_date(scope: Scope, asker: Asker, _slots: Mapping[str, Any]) -> Answer:
    """When the money of the latest claim comes or came; before a decision, and for strangers, the contract's days."""
    if asker.member_id is not None:
        acting = asker.acting(scope)
        claim = claims.latest(acting, asker.member_id)
        payment = payment_of_claim(acting, claim.id) if claim else None
        if claim and payment:
            day = payment["paid_on"] or payment["expected_on"]
            figures = {"number": {"digits": claim.number}, "amount": {"money": payment["amount"].as_json()}}
            return Answer.of("payment_made" if payment["paid_on"] else "payment_expected", date=_date(day), **figures)
    calendar = payment_calendar(scope)
    return Answer.of("payment_schedule", days={"list": calendar.days}, next=_date(calendar.next_on))


def _figures(claim: Claim) -> dict[str, Any]:
    amount = {"money": {"amount_minor": claim.claimed_minor, "currency": claim.currency}}
    return {
        "number": {"digits": claim.number},
        "visit_on": _date(claim.visit_on),
        "amount": amount if claim.claimed_minor is not None else {"word": "unknown"},
        "status": {"word": f"claim_{claim.status}"},
    }


def _date(day: date | None) -> dict[str, str]:
    return {"date": day.isoformat()} if day else {"word": "unknown"}
