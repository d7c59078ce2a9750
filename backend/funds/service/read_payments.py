"""What is answered about payables and payment runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from backend import languages
from backend.access import Scope
from backend.audit import service as audit
from backend.funds import queries, transfers
from backend.funds.agreement import agreement_of
from backend.funds.models import Destination, Payable, PayableState, PayeeAccount, Payment, PaymentRun, PaymentState
from backend.funds.models import RunState as State
from backend.funds.rules import payments as rules
from backend.kit.deadlines import elapsed_hours_after
from backend.kit.money import Money
from backend.kit.pages import Cursor, page_of


def list_payables(
    scope: Scope, *, state: str | None = None, cursor: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """A page of what is owed, the newest first; raises BadCursor."""
    agreed = agreement_of(scope)
    next_run = rules.next_run_on(agreed.today, agreed.terms, agreed.calendar)
    found = queries.payables(scope, state, after=Cursor.after(cursor), limit=limit + 1)
    shown, following = page_of(found, limit)
    names = queries.names_of_payees(scope, shown)
    audit.record_listing(scope, "payable", [row.member_id for row in shown])
    items = [
        {
            "id": row.id,
            "payee": row.payee,
            "payee_name": names.get(row.payee_id),
            "member_id": row.member_id,
            "reference": row.reference,
            "category": row.category,
            "amount": Money(row.amount_minor, row.currency),
            "excess": Money(row.amount_minor - row.plan_minor, row.currency),
            "approved_on": row.approved_on,
            "settle_by": row.settle_by,
            "state": row.state,
            "paid_on": row.paid_on,
            "late": row.state == PayableState.OPEN and row.settle_by < next_run,
        }
        for row in shown
    ]
    return {"items": items, "next_cursor": following, "next_run_on": next_run}


def account_answer(scope: Scope, row: PayeeAccount) -> dict[str, Any]:
    """An account, down to its ending."""
    return {
        "id": row.id,
        "payee": row.payee,
        "payee_id": row.payee_id,
        "bank": row.bank,
        "ending": row.ending,
        "holder_name": row.holder_name,
        "confirmed": row.confirmed_at is not None,
        "usable_from": row.confirmed_at and elapsed_hours_after(row.confirmed_at, rules.WAITING_HOURS),
    }


def list_accounts_to_confirm(scope: Scope) -> dict[str, Any]:
    """What waits for a second person."""
    return {"items": [account_answer(scope, row) for row in queries.accounts_to_confirm(scope)]}


def list_runs(scope: Scope, *, cursor: str | None = None, limit: int = 20) -> dict[str, Any]:
    """A page of runs, the newest first; raises BadCursor."""
    shown, following = page_of(queries.runs(scope, Cursor.after(cursor), limit + 1), limit)
    return {"items": [_summary(run) for run in shown], "next_cursor": following}


def run_answer(scope: Scope, run_id: UUID) -> dict[str, Any]:
    """A run with everything a second person needs to approve it. Raises NotFound."""
    run = queries.run(scope, run_id)
    payments = queries.payments_of(scope, run.id)
    items = transfers.by_payment(queries.items_of(scope, run.id))
    going = [payment for payment in payments if payment.state != PaymentState.DROPPED]
    covered = [row for payment in going for row in items[payment.id]]
    audit.record_listing(scope, "payment_run", [row.member_id for row in covered])
    return {
        **_summary(run),
        "total": Money(sum(payment.amount_minor for payment in going), run.currency),
        "late": sum(row.settle_by < run.pay_on for row in covered),
        "may_approve": run.state == State.PREPARED and rules.may_approve(run.prepared_by, scope.actor.id) is None,
        "payments": [_payment(payment, items[payment.id]) for payment in payments],
        "left_out": _left_out(scope, run),
    }


def _left_out(scope: Scope, run: PaymentRun) -> list[dict[str, Any]]:
    rows = queries.payables_by_id(scope, [UUID(one["payable_id"]) for one in run.left_out])
    return [
        {
            **one,
            "message": languages.message(one["reason"], scope.language),
            "reference": rows[UUID(one["payable_id"])].reference,
            "amount": Money(rows[UUID(one["payable_id"])].amount_minor, run.currency),
        }
        for one in run.left_out
    ]


def _summary(run: PaymentRun) -> dict[str, Any]:
    return {
        name: getattr(run, name)
        for name in ("id", "number", "kind", "pay_on", "state", "prepared_by", "approved_by", "sent_at")
    }


def _payment(payment: Payment, covered: list[Payable]) -> dict[str, Any]:
    return {
        "reference": payment.reference,
        "destination": payment.destination,
        "holder_name": payment.holder_name,
        "bank": payment.bank,
        "ending": payment.ending,
        "amount": Money(payment.amount_minor, payment.currency),
        "rail": payment.rail,
        "state": payment.state,
        "paid_on": payment.paid_on,
        "failure": payment.failure,
        "items": [
            {
                "payable_id": row.id,
                "reference": row.reference,
                "category": row.category,
                "amount": Money(row.amount_minor, row.currency),
                "settle_by": row.settle_by,
            }
            for row in covered
        ],
    }


@dataclass(frozen=True, slots=True)
class PaymentCalendar:
    """The days of the month on which the contract pays, and the next working day that follows from them."""

    days: list[int]
    next_on: date


def payment_calendar(scope: Scope) -> PaymentCalendar:
    """When money is paid; public (S0-67)."""
    agreed = agreement_of(scope)
    next_on = rules.next_run_on(agreed.today, agreed.terms, agreed.calendar)
    return PaymentCalendar(sorted(agreed.terms.payment_days), next_on)


def payment_of_claim(scope: Scope, claim_id: UUID) -> dict[str, Any] | None:
    """What the member may know of the money for a claim (S0-68): how much, when, to whose account.

    None before a decision. ``expected_on`` is the day of the run it goes along with, or the calendar's next one.
    """
    found = queries.payable_of_claim(scope, claim_id)
    if found is None:
        return None
    payable, payment, run = found
    agreed = agreement_of(scope)
    destination = transfers.destination_of(payable, agreed.terms.reimbursement_to)
    expected = run.pay_on if run else rules.next_run_on(agreed.today, agreed.terms, agreed.calendar)
    return {
        "state": payable.state,
        "amount": Money(payable.amount_minor, payable.currency),
        "to": destination.value,
        "account_ending": payment.ending if payment and destination is Destination.MEMBER else None,
        "expected_on": None if payable.state == PayableState.PAID else expected,
        "paid_on": payable.paid_on,
    }
