"""After a rotation of the master key: the accounts of funds, providers and the company under the newest one."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.funds import accounts, queries


def reseal_fund(scope: Scope) -> tuple[UUID | None, int]:
    """The client's dedicated account. Nothing follows it; how many were under an older key. Raises SealBroken."""
    fund = queries.fund(scope)
    if fund is None:
        return None, 0
    cipher = accounts.resealed("fund", fund.id, fund.account_cipher)
    if cipher is None:
        return None, 0
    fund.account_cipher = cipher
    scope.session.flush()
    return None, 1


def reseal_payee_accounts(scope: Scope, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """The next ``limit`` accounts that payments go to, by id; where to go on, and how many changed."""
    batch = queries.next_payee_accounts(scope, after, limit)
    changed = 0
    for row in batch:
        cipher = accounts.resealed("payee_account", row.id, row.number_cipher)
        if cipher is not None:
            row.number_cipher, changed = cipher, changed + 1
    scope.session.flush()
    return (batch[-1].id if len(batch) == limit else None), changed
