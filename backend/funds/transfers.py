"""Puts what is owed together into transfers: who is paid where, and what has to stay behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from backend.access import Scope
from backend.funds import queries
from backend.funds.models import Destination, Payable, Payee, PayeeAccount
from backend.funds.rules.payments import AccountFacts, account_problem
from backend.kit.money import Money
from backend.kit.refusal import Refusal
from backend.members.models import BankAccount


@dataclass(slots=True)
class Transfer:
    """Payables that go to one account."""

    destination: Destination
    payee_id: UUID
    account: BankAccount | PayeeAccount
    payables: list[Payable] = field(default_factory=list)

    @property
    def amount(self) -> Money:
        """What is transferred."""
        return Money(sum(row.amount_minor for row in self.payables), self.payables[0].currency)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a run would pay, and what it would leave with the reason."""

    transfers: list[Transfer]
    left_out: list[tuple[Payable, Refusal]]


def destination_of(payable: Payable, reimbursement_to: str) -> Destination:
    """Whose account an amount goes to: a reimbursement to the company's unless agreed otherwise (S1-20)."""
    if payable.payee == Payee.PROVIDER:
        return Destination.PROVIDER
    if payable.payee == Payee.MEMBER and reimbursement_to == "member":
        return Destination.MEMBER
    return Destination.COMPANY


class Accounts:
    """Where money goes now, read once for a whole run."""

    def __init__(self, scope: Scope, payables: Iterable[Payable], reimbursement_to: str) -> None:
        self._scope = scope
        self._of_members = queries.member_accounts(
            scope,
            [row.payee_id for row in payables if destination_of(row, reimbursement_to) is Destination.MEMBER],
        )
        self._of_payees: dict[tuple[Destination, UUID], PayeeAccount | None] = {}

    def of(self, destination: Destination, payee_id: UUID) -> BankAccount | PayeeAccount | None:
        """The newest account, whatever may be wrong with it."""
        if destination is Destination.MEMBER:
            return self._of_members.get(payee_id)
        key = (destination, payee_id)
        if key not in self._of_payees:
            self._of_payees[key] = queries.account_of_payee(self._scope, destination.value, payee_id)
        return self._of_payees[key]


def problem_with(account: BankAccount | PayeeAccount | None, at: datetime) -> Refusal | None:
    """Why an account is not paid to at a moment. The waiting day of a confirmed account begins with that."""
    if account is None:
        return account_problem(None, at)
    if isinstance(account, PayeeAccount):
        return account_problem(
            AccountFacts(account.confirmed_at or account.created_at, account.confirmed_at is not None), at
        )
    return account_problem(AccountFacts(account.created_at), at)


def proposal(scope: Scope, payables: list[Payable], reimbursement_to: str, at: datetime) -> Proposal:
    """Every payable in the transfer it belongs to, or left out."""
    accounts = Accounts(scope, payables, reimbursement_to)
    found: dict[tuple[Destination, UUID], Transfer] = {}
    left_out: list[tuple[Payable, Refusal]] = []
    for payable in payables:
        destination = destination_of(payable, reimbursement_to)
        payee_id = scope.client_id if destination is Destination.COMPANY else payable.payee_id
        account = accounts.of(destination, payee_id)
        refusal = problem_with(account, at)
        if refusal is not None or account is None:
            left_out.append((payable, refusal or Refusal("funds.account_missing")))
            continue
        transfer = found.setdefault((destination, payee_id), Transfer(destination, payee_id, account))
        transfer.payables.append(payable)
    return Proposal(list(found.values()), left_out)


def by_payment(items: Iterable[tuple[UUID, Payable]]) -> dict[UUID, list[Payable]]:
    """The payables of every transfer of a run."""
    found: defaultdict[UUID, list[Payable]] = defaultdict(list)
    for payment_id, payable in items:
        found[payment_id].append(payable)
    return found
