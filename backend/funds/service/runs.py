"""A payment run: prepared and looked at, approved by a second person, sent to the bank."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import Conflict, RuleRefused
from backend.funds import ledger, queries, transfers
from backend.funds.agreement import agreement_of
from backend.funds.models import (
    Destination,
    PayableState,
    Payment,
    PaymentItem,
    PaymentRun,
    PaymentState,
    RunKind,
    RunState,
)
from backend.funds.rules import payments as rules
from backend.funds.rules.chart import OVERDRAWN
from backend.kit import clock, ids
from backend.kit.deadlines import end_of_day
from backend.kit.money import Money


def prepare_run(scope: Scope, pay_on: date | None = None) -> PaymentRun:
    """Gather what is owed into transfers for a day, by default the calendar's next one; any other is a run in between.

    What has no account, an unconfirmed one or one that was changed within a day stays behind with the reason. Raises
    RuleRefused ``funds.nothing_to_pay``, ``funds.day_past``, ``funds.not_open``.
    """
    agreed = agreement_of(scope)
    queries.open_fund(scope)
    on = pay_on or rules.next_run_on(agreed.today, agreed.terms, agreed.calendar)
    if on < agreed.today:
        raise RuleRefused(rules.DAY_PAST, {"pay_on": on})
    waiting = queries.open_payables(scope, lock=True)
    begins = end_of_day(on - timedelta(days=1), agreed.client.timezone)
    at = max(begins, clock.now())
    proposed = transfers.proposal(scope, waiting, agreed.terms.reimbursement_to, at)
    if not proposed.transfers:
        raise RuleRefused(rules.NOTHING_TO_PAY, {"left_out": len(proposed.left_out)})
    scheduled = on in rules.run_days(on.year, on.month, agreed.terms, agreed.calendar)
    run = PaymentRun(
        client_id=scope.client_id,
        id=ids.new_id(),
        number=f"R{on:%Y%m%d}-{queries.run_count(scope, on) + 1}",
        kind=RunKind.SCHEDULED if scheduled else RunKind.ON_DEMAND,
        pay_on=on,
        currency=agreed.client.currency,
        state=RunState.PREPARED,
        left_out=[{"payable_id": str(row.id), "reason": refusal.reason} for row, refusal in proposed.left_out],
        prepared_by=scope.actor.id,
    )
    scope.session.add(run)
    scope.session.flush()
    for index, transfer in enumerate(proposed.transfers, 1):
        _plan(scope, run, index, transfer)
    audit.record(scope, "create", "payment_run", run.id)
    return run


def _plan(scope: Scope, run: PaymentRun, index: int, transfer: transfers.Transfer) -> None:
    payment = Payment(
        client_id=scope.client_id,
        id=ids.new_id(),
        run_id=run.id,
        reference=f"{run.number}-{index:04}",
        destination=transfer.destination.value,
        payee_id=transfer.payee_id,
        amount_minor=transfer.amount.amount_minor,
        currency=run.currency,
        rail=rules.rail_for(transfer.amount).value,
        account_id=transfer.account.id,
        bank=transfer.account.bank,
        ending=transfer.account.ending,
        holder_name=transfer.account.holder_name,
        state=PaymentState.PLANNED,
    )
    scope.session.add(payment)
    scope.session.flush()
    for payable in transfer.payables:
        payable.state, payable.payment_id = PayableState.IN_RUN, payment.id
        scope.session.add(
            PaymentItem(
                client_id=scope.client_id,
                payment_id=payment.id,
                payable_id=payable.id,
                amount_minor=payable.amount_minor,
            )
        )
    scope.session.flush()


def approve_run(scope: Scope, run_id: UUID) -> PaymentRun:
    """A second person lets it go. Raises NotFound, Conflict, RuleRefused ``funds.same_person``, ``funds.overdrawn``."""
    run = _in(scope, run_id, RunState.PREPARED)
    refusal = rules.may_approve(run.prepared_by, scope.actor.id)
    if refusal is not None:
        raise RuleRefused.of(refusal)
    _check_bank(scope, run)
    run.state, run.approved_by, run.approved_at = RunState.APPROVED, scope.actor.id, clock.now()
    scope.session.flush()
    audit.record(scope, "update", "payment_run", run.id, fields=["approved_by"])
    return run


def _check_bank(scope: Scope, run: PaymentRun) -> None:
    total = Money(sum(payment.amount_minor for payment in queries.payments_of(scope, run.id)), run.currency)
    sums = queries.balance(scope)
    there = Money(sums.bank_minor + sums.suspense_minor if sums else 0, run.currency)
    if total > there:
        raise RuleRefused(OVERDRAWN, ledger.shortfall(total, there))


def cancel_run(scope: Scope, run_id: UUID) -> PaymentRun:
    """What has not gone to the bank yet is not paid after all; the payables wait again. Raises NotFound, Conflict."""
    run = queries.run(scope, run_id)
    if run.state not in {RunState.PREPARED, RunState.APPROVED}:
        raise Conflict(rules.WRONG_RUN_STATE)
    for payment in queries.payments_of(scope, run.id):
        drop(scope, payment, PaymentState.DROPPED)
    run.state = RunState.CANCELLED
    scope.session.flush()
    audit.record(scope, "update", "payment_run", run.id, fields=["state"])
    return run


def send_run(scope: Scope, run_id: UUID) -> PaymentRun:
    """Give the run to the bank: from now on its file can be fetched and nothing of it changes.

    Accounts are looked at once more: what was changed since the run was prepared stays behind. Raises NotFound,
    Conflict, RuleRefused ``funds.nothing_to_pay`` when nothing is left.
    """
    run = _in(scope, run_id, RunState.APPROVED)
    agreed = agreement_of(scope)
    items = transfers.by_payment(queries.items_of(scope, run.id))
    accounts = transfers.Accounts(
        scope, [row for rows in items.values() for row in rows], agreed.terms.reimbursement_to
    )
    at, sent = clock.now(), 0
    for payment in queries.payments_of(scope, run.id):
        newest = accounts.of(Destination(payment.destination), payment.payee_id)
        if newest is None or newest.id != payment.account_id or transfers.problem_with(newest, at) is not None:
            drop(scope, payment, PaymentState.DROPPED)
            reason = rules.ACCOUNT_WAITING
            run.left_out = [
                *run.left_out,
                *({"payable_id": str(row.id), "reason": reason} for row in items[payment.id]),
            ]
        else:
            payment.state = PaymentState.SENT
            sent += 1
    if not sent:
        raise RuleRefused(rules.NOTHING_TO_PAY, {"left_out": len(run.left_out)})
    run.state, run.sent_at = RunState.SENT, at
    scope.session.flush()
    audit.record(scope, "update", "payment_run", run.id, fields=["state"])
    return run


def drop(scope: Scope, payment: Payment, state: PaymentState, failure: str | None = None) -> None:
    """A transfer did not happen; what it should have paid waits again."""
    payment.state, payment.failure = state, failure
    for payable in queries.payables_of_payment(scope, payment.id):
        payable.state, payable.payment_id, payable.paid_on = PayableState.OPEN, None, None
    scope.session.flush()


def _in(scope: Scope, run_id: UUID, state: RunState) -> PaymentRun:
    run = queries.run(scope, run_id)
    if run.state != state:
        raise Conflict(rules.WRONG_RUN_STATE)
    return run
