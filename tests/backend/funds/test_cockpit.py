"""What HR and finance see of the fund: every rupiah, nobody's illness, no small group."""

import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from backend.access import Role, working_for
from backend.funds import ledger, service
from backend.funds.rules import cockpit as rules
from backend.funds.rules.cockpit import Forecast, Group
from tests.factories.claims import make_household
from tests.factories.funds import make_fund, make_payable, rupiah
from tests.factories.members import make_member


def _group(category: str, people: int, amount: int = 1_000) -> Group:
    return Group(category, people, people, rupiah(amount))


@pytest.mark.requirement("S0-69")
@pytest.mark.parametrize(
    ("people", "shown"),
    [
        ({"a": 9, "b": 5}, {"a", "b"}),
        ({"a": 9, "b": 7, "c": 2}, {"a", "other"}),
        ({"a": 9, "c": 2, "d": 4}, {"other"}),
        ({"a": 4}, set()),
        ({"a": 2, "b": 3}, set()),
        ({}, set()),
    ],
)
def test_groups_under_five_are_never_shown_and_cannot_be_worked_out(people, shown):
    """A lone small group takes the next one in: else the total less the others would give it away."""
    groups = rules.shown_groups([_group(name, count) for name, count in people.items()])
    assert {group.category for group in groups} == shown
    assert all(group.people >= rules.SMALLEST_GROUP for group in groups)


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(1, 12), max_size=8))
def test_whatever_the_groups_are_no_small_one_is_shown_and_nothing_is_lost(people):
    groups = rules.shown_groups([_group(name, count, 7) for name, count in people.items()])
    assert all(group.people >= rules.SMALLEST_GROUP for group in groups)
    if groups:
        assert sum(group.amount.amount_minor for group in groups) == 700 * len(people)


@pytest.mark.parametrize(
    ("left", "per_day", "expected"),
    [
        (0, [10], Forecast(0, 0, 0)),
        (100, [0, 0], Forecast(None, None, None)),
        (100, [10] * 30, Forecast(10, 10, 10)),
        (1_000_000, [1] * 30, Forecast(None, None, None)),
    ],
)
def test_a_steady_pace_gives_a_day_and_no_pace_gives_none(left, per_day, expected):
    assert rules.forecast(rupiah(left), [rupiah(day) for day in per_day]) == expected


@given(left=st.integers(1, 10_000), per_day=st.lists(st.integers(0, 500), min_size=2, max_size=90))
def test_the_likely_day_lies_within_its_interval(left, per_day):
    found = rules.forecast(rupiah(left), [rupiah(day) for day in per_day])
    far = 10**9
    earliest, likely, latest = (far if day is None else day for day in (found.earliest, found.likely, found.latest))
    assert earliest <= likely <= latest


@pytest.fixture(scope="module")
def household(app):
    """Six people with a visit, one with glasses; a hundred million on the account."""
    made = make_household()
    with working_for(made.client.id) as scope:
        make_fund(scope, yearly=rupiah(400_000_000), deposit=rupiah(100_000_000))
        for _ in range(6):
            person = make_member(scope)
            make_payable(scope, person.id, rupiah(500_000))
        make_payable(scope, made.employee_id, rupiah(900_000), category="optical")
        service.hold(scope, rupiah(7_000_000), "guarantee_letter", made.employee_id, "one")
    return made


@pytest.mark.requirement("S0-7", "S0-48")
def test_hr_sees_the_fund_at_a_glance_and_no_small_group(household, http):
    shown = http.get("/api/v1/fund/cockpit", headers=household.staff(Role.HR))
    fund = shown.json["fund"]
    figures = [fund[name]["amount_minor"] // 100 for name in ("balance", "owed", "promised", "available")]
    assert figures == [100_000_000, 3_900_000, 7_000_000, 89_100_000]
    assert [(one["category"], one["amount"]["amount_minor"]) for one in shown.json["categories"]] == [
        ("other", 3_900_000_00)
    ]
    assert str(household.employee_id) not in shown.text
    assert "optical" not in shown.text
    assert shown.json["pace"]["per_day"]["amount_minor"] == 43_333_33
    top_up = shown.json["top_up"]
    assert top_up["earliest_on"] <= (top_up["likely_on"] or "9999")


@pytest.mark.requirement("S0-48", "S0-69")
def test_a_months_statement_is_a_paper_and_a_workbook_with_the_same_figures(household, http):
    with working_for(household.client.id) as scope:
        month = ledger.today_of(scope).isoformat()
    hr = household.staff(Role.HR)
    figures = http.get(f"/api/v1/fund/statement?month={month}", headers=hr).json
    assert figures["opening"]["amount_minor"] == 0
    assert figures["deposits"] == figures["closing"] == {"amount_minor": 100_000_000_00, "currency": "IDR"}
    pdf = http.get(f"/api/v1/fund/statement.pdf?month={month}", headers=hr).data
    text = "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf))
    assert "100,000,000" in text
    sheet = load_workbook(io.BytesIO(http.get(f"/api/v1/fund/statement.xlsx?month={month}", headers=hr).data)).active
    assert [sheet.cell(row, 2).value for row in (1, 2, 7)] == [0, 100_000_000, 100_000_000]


def test_a_month_ahead_has_no_statement(household, http):
    with working_for(household.client.id) as scope:
        later = (ledger.today_of(scope) + timedelta(days=40)).isoformat()
    answer = http.get(f"/api/v1/fund/statement?month={later}", headers=household.staff(Role.FINANCE))
    assert (answer.status_code, answer.json["reason"]) == (409, "funds.month_ahead")


def test_members_and_agents_do_not_see_the_fund(household, http):
    for headers in (household.headers, household.staff(Role.AGENT)):
        assert http.get("/api/v1/fund/cockpit", headers=headers).status_code == 403
