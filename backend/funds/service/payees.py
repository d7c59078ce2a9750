"""Where a provider's and the company's money goes: given by one person, confirmed by another, used a day later."""

from __future__ import annotations

from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import RuleRefused
from backend.funds import accounts, queries
from backend.funds.models import Destination, PayeeAccount
from backend.funds.rules import payments as rules
from backend.kit import clock, ids
from backend.providers import queries as providers


def give_account(
    scope: Scope, payee: str, *, bank: str, account_number: str, holder_name: str, payee_id: UUID | None = None
) -> PayeeAccount:
    """Write down where money goes from now on; nothing is paid there before somebody else has confirmed it.

    ``payee_id`` is the provider; the company is the scope's client. Raises NotFound, RuleRefused for a number that is
    no account's.
    """
    account = accounts.checked(bank, account_number, holder_name)
    if payee == Destination.PROVIDER:
        owner = providers.provider(scope, payee_id).id if payee_id else scope.client_id
    else:
        owner = scope.client_id
    account_id = ids.new_id()
    row = PayeeAccount(
        client_id=scope.client_id,
        id=account_id,
        payee=payee,
        payee_id=owner,
        bank=account.bank,
        number_cipher=accounts.sealed("payee_account", account_id, account.number),
        ending=account.ending,
        holder_name=account.holder_name,
        given_by=scope.actor.id,
    )
    scope.session.add(row)
    scope.session.flush()
    audit.record(scope, "create", "payee_account", row.id, fields=["bank", "account_number", "holder_name"])
    return row


def confirm_account(scope: Scope, account_id: UUID) -> PayeeAccount:
    """A second person has compared it with the letter of the payee; the waiting day begins.

    Raises NotFound, RuleRefused ``funds.same_person``.
    """
    row = queries.payee_account(scope, account_id)
    if row.confirmed_at is not None:
        return row
    refusal = rules.may_approve(row.given_by, scope.actor.id)
    if refusal is not None:
        raise RuleRefused.of(refusal)
    row.confirmed_by, row.confirmed_at = scope.actor.id, clock.now()
    scope.session.flush()
    audit.record(scope, "update", "payee_account", row.id, fields=["confirmed_by"])
    return row
