"""Pharmacies dispense and repeat; the medical team may allow more in writing (S1-73)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.queries import terms_on
from backend.clients.registry import client_by_id
from backend.errors import NotFound
from backend.kit import clock
from backend.kit.reference_numbers import Kind, read_number
from backend.telemedicine import papers
from backend.telemedicine.models import Dispensing, Prescription
from backend.telemedicine.refusals import refuse
from backend.telemedicine.rules import repeats
from backend.telemedicine.rules.repeats import IterTerms


def iter_terms(scope: Scope, on: date) -> IterTerms:
    """The contract's switches for repeats on a day."""
    terms = terms_on(scope, on)
    return IterTerms(
        terms.repeat_prescriptions,
        terms.repeat_prescription_days,
        terms.repeat_prescription_counts,
        terms.prescription_valid_days,
    )


def look_up(scope: Scope, number: str) -> Prescription:
    """The prescription that somebody shows or reads out; the look is recorded. Raises NotFound."""
    read = read_number(Kind.PRESCRIPTION, number)
    if read is None:
        raise NotFound()
    paper = papers.prescription_by_number(scope, read)
    audit.record_look(scope, "prescription", paper.id, member_id=paper.member_id)
    return paper


def dispense(scope: Scope, prescription_id: UUID) -> tuple[Dispensing, tuple[int, ...]]:
    """Note that the pharmacy dispenses now, for the first time or as a repeat; which items, counted from 0.

    Of two pharmacies at the same second one gets the last repeat. Raises NotFound, RuleRefused.
    """
    paper = papers.prescription(scope, prescription_id, lock=True)
    done = papers.dispensings(scope, [paper.id])[paper.id]
    today = clock.today(client_by_id(scope.client_id).timezone)
    terms, approval = iter_terms(scope, today), paper.approval
    sheet = paper.sheet
    refuse(repeats.may_dispense(sheet, [row.dispensed_on for row in done], today, terms, approval))
    row = Dispensing(
        client_id=scope.client_id,
        prescription_id=paper.id,
        ordinal=len(done) + 1,
        dispensed_on=today,
        provider_id=scope.actor.provider_id,
        dispensed_by=scope.actor.id,
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "dispensing", row.id, member_id=paper.member_id)
    return row, repeats.items_of(sheet, row.ordinal, terms, approval)


def approve(scope: Scope, prescription_id: UUID, *, allowed: int, until: date, text: str) -> Prescription:
    """The medical team allows so many repeats until a day, in writing. Raises NotFound."""
    paper = papers.prescription(scope, prescription_id, lock=True)
    paper.approved_repeats, paper.approved_until = allowed, until
    paper.approved_by, paper.approval_text = scope.actor.id, text
    scope.session.flush()
    audit.record(scope, "update", "prescription", paper.id, member_id=paper.member_id, fields=["approval"])
    return paper


def left_of(scope: Scope, paper: Prescription, done: list[Dispensing], today: date) -> dict[str, Any]:
    """How often it can still be dispensed and until when, as people read it."""
    terms = iter_terms(scope, today)
    approval = paper.approval
    total = repeats.total_allowed(paper.sheet, terms, approval)
    first = done[0].dispensed_on if done else None
    refusal = repeats.may_dispense(paper.sheet, [row.dispensed_on for row in done], today, terms, approval)
    return {
        "dispensed": len(done),
        "left": 0 if refusal is not None else total - len(done),
        "until": repeats.last_day(first, terms, approval) if first else None,
    }
