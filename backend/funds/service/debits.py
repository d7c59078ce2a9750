"""Money that left the account without an order of ours: what the bank took by itself, and what was sent back."""

from __future__ import annotations

from backend.access import Scope
from backend.errors import RuleRefused
from backend.funds import ledger, queries
from backend.funds.models import BankLine
from backend.funds.rules import bank as rules
from backend.funds.rules.chart import Source, taken_by_bank
from backend.funds.service.posting import post
from backend.kit.money import Money


def explain_debit(scope: Scope, line: BankLine, became: str) -> None:
    """Post what the bank took, under its reason, so that the ledger's account holds what the real one holds.

    It has left whether or not the fund could spare it, so the contract's switch does not refuse it. What was sent back
    was posted when somebody decided that: the movement proves it. Raises RuleRefused ``funds.nothing_sent_back``.
    """
    amount = Money(-line.amount_minor, line.currency)
    if became == rules.SENT_BACK:
        if queries.returned_unproved(scope, amount.amount_minor) < 1:
            raise RuleRefused(rules.NOTHING_SENT_BACK)
        return
    entry_id = ledger.entry_id_of(scope, "debit", line.id)
    source = Source("bank_line", line.id)
    post(scope, entry_id, taken_by_bank(amount), became, source, on=line.booked_on, happened=True)
