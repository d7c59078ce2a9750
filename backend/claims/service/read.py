"""What is answered about claims: one, a page of them, the desk's queue, the papers that will be needed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.claims import checklists, queries, rules
from backend.claims.choices import benefit_choices
from backend.claims.circumstances import today_of
from backend.claims.models import Claim, ClaimStatus
from backend.claims.rules import Requirement, Treatment
from backend.claims.service.receipt import appeals_answer, decision_answer
from backend.claims.summary import summary
from backend.clients.queries import terms_on
from backend.clients.rules import Terms
from backend.funds.service import payment_of_claim
from backend.kit.money import Money
from backend.kit.pages import Cursor, page_of
from backend.kit.reference_numbers import Kind, read_number
from backend.members.queries import member

_WORK_ON_CLAIMS = frozenset({Role.CLAIMS, Role.ADMIN, Role.DOCTOR, Role.SYSTEM})
_CONCERNED = frozenset({Role.MEMBER, Role.HR})


def claim_answer(scope: Scope, claim_id: UUID) -> dict[str, Any]:
    """Everything about one claim. Staff leave a row in the member's access record. Raises NotFound."""
    claim = queries.claim(scope, claim_id)
    audit.record_look(scope, "claim", claim.id, member_id=claim.member_id)
    return {
        **summary(claim),
        "place_region": claim.place_region,
        "provider_id": claim.provider_id,
        "circumstances": claim.circumstances,
        "chosen_benefit": claim.chosen_benefit,
        "benefit_choices": benefit_choices(scope, claim),
        "lines": [
            {
                "position": line.position,
                "description": line.description,
                "quantity": line.quantity,
                "amount": Money(line.amount_minor, claim.currency),
                "proposed_by_document_id": line.proposed_by_document_id,
            }
            for line in queries.lines_of(scope, claim.id)
        ],
        "documents": [
            {
                "document_id": row.document_id,
                "requirement": row.requirement,
                "name": checklists.words_of(row.requirement).names[scope.language],
                "kind": row.kind,
                "state": row.state,
                "quality": row.quality,
            }
            for row in queries.papers_of(scope, claim.id)
        ],
        "missing_names": checklists.names(claim.missing, scope.language),
        "flags": shown_flags(scope, claim),
        "history": [
            {
                "status": event.status,
                "at": event.created_at,
                "reason": event.reason,
                "note": event.note,
                "missing": event.missing,
            }
            for event in queries.history_of(scope, claim.id)
        ],
        "payment": payment_of_claim(scope, claim.id),
        "decision": decision_answer(scope, claim),
        "appeals": appeals_answer(scope, claim),
    }


def list_claims(
    scope: Scope,
    *,
    member_id: UUID | None = None,
    status: str | None = None,
    number: str | None = None,
    cursor: str | None = None,
    limit: int = 20,
) -> dict[str, Any]:
    """A page of claims, the newest first; with ``number``, as a person says it, the one claim or none.

    Raises NotFound for a member the actor does not act for, BadCursor for a cursor that is not ours.
    """
    if number is not None:
        kept = read_number(Kind.CLAIM, number)
        found: list[Any] = list(queries.claims_of(scope, member_id, number=kept, limit=1)) if kept else []
    else:
        found = queries.listed(scope, member_id, status=status, after=Cursor.after(cursor), limit=limit + 1)
    # Whoever asks for one member's claims has looked at that member, also when there is none.
    shown, following = page_of(found, limit)
    audit.record_listing(scope, "claim", [member_id, *(claim.member_id for claim in shown)])
    return {"items": [summary(claim) for claim in shown], "next_cursor": following}


def list_queue(
    scope: Scope,
    *,
    status: Collection[str] = (ClaimStatus.SUBMITTED,),
    order: str = "age",
    cursor: str | None = None,
    limit: int = 20,
) -> dict[str, Any]:
    """A page of the desk's work, the longest waiting first or by the day an answer is owed (``due``).

    Raises BadCursor for a foreign one.
    """
    by_due = order == "due"
    found = queries.queue(scope, status, Cursor.after(cursor), limit + 1, by_due=by_due)
    shown, following = page_of(found, limit, _place_by_due if by_due else _place_by_age)
    audit.record_listing(scope, "claim", [claim.member_id for claim in shown])
    items = [
        {
            **summary(claim),
            "flags": shown_flags(scope, claim),
            "member": {"number": claim.member_number, "name": claim.member_name},
            "due_on": claim.due,
        }
        for claim in shown
    ]
    return {"items": items, "next_cursor": following}


def _place_by_age(row: Any) -> Cursor:
    return Cursor(row.submitted_at or row.created_at, row.id)


def _place_by_due(row: Any) -> Cursor:
    return Cursor(datetime.combine(row.due or date.max, time.min), row.id)


def requirements(
    scope: Scope,
    benefit: str,
    *,
    member_id: UUID | None = None,
    visit_on: date | None = None,
    discharge_on: date | None = None,
    region: str | None = None,
    circumstances: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Which papers a claim needs and until when it may come (S1-29..S1-54).

    ``member_id`` is the patient (a child needs other papers for glasses); raises NotFound for somebody else's.
    """
    terms = terms_on(scope, visit_on or today_of(scope))
    relationship = _relationship(scope, member_id)
    told = rules.circumstances_of(circumstances, relationship)
    treatment = Treatment(benefit, visit_on, discharge_on, region) if visit_on else None
    return {
        "benefit": benefit,
        "documents": [_line(scope.language, line, told) for line in checklists.required_documents(benefit)],
        "circumstances": [
            {"code": code, "question": checklists.question(code, scope.language)}
            for code in checklists.questions(benefit)
        ],
        "submit_by": rules.submit_by(treatment, terms) if treatment else None,
        "days": rules.submission_days(region, terms) if region else terms.submission_days_inside,
        "days_outside": terms.submission_days_outside,
        "resubmission_days": terms.resubmission_days,
        "settlement_working_days": terms.settlement_working_days,
        "paid_to": terms.reimbursement_to,
        "notes": _notes(scope.language, terms),
    }


def _line(language: str, line: Requirement, told: frozenset[str]) -> dict[str, Any]:
    words = checklists.words_of(line.code)
    return {
        "code": line.code,
        "name": words.names[language],
        "note": words.notes[language],
        "required": line.applies(told),
        "automatic": line.automatic,
        "when": line.when,
        "unless": line.unless,
        "alternatives": [
            {
                "code": code,
                "name": checklists.words_of(code).names[language],
                "note": checklists.words_of(code).notes[language],
            }
            for code in line.alternatives
        ],
    }


def _notes(language: str, terms: Terms) -> list[str]:
    deadline = "deadline" if terms.submission_region else "deadline_everywhere"
    told = [deadline, "settlement", "resubmission", f"paid_to_{terms.reimbursement_to}", "other_evidence"]
    if terms.papers_through_hr:
        told.insert(1, "through_hr")
    figures = {
        "submission_days_inside": terms.submission_days_inside,
        "submission_days_outside": terms.submission_days_outside,
        "settlement_working_days": terms.settlement_working_days,
        "resubmission_days": terms.resubmission_days,
    }
    return [checklists.note(code, language, figures) for code in told]


def _relationship(scope: Scope, member_id: UUID | None) -> str:
    if member_id is None:
        return "employee"
    scope.check_member(member_id)
    return str(member(scope, member_id).relationship)


def shown_flags(scope: Scope, claim: Claim) -> list[dict[str, Any]]:
    """The flags of a claim as far as the actor may see them.

    A member hears that something looks double, but the number of another person's claim stays with us, and so does
    what is suspected of a paper or a provider.
    """
    if scope.actor.role in _WORK_ON_CLAIMS:
        return list(claim.flags)
    told = [flag for flag in claim.flags if not rules.for_staff_only(flag["reason"])]
    if scope.actor.role not in _CONCERNED:
        return told
    own = {None, str(claim.member_id)}
    return [flag if flag.get("member_id") in own else {"reason": flag["reason"]} for flag in told]
