"""The renewal of a plan year as a story: what was left in June, what is there in July.

The contract runs from 1 July 2025 to 30 June 2028. Plan GOLD gives 10,000,000 a year for outpatient care and from
1 July 2026 12,000,000; heart surgery has 50,000,000 once in a life, in both versions. Plan SILVER does not change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from backend.access import Role, working_for
from backend.benefits import queries as benefits
from backend.benefits import service as use
from backend.benefits.service import Ask
from backend.clients import queries as clients
from backend.clients import service as client_service
from backend.clients.registry import ClientFacts
from backend.commands import renew_plan_year
from backend.errors import RuleRefused
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.members import queries as members
from tests.factories.accounts import headers_for
from tests.factories.benefits import limit, make_plan
from tests.factories.clients import make_client
from tests.factories.members import enrol, make_member

MILLION = 1_000_000_00
FIRST_DAY, LAST_OF_JUNE, FIRST_OF_JULY = date(2025, 7, 1), date(2026, 6, 30), date(2026, 7, 1)
MIDDLE_OF_JUNE = datetime(2026, 6, 15, 3, tzinfo=UTC)


@dataclass(frozen=True)
class Company:
    """The contract of the story, its plan versions and one employee in each situation."""

    client: ClientFacts
    contract_id: UUID
    gold: UUID
    gold_of_2026: UUID
    silver: UUID
    budi: UUID
    leaving: UUID
    joining: UUID
    in_silver: UUID


def _outpatient(amount: int) -> dict:
    return {"code": "OP", "limits": [limit("year", amount * MILLION)]}


HEART = {"code": "HEART", "benefit_group": "inpatient", "limits": [limit("lifetime", 50 * MILLION)]}


@pytest.fixture
def company(app) -> Iterator[Company]:
    client = make_client(contract=False)
    with clock.at(MIDDLE_OF_JUNE):
        with working_for(client.id) as scope:
            contract = client_service.sign_contract(
                scope, number="K-1", product="managed_care", starts_on=FIRST_DAY, ends_on=date(2028, 6, 30), terms={}
            )
            client_service.open_plan_year(scope, contract.id, starts_on=FIRST_DAY, ends_on=LAST_OF_JUNE)
            gold = make_plan(scope, _outpatient(10), HEART, code="GOLD", valid_from=FIRST_DAY).id
            newer = make_plan(scope, _outpatient(12), HEART, code="GOLD", valid_from=FIRST_OF_JULY).id
            silver = make_plan(scope, _outpatient(5), code="SILVER", valid_from=FIRST_DAY).id
            people = [make_member(scope).id for _ in range(4)]
            budi, leaving, joining, in_silver = people
            enrol(scope, budi, gold, FIRST_DAY)
            enrol(scope, leaving, gold, FIRST_DAY, LAST_OF_JUNE)
            enrol(scope, joining, gold, date(2026, 9, 1))
            enrol(scope, in_silver, silver, FIRST_DAY)
        yield Company(client, contract.id, gold, newer, silver, *people)


def _treated(company: Company, code: str, millions: int, on: date) -> None:
    ask = Ask(company.budi, code, Money(millions * MILLION, "IDR"), on, "claim", ids.new_id())
    with working_for(company.client.id) as scope:
        use.consume(scope, ask, f"test:{ask.source_id}")


def _left(company: Company, code: str, on: date) -> int:
    """Millions that Budi has left of a benefit on a day."""
    with working_for(company.client.id) as scope:
        found = next(one for one in benefits.balances(scope, company.budi, on) if one.benefit.code == code)
    amount = found.limits[0].left.amount
    return amount.amount_minor // MILLION


def _periods(company: Company, member_id: UUID) -> list[tuple[UUID, date, date | None]]:
    with working_for(company.client.id) as scope:
        return [(row.plan_id, row.starts_on, row.ends_on) for row in members.enrolments_of(scope, member_id)][::-1]


def _renew(company: Company):
    return renew_plan_year.run(company.client.slug)


@pytest.mark.requirement("S2-5")
def test_the_next_plan_year_has_twelve_months(company):
    year = _renew(company).year
    assert (year.starts_on, year.ends_on) == (FIRST_OF_JULY, date(2027, 6, 30))


@pytest.mark.requirement("S2-5")
def test_yearly_limits_begin_anew_by_the_new_table(company):
    """4,000,000 of 10,000,000 used in May: 6,000,000 are left on 30 June, the whole 12,000,000 on 1 July."""
    _treated(company, "OP", 4, date(2026, 5, 10))
    _renew(company)
    assert (_left(company, "OP", LAST_OF_JUNE), _left(company, "OP", FIRST_OF_JULY)) == (6, 12)


@pytest.mark.requirement("S2-5")
def test_lifetime_limits_go_on(company):
    """30,000,000 of 50,000,000 used in May: 20,000,000 are left for life, in July too."""
    _treated(company, "HEART", 30, date(2026, 5, 10))
    _renew(company)
    assert (_left(company, "HEART", LAST_OF_JUNE), _left(company, "HEART", FIRST_OF_JULY)) == (20, 20)


def test_a_claim_for_june_that_comes_in_july_counts_in_the_old_year(company):
    _renew(company)
    with clock.at(datetime(2026, 7, 20, 3, tzinfo=UTC)):
        _treated(company, "OP", 3, date(2026, 6, 28))
    assert (_left(company, "OP", LAST_OF_JUNE), _left(company, "OP", FIRST_OF_JULY)) == (7, 12)


@pytest.mark.requirement("S2-5")
def test_everybody_changes_to_the_version_sold_then(company):
    assert _renew(company).moved == 2
    assert _periods(company, company.budi) == [
        (company.gold, FIRST_DAY, LAST_OF_JUNE),
        (company.gold_of_2026, FIRST_OF_JULY, None),
    ]
    assert _periods(company, company.joining) == [(company.gold_of_2026, date(2026, 9, 1), None)]


def test_who_leaves_with_the_old_year_stays_as_they_were(company):
    _renew(company)
    assert _periods(company, company.leaving) == [(company.gold, FIRST_DAY, LAST_OF_JUNE)]


def test_a_plan_without_a_new_version_goes_on(company):
    _renew(company)
    assert _periods(company, company.in_silver) == [(company.silver, FIRST_DAY, None)]


def test_nobody_waits_again_after_a_renewal(company):
    _renew(company)
    with working_for(company.client.id) as scope:
        assert benefits.cover_on(scope, company.budi, FIRST_OF_JULY).covered_since == FIRST_DAY


def test_renewing_again_changes_nothing(company):
    first, again = _renew(company), _renew(company)
    assert (again.year, again.moved) == (first.year, 0)


def test_a_year_that_was_opened_by_hand_is_taken(company):
    with working_for(company.client.id) as scope:
        opened = client_service.open_plan_year(
            scope, company.contract_id, starts_on=FIRST_OF_JULY, ends_on=date(2026, 12, 31)
        )
    made = _renew(company)
    assert (made.year, made.moved) == (opened, 2)


def test_the_last_year_of_a_contract_has_no_next_one(company):
    for year in (2026, 2027):
        with clock.at(datetime(year, 6, 15, 3, tzinfo=UTC)):
            _renew(company)
    with clock.at(datetime(2028, 6, 15, 3, tzinfo=UTC)), pytest.raises(RuleRefused) as refused:
        _renew(company)
    assert refused.value.reason == "clients.contract_ends"


def test_a_new_contract_begins_with_its_first_year(company):
    first = date(2028, 7, 1)
    with working_for(company.client.id) as scope:
        client_service.sign_contract(
            scope, number="K-2", product="managed_care", starts_on=first, ends_on=date(2029, 3, 31), terms={}
        )
    year = renew_plan_year.run(company.client.slug, "K-2").year
    assert (year.starts_on, year.ends_on) == (first, date(2029, 3, 31))


@pytest.mark.requirement("S2-5")
def test_an_administrator_renews_over_http(http, company):
    path = f"/api/v1/contracts/{company.contract_id}/renewal"
    answer = http.post(path, headers=headers_for(Role.ADMIN, company.client))
    assert (answer.status_code, answer.json["moved"]) == (201, 2)
    assert answer.json["plan_year"]["starts_on"] == "2026-07-01"
    with working_for(company.client.id) as scope:
        assert len(clients.plan_years(scope)) == 2


def test_hr_does_not_renew(http, company):
    path = f"/api/v1/contracts/{company.contract_id}/renewal"
    assert http.post(path, headers=headers_for(Role.HR, company.client)).status_code == 403
