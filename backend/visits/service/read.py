"""What is answered about visits and bills: one, or a page of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from backend.access import Role, Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.kit.deadlines import local_date
from backend.kit.money import Money
from backend.kit.pages import Cursor, page_of
from backend.members import queries as members
from backend.providers import queries as providers
from backend.visits import queries
from backend.visits.models import ProviderBill, ProviderBillLine, Visit

_PAGE = 20


def visit_answer(scope: Scope, visit_id: UUID) -> dict[str, Any]:
    """One visit with the bill's state; raises NotFound."""
    visit = queries.visit(scope, visit_id)
    person = members.member(scope, visit.member_id)
    bill = queries.bill_of_visit(scope, visit.id)
    audit.record_look(scope, "visit", visit.id, member_id=visit.member_id)
    bill_id, state = (bill.id, bill.state) if bill else (None, None)
    return _visit(scope, visit, person.full_name, person.number, bill_id, state)


def list_visits(
    scope: Scope,
    *,
    member_id: UUID | None = None,
    state: str | None = None,
    cursor: str | None = None,
    limit: int = _PAGE,
) -> dict[str, Any]:
    """A page of visits, the newest first; a desk sees its own. Raises BadCursor."""
    found = queries.visits_of(scope, member_id=member_id, state=state, after=Cursor.after(cursor), limit=limit + 1)
    shown, following = page_of(found, limit, lambda row: Cursor(row[0].created_at, row[0].id))
    audit.record_listing(scope, "visit", [row[0].member_id for row in shown])
    return {"items": [_visit(scope, *row) for row in shown], "next_cursor": following}


def bill_answer(scope: Scope, bill_id: UUID) -> dict[str, Any]:
    """Everything about one bill; raises NotFound."""
    bill = queries.bill(scope, bill_id)
    person = members.member(scope, bill.member_id)
    facility = providers.provider(scope, bill.provider_id)
    audit.record_look(scope, "provider_bill", bill.id, member_id=bill.member_id)
    return {
        **_summary(bill, person.full_name, person.number, facility.name),
        "diagnoses": bill.diagnoses,
        "lines": [_line(row, bill.currency) for row in queries.lines_of(scope, bill.id)],
        "findings": [_finding(one, bill.currency) for one in bill.findings],
        "document_ids": queries.papers_of(scope, bill.id),
        "history": [
            {"state": event.state, "at": event.created_at, "note": event.note}
            for event in queries.history_of(scope, bill.id)
        ],
    }


def list_bills(
    scope: Scope, *, state: str | None = None, cursor: str | None = None, limit: int = _PAGE
) -> dict[str, Any]:
    """A page of bills, the newest first; a desk sees its own. Raises BadCursor."""
    found = queries.bills_of(scope, state=state, after=Cursor.after(cursor), limit=limit + 1)
    shown, following = page_of(found, limit, lambda row: Cursor(row[0].created_at, row[0].id))
    audit.record_listing(scope, "provider_bill", [row[0].member_id for row in shown])
    return {"items": [_summary(*row) for row in shown], "next_cursor": following}


def desk_of(scope: Scope) -> dict[str, Any]:
    """The facility the actor sits in, for the head of the page; nothing for other staff."""
    currency = client_by_id(scope.client_id).currency
    if scope.actor.role is not Role.PROVIDER or scope.actor.provider_id is None:
        return {"id": None, "name": None, "kind": None, "tier": None, "currency": currency}
    row = providers.provider(scope, scope.actor.provider_id)
    return {"id": row.id, "name": row.name, "kind": row.kind, "tier": row.tier, "currency": currency}


def _visit(scope: Scope, visit: Visit, *about: Any) -> dict[str, Any]:
    name, number, bill_id, bill_state = about
    zone = client_by_id(scope.client_id).timezone
    return {
        "id": visit.id,
        "number": visit.number,
        "member": {"id": visit.member_id, "name": name, "member_number": number},
        "provider_id": visit.provider_id,
        "benefit_group": visit.benefit_group,
        "state": visit.state,
        "shown": visit.shown,
        "emergency": visit.emergency,
        "referral_code": visit.referral_code,
        "letter_id": visit.letter_id,
        "first_day": local_date(visit.opened_at, zone),
        "opened_at": visit.opened_at,
        "ended_at": visit.ended_at,
        "end_reason": visit.end_reason,
        "bill_id": bill_id,
        "bill_state": bill_state,
    }


def _summary(bill: ProviderBill, name: str, number: str, facility: str) -> dict[str, Any]:
    return {
        "id": bill.id,
        "number": bill.number,
        "visit_id": bill.visit_id,
        "member": {"id": bill.member_id, "name": name, "member_number": number},
        "provider": {"id": bill.provider_id, "name": facility},
        "state": bill.state,
        "invoice_number": bill.invoice_number,
        "total": Money(bill.total_minor, bill.currency),
        "submitted_at": bill.submitted_at,
        "decided_at": bill.decided_at,
        "return_reason": bill.return_reason,
    }


def _line(row: ProviderBillLine, currency: str) -> dict[str, Any]:
    return {
        "service_code": row.service_code,
        "room_class": row.room_class,
        "description": row.description,
        "service_on": row.service_on,
        "quantity": row.quantity,
        "unit": Money(row.unit_minor, currency),
        "amount": Money(row.unit_minor, currency).times(row.quantity),
        "agreed": None if row.agreed_minor is None else Money(row.agreed_minor, currency),
        "tariff_version_id": row.tariff_version_id,
    }


def _finding(found: dict[str, Any], currency: str) -> dict[str, Any]:
    minor = found["difference_minor"]
    return {
        "position": found["position"],
        "reason": found["reason"],
        "difference": None if minor is None else Money(minor, currency),
    }
