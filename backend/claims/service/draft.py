"""A draft: begun with next to nothing, filled in over days, given up when it is not needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.claims import checklists, queries, rules
from backend.claims.circumstances import client_of, latest_today, refresh, today_of
from backend.claims.history import MEMBERS_TURN, check_status, move
from backend.claims.models import Claim, ClaimStatus
from backend.claims.positions import replace_positions
from backend.claims.suspicion import flags_of
from backend.errors import Conflict, RuleRefused
from backend.kit import ids
from backend.kit.money import Money
from backend.kit.reference_numbers import Kind, new_number
from backend.members.queries import member

PLAIN_FACTS = (
    "visit_on",
    "discharge_on",
    "provider_name",
    "place_region",
    "invoice_number",
    "circumstances",
    "chosen_benefit",
)
_TRIES = 20


def start_claim(scope: Scope, member_id: UUID, benefit_group: str, **facts: Any) -> Claim:
    """Begin a claim for a member; every other fact may follow later through ``change_claim``.

    Raises NotFound for a member the actor does not act for, RuleRefused when the benefit is never reimbursed
    or a date cannot be.
    """
    scope.check_member(member_id)
    patient = member(scope, member_id)
    _check_benefit(benefit_group)
    claim = Claim(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=_free_number(scope),
        member_id=patient.id,
        benefit_group=benefit_group,
        status=ClaimStatus.DRAFT,
        currency=client_of(scope).currency,
        circumstances=[],
        missing=[],
        requested=[],
        flags=[],
        channel=scope.channel,
    )
    _take_over(scope, claim, facts)
    scope.session.add(claim)
    scope.session.flush()
    _replace_lines(scope, claim, facts.get("lines"))
    refresh(scope, claim)
    move(scope, claim, ClaimStatus.DRAFT)
    _leave_trace(scope, "create", claim, facts)
    return claim


def change_claim(scope: Scope, claim_id: UUID, changes: Mapping[str, Any]) -> Claim:
    """Change only what is named; None forgets a fact, ``lines`` replaces them all.

    The desk may also complete what was handed in, from the papers. Raises NotFound, Conflict when the claim lies
    with us, RuleRefused for impossible dates or mixed currencies.
    """
    claim = queries.claim_to_change(scope, claim_id)
    at_the_desk = scope.actor.role is Role.CLAIMS
    check_status(claim, {*MEMBERS_TURN, ClaimStatus.SUBMITTED} if at_the_desk else MEMBERS_TURN)
    if "benefit_group" in changes:
        _check_benefit(changes["benefit_group"])
        claim.benefit_group = changes["benefit_group"]
        claim.chosen_benefit = None
    if "visit_on" in changes:
        # Another day is another question: the moment of the first try no longer answers it.
        claim.refusal = None
    _take_over(scope, claim, changes)
    _replace_lines(scope, claim, changes.get("lines"))
    refresh(scope, claim)
    if claim.status == ClaimStatus.SUBMITTED:
        claim.flags = flags_of(scope, claim)
    _leave_trace(scope, "update", claim, changes)
    return claim


def withdraw_claim(scope: Scope, claim_id: UUID, note: str | None = None) -> Claim:
    """The member asks for nothing any more; doing it twice is doing it once.

    Raises NotFound, Conflict when the papers are already complete.
    """
    claim = queries.claim_to_change(scope, claim_id)
    if claim.status == ClaimStatus.WITHDRAWN:
        return claim
    check_status(claim, {*MEMBERS_TURN, ClaimStatus.SUBMITTED})
    move(scope, claim, ClaimStatus.WITHDRAWN, note=note)
    _leave_trace(scope, "update", claim, {"status": None})
    return claim


def _check_benefit(benefit_group: str) -> None:
    if not checklists.required_documents(benefit_group):
        raise RuleRefused(rules.NOT_REIMBURSED, {"benefit": benefit_group})


def _free_number(scope: Scope) -> str:
    year = today_of(scope).year
    for _ in range(_TRIES):
        number = new_number(Kind.CLAIM, year)
        if not queries.number_is_taken(scope, number):
            return number
    raise Conflict()


def _take_over(scope: Scope, claim: Claim, facts: Mapping[str, Any]) -> None:
    for name in PLAIN_FACTS:
        if name in facts:
            setattr(claim, name, facts[name] if name != "circumstances" else sorted(set(facts[name] or ())))
    if "claimed" in facts:
        claimed: Money | None = facts["claimed"]
        claim.claimed_minor = claimed.amount_minor if claimed else None
        claim.currency = claimed.currency if claimed else claim.currency
    if "provider_id" in facts:
        _treated_by(scope, claim, facts["provider_id"])
    refusal = rules.check_dates(claim.visit_on, claim.discharge_on, latest_today())
    if refusal:
        raise RuleRefused.of(refusal)


def _treated_by(scope: Scope, claim: Claim, provider_id: UUID | None) -> None:
    claim.provider_id = provider_id
    if provider_id is not None:
        claim.provider_name, claim.place_region = queries.place_of(scope, provider_id)


def _replace_lines(scope: Scope, claim: Claim, lines: Sequence[Mapping[str, Any]] | None) -> None:
    if lines is None:
        return
    if any(line["amount"].currency != claim.currency for line in lines):
        raise RuleRefused("claims.currencies_mixed", {"currency": claim.currency})
    replace_positions(scope, claim, [{**line, "amount_minor": line["amount"].amount_minor} for line in lines])


def _leave_trace(scope: Scope, action: str, claim: Claim, facts: Mapping[str, Any]) -> None:
    # A member's own doing stands in the claim's history; the audit record is for other people's hands.
    if scope.actor.role is not Role.MEMBER:
        audit.record(scope, action, "claim", claim.id, member_id=claim.member_id, fields=sorted(facts))
