"""What is answered about a client's fund."""

from __future__ import annotations

from typing import Any

from backend.access import Scope
from backend.clients.queries import terms_on
from backend.funds import ledger, queries
from backend.funds.models import Fund, FundBalance, FundDeposit
from backend.funds.rules import deposits as rules
from backend.funds.service.deposits import standing_of
from backend.kit.money import Money


def fund_answer(scope: Scope) -> dict[str, Any]:
    """The fund as it stands; raises RuleRefused ``funds.not_open``."""
    fund = queries.open_fund(scope)
    return {
        "opened_on": fund.opened_on,
        "bank": fund.bank,
        "account_ending": fund.account_ending,
        "holder_name": fund.holder_name,
        "target": Money(fund.target_minor, fund.currency),
        "basis": Money(fund.basis_minor, fund.currency),
        **_sums(fund, queries.balance(scope)),
        "usage": _usage(scope, fund),
        "deposits": [deposit_answer(scope, receipt) for receipt in queries.deposits(scope)],
    }


def deposit_answer(scope: Scope, receipt: FundDeposit) -> dict[str, Any]:
    """A receipt as finance reads it."""
    return {
        "id": receipt.id,
        "amount": Money(receipt.amount_minor, receipt.currency),
        "received_on": receipt.received_on,
        "reference": receipt.reference,
    }


def _sums(fund: Fund, sums: FundBalance | None) -> dict[str, Money]:
    figures = {
        "balance": sums.bank_minor if sums else 0,
        "owed": sums.owed_minor + sums.suspense_minor if sums else 0,
        "promised": sums.held_minor if sums else 0,
        "suspense": -sums.suspense_minor if sums else 0,
        "excess": sums.receivable_excess_minor if sums else 0,
        "available": sums.available_minor if sums else 0,
    }
    return {name: Money(minor, fund.currency) for name, minor in figures.items()}


def _usage(scope: Scope, fund: Fund) -> dict[str, Any]:
    terms, standing = terms_on(scope, ledger.today_of(scope)), standing_of(scope)
    used = rules.usage(standing, terms)
    return {
        **{name: getattr(used, name) for name in ("base", "paid", "committed", "paid_percent", "committed_percent")},
        "notices": list(rules.notices_due(used, terms)),
        "top_up": rules.top_up_amount(standing, Money(fund.target_minor, fund.currency)),
    }
