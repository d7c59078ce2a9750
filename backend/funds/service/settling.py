"""What the bank did with a run: money that left is posted, what failed or came back waits again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import Conflict
from backend.funds import accounts, ledger, people, queries, transfers
from backend.funds.bank_files import pain001, payment_list, statuses
from backend.funds.bank_files.order import AccountNamed, OrderedTransfer, PaymentOrder
from backend.funds.models import (
    Destination,
    Payable,
    PayableState,
    Payee,
    Payment,
    PaymentRun,
    PaymentState,
    RunState,
)
from backend.funds.rules import payments as rules
from backend.funds.rules.chart import Account, Source, credit, debit
from backend.funds.service.payables import ACCOUNT_OF
from backend.funds.service.posting import post, reverse
from backend.funds.service.runs import drop
from backend.kit.money import Money
from backend.members import identity
from backend.members import queries as members
from backend.notifications.service import notify

_UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class BankFile:
    """What finance takes to the bank."""

    name: str
    media_type: str
    data: bytes


def bank_file(scope: Scope, run_id: UUID, form: str) -> BankFile:
    """The run as pain.001 or as a table; taking it is on record. Raises NotFound, Conflict before it is sent."""
    run = queries.run(scope, run_id)
    if run.state not in {RunState.SENT, RunState.SETTLED}:
        raise Conflict(rules.WRONG_RUN_STATE)
    order = _order(scope, run)
    audit.record(scope, "export", "payment_run", run.id, fields=[form])
    if form == "csv":
        return BankFile(f"{run.number}.csv", "text/csv", payment_list.written(order).encode())
    return BankFile(f"{run.number}.xml", "application/xml", pain001.written(order))


def _order(scope: Scope, run: PaymentRun) -> PaymentOrder:
    fund = queries.open_fund(scope)
    about = transfers.by_payment(queries.items_of(scope, run.id))
    source = AccountNamed(fund.holder_name, fund.bank, accounts.opened("fund", fund.id, fund.account_cipher))
    sent = [
        OrderedTransfer(
            payment.reference,
            AccountNamed(payment.holder_name, payment.bank, _number(scope, payment)),
            Money(payment.amount_minor, payment.currency),
            payment.rail,
            tuple(row.reference for row in about[payment.id]),
        )
        for payment in queries.payments_of(scope, run.id)
        if payment.state != PaymentState.DROPPED
    ]
    assert run.sent_at is not None, "a run that is sent was sent some time"
    return PaymentOrder(run.number, run.sent_at, run.pay_on, source, tuple(sent))


def _number(scope: Scope, payment: Payment) -> str:
    if payment.destination == Destination.MEMBER:
        row = members.bank_account(scope, payment.account_id)
        return identity.opened_account(row.id, row.number_cipher)
    account = queries.payee_account(scope, payment.account_id)
    return accounts.opened("payee_account", account.id, account.number_cipher)


def record_statuses(scope: Scope, run_id: UUID, upload: Callable[[], bytes]) -> PaymentRun:
    """Take in the bank's answer, pain.002 or a table; the same file twice changes nothing the second time.

    ``upload`` is asked for the bytes once it is known that the run takes any.

    Raises NotFound, Conflict before the run is sent, RuleRefused ``funds.file_unreadable``.
    """
    run = queries.run(scope, run_id)
    if run.state not in {RunState.SENT, RunState.SETTLED}:
        raise Conflict(rules.WRONG_RUN_STATE)
    told = statuses.read(upload(), ledger.client_of(scope).timezone)
    payments = {payment.reference: payment for payment in queries.payments_of(scope, run.id)}
    for said in told:
        meant = [payments.get(said.reference)] if said.reference else list(payments.values())
        for payment in filter(None, meant):
            settle(scope, payment, said.paid, said.on, said.reason)
    failed = sum(payment.state == PaymentState.FAILED for payment in payments.values())
    if failed:
        facts = {"count": failed, "run_number": run.number}
        people.tell_once(scope, people.FINANCE, "payments_came_back", f"{run.number}:{failed}", facts)
    if all(payment.state not in {PaymentState.SENT, PaymentState.PLANNED} for payment in payments.values()):
        run.state = RunState.SETTLED
    scope.session.flush()
    audit.record(scope, "update", "payment_run", run.id, fields=["statuses"])
    return run


def settle(scope: Scope, payment: Payment, paid: bool | None, on: date | None, reason: str | None) -> None:
    """What became of one transfer. A transfer that was paid may still come back; a failed one is over."""
    if paid is True and payment.state == PaymentState.SENT:
        _paid(scope, payment, on or ledger.today_of(scope))
    elif paid is False and payment.state == PaymentState.SENT:
        drop(scope, payment, PaymentState.FAILED, reason or _UNEXPLAINED)
    elif paid is False and payment.state == PaymentState.PAID:
        reverse(scope, _entry_of(scope, payment), "payment_returned")
        payment.paid_on = None
        drop(scope, payment, PaymentState.FAILED, reason or _UNEXPLAINED)


def _entry_of(scope: Scope, payment: Payment) -> UUID:
    return ledger.entry_id_of(scope, "payment", payment.id)


def _paid(scope: Scope, payment: Payment, on: date) -> None:
    covered = queries.payables_of_payment(scope, payment.id)
    owed: defaultdict[tuple[Account, UUID], int] = defaultdict(int)
    for payable in covered:
        owed[ACCOUNT_OF[Payee(payable.payee)], payable.payee_id] += payable.amount_minor
    amount = Money(payment.amount_minor, payment.currency)
    lines = [debit(account, Money(minor, payment.currency), payee) for (account, payee), minor in owed.items()]
    lines.append(credit(Account.BANK, amount))
    post(scope, _entry_of(scope, payment), lines, "paid", Source("payment", payment.id), on=on)
    payment.state, payment.paid_on = PaymentState.PAID, on
    for payable in covered:
        payable.state, payable.paid_on = PayableState.PAID, on
        _tell(scope, payable, on)
    scope.session.flush()


def _tell(scope: Scope, payable: Payable, on: date) -> None:
    """The member sees the date (S0-68); a cashless bill is between us and the provider."""
    if payable.payee == Payee.MEMBER and payable.claim_id is not None and payable.member_id is not None:
        notify(scope, "claim_paid", payable.member_id, {"claim_number": payable.reference, "paid_on": on})
