"""Everything an analyst needs beside a claim: what was read, the plan's benefits, who may decide, what is like it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend import diagnoses, languages
from backend.access import Role, Scope
from backend.accounts.queries import display_names
from backend.adjudication import service as adjudication
from backend.audit import service as audit
from backend.benefits.queries import benefits_of, cover_on
from backend.claims import queries, rules
from backend.claims.circumstances import today_of
from backend.claims.flag_words import said
from backend.claims.models import Claim, ClaimDecision, ClaimLine
from backend.claims.service.read import claim_answer
from backend.claims.similar import claims_like
from backend.claims.summary import summary
from backend.kit.money import Money
from backend.members.queries import member

_RECENT = 8


def workbench(scope: Scope, claim_id: UUID) -> dict[str, Any]:
    """One claim as an analyst works on it. Leaves a look at every member shown. Raises NotFound."""
    shown = claim_answer(scope, claim_id)
    claim = queries.claim(scope, claim_id)
    like = claims_like(scope, claim)
    recent = [one for one in queries.claims_of(scope, claim.member_id, limit=_RECENT + 1) if one.id != claim.id]
    audit.record_listing(scope, "claim", [row[0].member_id for row in like])
    in_force, waiting = (queries.decision_of(scope, claim.id, state) for state in ("in_force", "waiting"))
    return {
        "claim": shown,
        "patient": _patient(scope, claim),
        "reading": _reading(scope, claim),
        "benefits": _benefits(scope, claim),
        "flags": [_said(flag, scope.language) for flag in claim.flags],
        "waiting": _waiting(scope, waiting),
        "barred": _barred(scope, in_force, waiting),
        "recent": [_beside(one) for one in recent[:_RECENT]],
        "similar": [
            {**_beside(row[0]), "member": {"number": row[1], "name": row[2]}, "why": _why(row)} for row in like
        ],
    }


def _patient(scope: Scope, claim: Claim) -> dict[str, Any]:
    patient = member(scope, claim.member_id)
    return {
        "number": patient.number,
        "name": patient.full_name,
        "sex": patient.sex,
        "birth_date": patient.birth_date,
        "relationship": patient.relationship,
    }


def _reading(scope: Scope, claim: Claim) -> dict[str, Any]:
    known = diagnoses.known(claim.diagnosis) if claim.diagnosis else None
    return {
        "diagnosis": claim.diagnosis,
        "diagnosis_title": known.title(scope.language) if known else None,
        "circumstances": claim.assessment,
        "lines": [_line(line, claim) for line in queries.lines_of(scope, claim.id)],
    }


def _line(line: ClaimLine, claim: Claim) -> dict[str, Any]:
    accepted = line.accepted_minor
    return {
        "position": line.position,
        "description": line.description,
        "quantity": line.quantity,
        "amount": Money(line.amount_minor, claim.currency),
        "benefit_code": line.benefit_code,
        "item": line.item,
        "service_code": line.service_code,
        "diagnosis": line.diagnosis,
        "accepted": None if accepted is None else Money(accepted, claim.currency),
        "finding": line.finding,
        "proposed_by_document_id": line.proposed_by_document_id,
    }


def _benefits(scope: Scope, claim: Claim) -> list[dict[str, Any]]:
    """The plan's benefits on the day of treatment, those of the claim's group first."""
    found = cover_on(scope, claim.member_id, claim.visit_on or today_of(scope))
    rows = benefits_of(scope, found.plan.id) if found else []
    ordered = sorted(rows, key=lambda row: row.benefit_group != claim.benefit_group)
    return [
        {
            "code": row.code,
            "group": row.benefit_group,
            "name": row.names.get(scope.language) or row.names.get(languages.FALLBACK) or row.code,
        }
        for row in ordered
    ]


def _said(flag: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {
        "reason": flag["reason"],
        "sentence": said(flag["reason"], flag, language),
        "claim_id": flag.get("claim_id"),
        "number": flag.get("number"),
        "provider_id": flag.get("provider_id"),
    }


def _waiting(scope: Scope, decision: ClaimDecision | None) -> dict[str, Any] | None:
    """Somebody's decision that a second person has not confirmed yet."""
    if decision is None:
        return None
    people = display_names(scope, [decision.decided_by] if decision.decided_by else [])
    return {
        "kind": decision.kind,
        "by": people.get(decision.decided_by) if decision.decided_by else None,
        "at": decision.created_at,
        "note": decision.note,
        "receipt": adjudication.receipt(scope, decision.judgement_id),
    }


def _barred(scope: Scope, in_force: ClaimDecision | None, waiting: ClaimDecision | None) -> dict[str, Any]:
    """Why the reader may not decide or not confirm, in a sentence; None where they may (separation of duties)."""
    had_a_part = {in_force.decided_by, in_force.confirmed_by} if in_force else set()
    decide = rules.NOT_THE_SAME_AGAIN if scope.actor.id in had_a_part else None
    made_it = waiting is not None and waiting.decided_by == scope.actor.id
    confirm = rules.SAME_PERSON if made_it or scope.actor.id in had_a_part else None
    if scope.actor.role is not Role.CLAIMS:
        decide = confirm = rules.ANALYSTS_DECIDE
    return {
        "decide": languages.message(decide, scope.language) if decide else None,
        "confirm": languages.message(confirm, scope.language) if confirm else None,
    }


def _beside(claim: Claim) -> dict[str, Any]:
    facts = summary(claim)
    shown = ("id", "number", "benefit", "status", "visit_on", "provider_name", "claimed")
    return {**{name: facts[name] for name in shown}, "diagnosis": claim.diagnosis}


def _why(row: Any) -> list[str]:
    return [name for name in ("same_place", "near_amount", "same_illness") if getattr(row, name)]
