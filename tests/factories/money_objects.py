"""Makers of the objects of a client's money, for the tests over all routes."""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.funds import queries
from backend.funds.models import BankLine, BankStatement
from backend.kit import ids
from backend.kit.money import Money
from tests.factories.claims import Household
from tests.factories.funds import make_deposit, make_excess


def _money(household: Household, amount: int) -> Money:
    return Money.of_major(amount, household.client.currency)


def excess_of(household: Household) -> UUID:
    """An excess whose letter was written today."""
    with working_for(household.client.id) as scope:
        if queries.fund(scope) is not None:
            make_deposit(scope, _money(household, 100_000_000))
        return make_excess(scope, household.employee_id, _money(household, 1_000)).id


def bank_line_of(household: Household) -> UUID:
    """Money that nobody could place."""
    facts = {"client_id": household.client.id}
    with working_for(household.client.id) as scope:
        statement = BankStatement(**facts, form="csv", digest=ids.new_id().hex, lines=1, known_lines=0)
        scope.session.add(statement)
        scope.session.flush()
        line = BankLine(
            **facts,
            statement_id=statement.id,
            fingerprint=ids.new_id().hex,
            booked_on=household.today(),
            amount_minor=1_000,
            currency=household.client.currency,
            reference="",
            text="?",
            state="review",
        )
        scope.session.add(line)
        scope.session.flush()
        return line.id
