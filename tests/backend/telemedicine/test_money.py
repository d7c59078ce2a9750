"""What a teleconsultation holds and owes of the client's fund, beside the member's benefit."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from backend.access import working_for
from backend.errors import RuleRefused
from backend.funds import queries as funds
from backend.funds.models import Payable
from backend.kit import ids
from backend.telemedicine import service
from tests.factories.claims import Household
from tests.factories.funds import make_fund, rupiah
from tests.factories.providers import make_provider
from tests.factories.telemedicine import a_doctor, covered_household, end_talk, make_consultation, make_talk

FEE = rupiah(50_000)


def _household(*, paid: bool = False, deposit: int = 10_000_000) -> tuple[Household, UUID | None]:
    """A household with a fund, and the provider that the contract pays for its doctors."""
    code = f"TELE-{ids.new_id().hex[-8:]}"
    household = covered_household(terms={"teleconsultation_provider": code} if paid else {})
    with working_for(household.client.id) as scope:
        make_fund(scope, deposit=rupiah(deposit))
        return household, make_provider(scope, code=code, kind="clinic").id if paid else None


def _fund(household: Household) -> tuple[int, list[tuple[UUID, int, str]]]:
    """What the fund holds, and who is owed what."""
    with working_for(household.client.id) as scope:
        balance = funds.balance(scope)
        rows = scope.session.scalars(select(Payable).where(Payable.client_id == household.client.id))
        owed = [(row.payee_id, row.amount_minor, row.reference) for row in rows]
        return balance.held_minor if balance else 0, owed


def test_what_waits_is_held_and_what_is_cancelled_is_free_again(app):
    household, _ = _household()
    row = make_consultation(household)
    assert _fund(household) == (FEE.amount_minor, [])
    with working_for(household.client.id, household.actor) as scope:
        service.cancel(scope, row.id)
    assert _fund(household) == (0, [])


@pytest.mark.requirement("S0-84")
def test_what_took_place_is_owed_to_the_provider_that_the_contract_pays(app):
    household, provider = _household(paid=True)
    row, doctor = make_talk(household)
    end_talk(household, row, doctor)
    assert _fund(household) == (0, [(provider, FEE.amount_minor, row.number)])
    end_talk_again = working_for(household.client.id, doctor)
    with end_talk_again as scope:
        service.end(scope, row.id, advice="Rest, and drink plenty.")
    assert len(_fund(household)[1]) == 1


def test_the_administrators_own_doctors_are_owed_nothing_by_the_fund(app):
    household, _ = _household()
    row, doctor = make_talk(household, a_doctor(household))
    end_talk(household, row, doctor)
    assert _fund(household) == (0, [])


def test_a_fund_that_cannot_cover_the_fee_promises_no_doctor(app):
    household, _ = _household(deposit=10_000)
    with pytest.raises(RuleRefused, match=r"funds\.insufficient"):
        make_consultation(household)
    assert _fund(household) == (0, [])
