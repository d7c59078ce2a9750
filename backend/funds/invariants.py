"""What must hold of a client's books at any moment; looked at every night and by the property tests.

The database already refuses most of it. These are the questions an auditor asks of rows that are there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from backend.access import Scope
from backend.funds.rules.chart import Account


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree: the rule, what it is about, and by how much."""

    rule: str
    about: str
    difference_minor: int


_UNBALANCED = """
SELECT 'entry_balances', entry_id::text, sum(amount_minor) FROM ledger_line
 WHERE client_id = :client GROUP BY entry_id HAVING sum(amount_minor) <> 0
"""
_SUMS = """
SELECT 'account_sums', kept.account, kept.minor - COALESCE(counted.minor, 0)
  FROM (SELECT account, minor FROM fund_balance b CROSS JOIN LATERAL (VALUES {values}) AS one(account, minor)
         WHERE b.client_id = :client) kept
  LEFT JOIN (SELECT account, sum(amount_minor) AS minor FROM ledger_line WHERE client_id = :client GROUP BY account)
       counted USING (account)
 WHERE kept.minor <> COALESCE(counted.minor, 0)
"""
_HELD = """
SELECT 'held_sum', 'held', b.held_minor - COALESCE(h.minor, 0) FROM fund_balance b
 CROSS JOIN (SELECT sum(amount_minor) AS minor FROM
             (SELECT DISTINCT ON (source_type, source_id) amount_minor FROM fund_hold_step WHERE client_id = :client
               ORDER BY source_type, source_id, sequence DESC) newest) h
 WHERE b.client_id = :client AND b.held_minor <> COALESCE(h.minor, 0)
"""
_CHAIN = """
SELECT 'hold_chain', id::text, before_minor - was FROM
 (SELECT id, before_minor, COALESCE(lag(amount_minor) OVER (PARTITION BY source_type, source_id ORDER BY sequence), 0)
         AS was FROM fund_hold_step WHERE client_id = :client) steps
 WHERE before_minor <> was
"""
_OWED = """
SELECT 'payables_are_owed', p.payee, p.minor + CASE p.payee WHEN 'provider' THEN b.payable_provider_minor
                                                          WHEN 'member' THEN b.payable_member_minor
                                                          ELSE b.payable_client_minor END
  FROM fund_balance b
 CROSS JOIN (SELECT kind.payee, COALESCE(sum(amount_minor) FILTER (WHERE state IN ('open', 'in_run')), 0) AS minor
               FROM (VALUES ('provider'), ('member'), ('client')) AS kind(payee)
               LEFT JOIN payable ON payable.payee = kind.payee AND payable.client_id = :client
              GROUP BY kind.payee) p
 WHERE b.client_id = :client AND p.minor + CASE p.payee WHEN 'provider' THEN b.payable_provider_minor
                                                        WHEN 'member' THEN b.payable_member_minor
                                                        ELSE b.payable_client_minor END <> 0
"""
_PAID = """
SELECT 'paid_is_payments', p.id::text, p.amount_minor - COALESCE(e.minor, 0)
  FROM payment p
  LEFT JOIN (SELECT e.source_id, -sum(l.amount_minor) AS minor FROM ledger_entry e
               JOIN ledger_line l ON l.client_id = e.client_id AND l.entry_id = e.id AND l.account = 'bank'
              WHERE e.client_id = :client AND e.source_type = 'payment' GROUP BY e.source_id) e ON e.source_id = p.id
 WHERE p.client_id = :client
   AND COALESCE(e.minor, 0) <> CASE p.state WHEN 'paid' THEN p.amount_minor ELSE 0 END
"""
_ITEMS = """
SELECT 'payments_add_up', p.id::text, p.amount_minor - COALESCE(i.minor, 0)
  FROM payment p
  LEFT JOIN (SELECT payment_id, sum(amount_minor) AS minor FROM payment_item WHERE client_id = :client
              GROUP BY payment_id) i ON i.payment_id = p.id
 WHERE p.client_id = :client AND p.amount_minor <> COALESCE(i.minor, 0)
"""
_EXCESS = """
SELECT 'excess_is_receivable', 'excess', b.receivable_excess_minor - COALESCE(x.minor, 0) FROM fund_balance b
 CROSS JOIN (SELECT sum(amount_minor - paid_minor) AS minor FROM excess
              WHERE client_id = :client AND state IN ('open', 'disputed')) x
 WHERE b.client_id = :client AND b.receivable_excess_minor <> COALESCE(x.minor, 0)
"""
_SUSPENSE = """
SELECT 'suspense_is_unclear', 'suspense', -b.suspense_minor - COALESCE(x.minor, 0) FROM fund_balance b
 CROSS JOIN (SELECT sum(amount_minor) AS minor FROM bank_line
              WHERE client_id = :client AND state = 'review' AND amount_minor > 0) x
 WHERE b.client_id = :client AND -b.suspense_minor <> COALESCE(x.minor, 0)
"""
_OVERDRAWN = """
SELECT 'bank_not_overdrawn', 'bank', bank_minor FROM fund_balance WHERE client_id = :client AND bank_minor < 0
"""

_VALUES = ", ".join(f"('{account.value}', b.{account.value}_minor)" for account in Account)
CHECKS = (
    *(_UNBALANCED, _SUMS.format(values=_VALUES), _HELD, _CHAIN),
    *(_OWED, _PAID, _ITEMS, _EXCESS, _SUSPENSE, _OVERDRAWN),
)


def findings(scope: Scope) -> list[Finding]:
    """Everything that does not agree; an empty list is the only good answer."""
    asked: dict[str, Any] = {"client": scope.client_id}
    return [Finding(*row) for check in CHECKS for row in scope.session.execute(text(check), asked)]
