"""The client's deposit: opened with an agreed amount, filled by receipts that finance records."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import Conflict, RuleRefused
from backend.funds import accounts, ledger, queries
from backend.funds.models import Fund, FundDeposit
from backend.funds.rules import deposits as rules
from backend.funds.rules.chart import Source, deposit_received
from backend.funds.service.posting import post
from backend.kit import clock, ids
from backend.kit.money import Money


def open_fund(scope: Scope, yearly: Money, bank: str, account_number: str, holder_name: str) -> Fund:
    """Open the client's fund on its dedicated account (S0-42); the deposit is three twelfths of ``yearly`` (S0-44).

    ``yearly`` is the latest year's claims or the health budget, whichever the contract says. From now on nothing is
    promised beyond the fund unless the contract allows it. Raises Conflict ``funds.already_open``, RuleRefused for
    another currency or a number that is no account's.
    """
    account = accounts.checked(bank, account_number, holder_name)
    _check_currency(scope, yearly)
    fund_id = ids.new_id()
    values = {
        "client_id": scope.client_id,
        "id": fund_id,
        "created_at": clock.now(),
        "currency": yearly.currency,
        "opened_on": ledger.today_of(scope),
        "basis_minor": yearly.amount_minor,
        "target_minor": rules.required_deposit(yearly).amount_minor,
        "bank": account.bank,
        "account_cipher": accounts.sealed("fund", fund_id, account.number),
        "account_ending": account.ending,
        "holder_name": account.holder_name,
    }
    if scope.session.execute(insert(Fund).values(values).on_conflict_do_nothing().returning(Fund.id)).first() is None:
        raise Conflict(rules.ALREADY_OPEN)
    audit.record(scope, "create", "fund", fund_id)
    opened = queries.fund(scope)
    assert opened is not None, "it was just written"
    return opened


def agree_deposit(scope: Scope, yearly: Money) -> Fund:
    """Another yearly amount was agreed: the deposit follows it. Raises RuleRefused ``funds.not_open``."""
    fund = queries.open_fund(scope)
    _check_currency(scope, yearly)
    fund.basis_minor = yearly.amount_minor
    fund.target_minor = rules.required_deposit(yearly).amount_minor
    audit.record(scope, "update", "fund", fund.id, fields=["basis", "target"])
    return fund


def record_deposit(scope: Scope, amount: Money, received_on: date, reference: str) -> FundDeposit:
    """Finance saw a deposit or a top-up arrive. ``reference`` is the bank's.

    Raises RuleRefused ``funds.not_open``, ``funds.other_currency``; Conflict ``funds.receipt_known``.
    """
    queries.open_fund(scope)
    _check_currency(scope, amount)
    if queries.deposit_by_reference(scope, reference) is not None:
        raise Conflict(rules.RECEIPT_KNOWN)
    receipt_id = ledger.entry_id_of(scope, "deposit", reference)
    post(scope, receipt_id, deposit_received(amount), "deposit", Source("deposit", receipt_id), on=received_on)
    return keep_receipt(scope, receipt_id, amount, received_on, reference)


def keep_receipt(scope: Scope, entry_id: UUID, amount: Money, received_on: date, reference: str) -> FundDeposit:
    """The receipt of an entry that was posted; what half used is half of is counted from now on."""
    sums = queries.balance(scope)
    assert sums is not None, "something was posted"
    receipt = FundDeposit(
        client_id=scope.client_id,
        id=entry_id,
        amount_minor=amount.amount_minor,
        currency=amount.currency,
        received_on=received_on,
        reference=reference,
        funded_minor=sums.bank_minor + sums.suspense_minor,
        entry_id=entry_id,
        recorded_by=scope.actor.id,
    )
    scope.session.add(receipt)
    scope.session.flush()
    audit.record(scope, "create", "fund_deposit", receipt.id)
    return receipt


def standing_of(scope: Scope) -> rules.Standing:
    """Where the client's fund stands now; raises RuleRefused ``funds.not_open``."""
    fund = queries.open_fund(scope)
    sums, latest = queries.balance(scope), queries.latest_deposit(scope)
    money = Money.zero(fund.currency)
    return rules.Standing(
        paid_from=Money(sums.bank_minor + sums.suspense_minor, fund.currency) if sums else money,
        available=Money(sums.available_minor, fund.currency) if sums else money,
        funded=Money(latest.funded_minor, fund.currency) if latest else money,
        initial=Money(fund.target_minor, fund.currency),
    )


def _check_currency(scope: Scope, amount: Money) -> None:
    if amount.currency != ledger.currency_of(scope):
        raise RuleRefused(rules.OTHER_CURRENCY, {"currency": ledger.currency_of(scope)})
