"""How many statements a read of claims costs; one of them always opens the transaction for the client."""

import pytest

from backend.access import Role
from tests.factories.claims import make_claim, make_household
from tests.query_counter import counted_queries

CLAIMS = "/api/v1/claims"


@pytest.fixture(scope="module")
def home(app):
    household = make_household()
    for _ in range(4):
        make_claim(household, submitted=True)
    return household


def _cost(http, path: str, headers: dict[str, str]) -> int:
    with counted_queries() as seen:
        assert http.get(path, headers=headers).status_code == 200
    return len(seen)


def test_a_members_list_is_one_query(http, home):
    assert _cost(http, CLAIMS, home.headers) == 2


def test_a_longer_list_costs_no_more(http, home):
    assert _cost(http, f"{CLAIMS}?limit=1", home.headers) == _cost(http, f"{CLAIMS}?limit=100", home.headers)


def test_one_claim_is_four_queries_and_one_for_its_money(http, home):
    claim = make_claim(home, submitted=True)
    assert _cost(http, f"{CLAIMS}/{claim.id}", home.headers) <= 6


def test_the_checklist_is_one_query(http, home):
    assert _cost(http, f"{CLAIMS}/requirements?benefit=outpatient", home.headers) == 2


def test_the_desks_queue_is_one_query_and_a_row_for_the_record(http, home):
    assert _cost(http, f"{CLAIMS}/queue", home.staff(Role.CLAIMS)) == 3
