"""The chart of accounts and the entries of every event, as plain data: debits positive, credits negative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from backend.kit.money import Money
from backend.kit.refusal import Refusal

INSUFFICIENT = "funds.insufficient"
OVERDRAWN = "funds.overdrawn"
ENTRY_DIFFERS = "funds.entry_differs"
HOLD_DIFFERS = "funds.hold_differs"
UNBALANCED = "funds.unbalanced"


class Account(StrEnum):
    """What a client's ledger is kept in; members and providers are the subjects of lines, not accounts."""

    BANK = "bank"
    DEPOSIT = "deposit"
    PAYABLE_PROVIDER = "payable_provider"
    PAYABLE_MEMBER = "payable_member"
    PAYABLE_CLIENT = "payable_client"
    PROFIT_SHARE = "profit_share"
    SUSPENSE = "suspense"
    RECEIVABLE_EXCESS = "receivable_excess"
    RECEIVABLE_FEE = "receivable_fee"
    FEE_INCOME = "fee_income"
    TAX_PAYABLE = "tax_payable"


OWED = frozenset(
    [
        Account.PAYABLE_PROVIDER,
        Account.PAYABLE_MEMBER,
        Account.PAYABLE_CLIENT,
        Account.PROFIT_SHARE,
        Account.SUSPENSE,
    ]
)
"""What lies on the bank account and is somebody's already; money nobody could place belongs to whoever sent it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One side of an entry."""

    account: Account
    amount: Money
    subject_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What an entry or a hold is about: ``("guarantee_letter", id)``."""

    type: str
    id: UUID


def debit(account: Account, amount: Money, subject_id: UUID | None = None) -> Line:
    """A debit of ``amount``."""
    return Line(account, amount, subject_id)


def credit(account: Account, amount: Money, subject_id: UUID | None = None) -> Line:
    """A credit of ``amount``."""
    return Line(account, -amount, subject_id)


def check_lines(lines: Sequence[Line]) -> Refusal | None:
    """An entry has two sides, moves something on each, and adds up to nothing, all in one currency."""
    if len(lines) < 2 or any(not line.amount for line in lines):
        return Refusal(UNBALANCED)
    if len({line.amount.currency for line in lines}) > 1:
        return Refusal(UNBALANCED)
    return None if sum(line.amount.amount_minor for line in lines) == 0 else Refusal(UNBALANCED)


def reversed_lines(lines: Sequence[Line]) -> list[Line]:
    """The same entry the other way round: the only way to take one back."""
    return [Line(line.account, -line.amount, line.subject_id) for line in lines]


def deposit_received(amount: Money) -> list[Line]:
    """The client's deposit or top-up arrives (S0-42)."""
    return [debit(Account.BANK, amount), credit(Account.DEPOSIT, amount)]


def claim_approved(plan: Money, excess: Money, account: Account, payee_id: UUID, member_id: UUID) -> list[Line]:
    """What a claim costs: the plan's part out of the deposit, an excess against the member, both owed to the payee.

    The excess of a cashless bill is paid to the provider first and asked back (S0-47, S1-18).
    """
    lines = [credit(account, plan + excess, payee_id)]
    if plan:
        lines.insert(0, debit(Account.DEPOSIT, plan))
    if excess:
        lines.insert(0, debit(Account.RECEIVABLE_EXCESS, excess, member_id))
    return lines


def paid(account: Account, amount: Money, payee_id: UUID) -> list[Line]:
    """Money leaves the bank for somebody it was owed to."""
    return [debit(account, amount, payee_id), credit(Account.BANK, amount)]


def excess_received(amount: Money, member_id: UUID) -> list[Line]:
    """A member's excess arrives and is known for what it is."""
    return [debit(Account.BANK, amount), credit(Account.RECEIVABLE_EXCESS, amount, member_id)]


def taken_by_bank(amount: Money) -> list[Line]:
    """The bank takes a fee or a tax by itself: the client's deposit bears it."""
    return [debit(Account.DEPOSIT, amount), credit(Account.BANK, amount)]


def unidentified(amount: Money) -> list[Line]:
    """Money arrives that nobody can place: it settles nothing (S1-86)."""
    return [debit(Account.BANK, amount), credit(Account.SUSPENSE, amount)]
