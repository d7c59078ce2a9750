"""What a person should look at twice; a flag never refuses anything."""

from __future__ import annotations

from typing import Any

from backend.access import Scope
from backend.claims import queries, rules
from backend.claims.circumstances import facts_missing, terms_of, today_of, treatment_of
from backend.claims.models import Claim
from backend.claims.papers import odd_papers
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.members.queries import member, periods_of
from backend.members.rules.cover import is_covered


def flags_of(scope: Scope, claim: Claim) -> list[dict[str, Any]]:
    """Duplicates, facts missing, figures that do not add up, an unknown place that decides, odd papers."""
    found = [*_duplicates(scope, claim)]
    gaps = facts_missing(claim)
    if gaps:
        found.append(Refusal(rules.INCOMPLETE_FACTS, {"facts": gaps}))
    if claim.claimed_minor is not None:
        lines = [Money(line.amount_minor, claim.currency) for line in queries.lines_of(scope, claim.id)]
        found += rules.amount_flags(Money(claim.claimed_minor, claim.currency), lines)
    treatment = treatment_of(claim)
    if treatment and rules.place_matters(treatment, today_of(scope), terms_of(scope, claim)):
        found.append(Refusal(rules.PLACE_UNKNOWN))
    gap = cover_gap(scope, claim)
    if gap:
        found.append(gap)
    return [*({"reason": flag.reason, **flag.figures} for flag in found), *odd_papers(scope, claim)]


def cover_gap(scope: Scope, claim: Claim) -> Refusal | None:
    """Says that no plan covered the member on the day of treatment; None while that day is not known."""
    if claim.visit_on is None:
        return None
    patient = member(scope, claim.member_id)
    if is_covered(periods_of(scope, patient.id), patient.left_on, claim.visit_on):
        return None
    return Refusal(rules.NOT_COVERED, {"visit_on": claim.visit_on.isoformat()})


def _duplicates(scope: Scope, claim: Claim) -> list[Refusal]:
    same_files = queries.claims_with_the_same_files(scope, claim.id)
    same_bills = [
        other
        for other in queries.claims_of_the_same_day_and_amount(scope, claim)
        if claim.invoice_number
        and rules.same_words(other.invoice_number) == rules.same_words(claim.invoice_number)
        and _same_provider(other, claim)
    ]
    return [Refusal(rules.SAME_FILE, _other(claim)) for claim in same_files] + [
        Refusal(rules.SAME_INVOICE, _other(claim)) for claim in same_bills
    ]


def _same_provider(one: Claim, other: Claim) -> bool:
    if one.provider_id and other.provider_id:
        return one.provider_id == other.provider_id
    return rules.same_words(one.provider_name) == rules.same_words(other.provider_name)


def _other(claim: Claim) -> dict[str, Any]:
    return {"claim_id": str(claim.id), "number": claim.number, "member_id": str(claim.member_id)}
