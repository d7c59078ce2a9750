"""Funds of clients as tests need them."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from backend.access import Actor, Role, Scope, working_for
from backend.clients.registry import ClientFacts
from backend.funds import ledger, queries, service
from backend.funds.models import Excess, Payable, Payee, PaymentRun
from backend.funds.rules.chart import Source
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.members import identity
from backend.members.models import BankAccount
from tests.factories.accounts import actor_for
from tests.factories.providers import make_provider

_serial = count(1)


def rupiah(amount: int) -> Money:
    """Whole rupiah."""
    return Money.of_major(amount, "IDR")


def make_fund(scope: Scope, *, yearly: Money | None = None, deposit: Money | None = None) -> None:
    """An open fund; with ``deposit`` that much arrived already."""
    service.open_fund(scope, yearly or rupiah(1_200_000_000), "Bank Mandiri", "1234567890", "Dana Kirana")
    if deposit is not None:
        make_deposit(scope, deposit)


def make_deposit(scope: Scope, amount: Money) -> None:
    """Money the client sent."""
    service.record_deposit(scope, amount, ledger.today_of(scope), f"TRX{next(_serial):06}")


def make_payable(
    scope: Scope,
    payee_id: UUID,
    amount: Money,
    *,
    payee: Payee = Payee.MEMBER,
    member_id: UUID | None = None,
    **facts: Any,
) -> Payable:
    """An approved amount: of a member by default."""
    values: dict[str, Any] = {"reference": f"1264-{next(_serial):04}-0000", "category": "outpatient"}
    source = Source("claim_decision", ids.new_id())
    patient = member_id or (payee_id if payee is Payee.MEMBER else None)
    owed = service.Owed(source, payee, payee_id, amount, member_id=patient, **(values | facts))
    return service.owe(scope, owed)


def make_company_account(client: ClientFacts, *, confirmed_ago: timedelta = timedelta(days=3)) -> None:
    """The company's account, given and confirmed by two people some time ago."""
    _make_account(client, "company", None, confirmed_ago)


def make_provider_account(
    client: ClientFacts, provider_id: UUID, *, confirmed_ago: timedelta = timedelta(days=3)
) -> None:
    """The same for a provider."""
    _make_account(client, "provider", provider_id, confirmed_ago)


def _make_account(client: ClientFacts, payee: str, payee_id: UUID | None, ago: timedelta) -> None:
    givers, checkers = (finance(client) for _ in range(2))
    with clock.at(clock.now() - ago):
        with working_for(client.id, givers) as scope:
            row = service.give_account(
                scope, payee, bank="BCA", account_number="0123456789", holder_name="PT Kirana", payee_id=payee_id
            )
        with working_for(client.id, checkers) as scope:
            service.confirm_account(scope, row.id)


def make_member_account(scope: Scope, member_id: UUID, *, ago: timedelta = timedelta(days=3)) -> BankAccount:
    """Where a member's own reimbursements go."""
    row_id = ids.new_id()
    row = BankAccount(
        client_id=scope.client_id,
        id=row_id,
        created_at=clock.now() - ago,
        member_id=member_id,
        bank="Bank Mandiri",
        number_cipher=identity.sealed_account(row_id, "0099887766"),
        ending="7766",
        holder_name="Budi Santoso",
    )
    scope.session.add(row)
    scope.session.flush()
    return row


def finance(client: ClientFacts) -> Actor:
    """Somebody of finance."""
    return actor_for(Role.FINANCE, client)


def make_sent_run(client: ClientFacts) -> PaymentRun:
    """A run for today with everything that can be paid, on its way to the bank."""
    with working_for(client.id, finance(client)) as scope:
        run = service.prepare_run(scope, ledger.today_of(scope))
    with working_for(client.id, finance(client)) as scope:
        service.approve_run(scope, run.id)
        return service.send_run(scope, run.id)


def make_excess(scope: Scope, member_id: UUID, amount: Money, **facts: Any) -> Excess:
    """An excess of a cashless bill: the letter is written today."""
    clinic = make_provider(scope).id
    nothing = Money.zero(amount.currency)
    payable = make_payable(scope, clinic, nothing, payee=Payee.PROVIDER, excess=amount, member_id=member_id, **facts)
    found = queries.excess_of_payable(scope, payable.id)
    assert found is not None
    return found
