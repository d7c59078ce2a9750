"""The bill of a visit: sent by the facility, verified by claims (S0-46).

This is the seam for claims: ``bill_facts`` gives what is to be judged, ``accept_bill`` and ``return_bill`` what came
of it. Nothing here decides who pays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.documents.service.adopt_documents import adopt
from backend.errors import Conflict, RuleRefused
from backend.kit import clock, ids
from backend.kit.deadlines import local_date
from backend.kit.money import Money
from backend.kit.reference_numbers import Kind, new_number
from backend.kit.refusal import Refusal
from backend.providers.queries import tariff_for
from backend.providers.rules.tariffs import ANY_ROOM
from backend.visits import queries
from backend.visits.models import (
    ProviderBill,
    ProviderBillDocument,
    ProviderBillEvent,
    ProviderBillLine,
    Visit,
)
from backend.visits.rules import bills
from backend.visits.rules.attendance import VisitState
from backend.visits.rules.bills import BilledLine, BilledVisit, BillState, NewBill, NewLine
from backend.visits.service.eligibility import today_of
from backend.visits.service.under_letter import settle_under_letter

_TRIES = 20


def send_bill(scope: Scope, visit_id: UUID, new: NewBill) -> ProviderBill:
    """Hand in the bill of an ended visit, or again after it came back; the number stays the same.

    Raises NotFound, RuleRefused like ``bills.may_bill``, ``visits.bill_invoice_known``,
    ``visits.bill_lies_with_claims``, ``visits.bill_paper_unknown``.
    """
    visit = queries.visit_to_change(scope, visit_id)
    lines = [_with_tariff(scope, visit, line) for line in new.lines]
    known = queries.bill_of_visit(scope, visit.id)
    _refuse(bills.may_replace(BillState(known.state)) if known else None)
    currency = client_by_id(scope.client_id).currency
    _refuse(bills.may_bill(_billed_visit(scope, visit), [line.billed for line in lines], new.total, currency))
    if queries.invoice_is_known(scope, visit.provider_id, new.invoice_number, visit.id):
        raise RuleRefused(bills.INVOICE_KNOWN, {"invoice_number": new.invoice_number})
    bill = known or _begun(scope, visit)
    _take_over(bill, new, lines)
    scope.session.add(bill)
    scope.session.flush()
    _replace_lines(scope, bill, lines)
    _replace_papers(scope, bill, new.document_ids)
    _step(scope, bill, None)
    audit.record(scope, "update" if known else "create", "provider_bill", bill.id, member_id=bill.member_id)
    return bill


def accept_bill(scope: Scope, bill_id: UUID) -> ProviderBill:
    """Claims have verified the bill; accepting twice is accepting once.

    What a letter of guarantee promised passes to the bill, so that nothing is counted twice. Raises NotFound,
    RuleRefused ``visits.bill_not_submitted`` and what ``settle_under_letter`` raises.
    """
    return _decide(scope, bill_id, BillState.ACCEPTED, None)


def return_bill(scope: Scope, bill_id: UUID, reason: str) -> ProviderBill:
    """Claims send the bill back and say why. Raises NotFound, RuleRefused ``visits.bill_not_submitted``."""
    return _decide(scope, bill_id, BillState.RETURNED, reason)


def _decide(scope: Scope, bill_id: UUID, state: BillState, reason: str | None) -> ProviderBill:
    bill = queries.bill_to_change(scope, bill_id)
    if bill.state == state:
        return bill
    _refuse(bills.may_decide(BillState(bill.state)))
    bill.state, bill.return_reason = state, reason
    bill.decided_at, bill.decided_by = clock.now(), scope.actor.id
    if state is BillState.ACCEPTED:
        settle_under_letter(scope, bill, queries.visit(scope, bill.visit_id))
    _step(scope, bill, reason)
    audit.record(scope, "update", "provider_bill", bill.id, member_id=bill.member_id, fields=["state"])
    return bill


def bill_facts(scope: Scope, bill_id: UUID) -> tuple[ProviderBill, Visit, list[BilledLine]]:
    """What is to be judged: the bill, its visit, the positions with their agreed tariffs. Raises NotFound."""
    bill = queries.bill(scope, bill_id)
    lines = [_as_billed(row, bill.currency) for row in queries.lines_of(scope, bill.id)]
    return bill, queries.visit(scope, bill.visit_id), lines


def _as_billed(row: ProviderBillLine, currency: str) -> BilledLine:
    """A stored position as the rules read it."""
    agreed = None if row.agreed_minor is None else Money(row.agreed_minor, currency)
    unit = Money(row.unit_minor, currency)
    return BilledLine(row.service_on, row.quantity, unit, row.service_code, row.room_class, agreed)


def _with_tariff(scope: Scope, visit: Visit, line: NewLine) -> NewLine:
    """The position with the agreed price of its day beside it, where facility and payer agreed on one."""
    billed = line.billed
    if billed.service_code is None:
        return line
    room = billed.room_class or ANY_ROOM
    found = tariff_for(scope, visit.provider_id, billed.service_code, billed.service_on, room)
    if found is None or found.amount.currency != billed.unit.currency:
        return line
    return replace(line, billed=replace(billed, agreed=found.amount), tariff_version_id=found.version_id)


def _billed_visit(scope: Scope, visit: Visit) -> BilledVisit:
    zone = client_by_id(scope.client_id).timezone
    first = local_date(visit.opened_at, zone)
    last = local_date(visit.ended_at, zone) if visit.ended_at else first
    return BilledVisit(VisitState(visit.state), first, last)


def _begun(scope: Scope, visit: Visit) -> ProviderBill:
    return ProviderBill(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=_free_number(scope),
        visit_id=visit.id,
        member_id=visit.member_id,
        provider_id=visit.provider_id,
    )


def _take_over(bill: ProviderBill, new: NewBill, lines: Sequence[NewLine]) -> None:
    bill.invoice_number = new.invoice_number
    bill.total_minor, bill.currency = new.total.amount_minor, new.total.currency
    bill.diagnoses = list(dict.fromkeys(new.diagnoses))
    bill.findings = [
        {
            "position": found.position,
            "reason": found.reason,
            "difference_minor": found.difference.amount_minor if found.difference else None,
        }
        for found in bills.findings([line.billed for line in lines])
    ]
    bill.state, bill.submitted_at = BillState.SUBMITTED, clock.now()
    bill.decided_at = bill.decided_by = bill.return_reason = None


def _replace_lines(scope: Scope, bill: ProviderBill, lines: Sequence[NewLine]) -> None:
    mine = (ProviderBillLine.client_id == scope.client_id, ProviderBillLine.bill_id == bill.id)
    scope.session.execute(delete(ProviderBillLine).where(*mine))
    for position, line in enumerate(lines, start=1):
        agreed = line.billed.agreed
        scope.session.add(
            ProviderBillLine(
                client_id=scope.client_id,
                bill_id=bill.id,
                position=position,
                service_code=line.billed.service_code,
                room_class=line.billed.room_class,
                description=line.description,
                service_on=line.billed.service_on,
                quantity=line.billed.quantity,
                unit_minor=line.billed.unit.amount_minor,
                agreed_minor=agreed.amount_minor if agreed else None,
                tariff_version_id=line.tariff_version_id,
            )
        )
    scope.session.flush()


def _replace_papers(scope: Scope, bill: ProviderBill, document_ids: Sequence[UUID]) -> None:
    wanted = list(dict.fromkeys(document_ids))
    kept = set(queries.papers_of(scope, bill.id))
    if len(queries.own_papers(scope, [one for one in wanted if one not in kept])) < len(set(wanted) - kept):
        raise RuleRefused(bills.PAPER_UNKNOWN)
    mine = (ProviderBillDocument.client_id == scope.client_id, ProviderBillDocument.bill_id == bill.id)
    scope.session.execute(delete(ProviderBillDocument).where(*mine))
    for document_id in wanted:
        scope.session.add(ProviderBillDocument(client_id=scope.client_id, bill_id=bill.id, document_id=document_id))
    scope.session.flush()
    adopt(scope, wanted, bill.member_id)


def _step(scope: Scope, bill: ProviderBill, note: str | None) -> None:
    scope.session.add(
        ProviderBillEvent(
            client_id=scope.client_id,
            bill_id=bill.id,
            state=bill.state,
            actor_role=scope.actor.role.value,
            actor_id=scope.actor.id,
            note=note,
            created_at=clock.now(),
        )
    )
    scope.session.flush()


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RuleRefused.of(refusal)


def _free_number(scope: Scope) -> str:
    for _ in range(_TRIES):
        number = new_number(Kind.PROVIDER_BILL, today_of(scope).year)
        if not queries.bill_number_is_taken(scope, number):
            return number
    raise Conflict()
