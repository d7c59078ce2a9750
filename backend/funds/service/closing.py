"""The end of a fund's year: what is left is shared and becomes owed."""

from __future__ import annotations

from dataclasses import dataclass

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import RuleRefused
from backend.funds import ledger, queries
from backend.funds.agreement import agreement_of
from backend.funds.models import Payable, Payee
from backend.funds.rules.chart import Account, Line, Source, credit, debit
from backend.funds.rules.deposits import NOTHING_LEFT, STILL_PROMISED, leftover_shares
from backend.funds.service.posting import post
from backend.kit.money import Money


@dataclass(frozen=True, slots=True)
class Leftover:
    """How the rest of a deposit was shared (S0-50)."""

    total: Money
    employer: Money
    ours: Money


def share_leftover(scope: Scope, year: int) -> Leftover:
    """Share what is free at the end of a plan year; the employer's part is paid by the next run. Once a year.

    Raises RuleRefused ``funds.still_promised`` while promises are open, ``funds.nothing_left``, ``funds.not_open``.
    """
    fund, agreed = queries.open_fund(scope), agreement_of(scope)
    source = Source("leftover", ledger.entry_id_of(scope, "leftover", year))
    sums = queries.balance(scope)
    known = queries.payable_of_entry(scope, source.id)
    if known is not None:
        shared = {line.account: -line.amount for line in queries.lines_of(scope, queries.entry_of(scope, source.id))}
        employer = shared[Account.PAYABLE_CLIENT]
        ours = shared.get(Account.PROFIT_SHARE, Money.zero(fund.currency))
        return Leftover(employer + ours, employer, ours)
    if sums is not None and sums.held_minor:
        raise RuleRefused(STILL_PROMISED, {"promised": Money(sums.held_minor, fund.currency)})
    left = Money(sums.available_minor if sums else 0, fund.currency)
    if left.amount_minor <= 0:
        raise RuleRefused(NOTHING_LEFT)
    employer, ours = leftover_shares(left, agreed.terms)
    lines: list[Line] = [debit(Account.DEPOSIT, left)]
    if employer:
        lines.append(credit(Account.PAYABLE_CLIENT, employer, scope.client_id))
    if ours:
        lines.append(credit(Account.PROFIT_SHARE, ours))
    post(scope, source.id, lines, "leftover_shared", source)
    if employer:
        scope.session.add(
            Payable(
                client_id=scope.client_id,
                payee=Payee.CLIENT.value,
                payee_id=scope.client_id,
                source_type=source.type,
                source_id=source.id,
                reference=f"{agreed.client.slug.upper()}-{year}",
                category="leftover",
                amount_minor=employer.amount_minor,
                plan_minor=employer.amount_minor,
                currency=employer.currency,
                approved_on=agreed.today,
                settle_by=agreed.settle_by(),
                entry_id=source.id,
            )
        )
        scope.session.flush()
    audit.record(scope, "create", "fund_leftover", source.id)
    return Leftover(left, employer, ours)
