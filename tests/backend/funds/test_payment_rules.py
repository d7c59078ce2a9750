"""When money is paid and where it may go, by the rules alone."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from backend.clients.rules import Terms
from backend.funds.rules import payments as rules
from backend.funds.rules.deposits import (
    Standing,
    leftover_shares,
    notices_due,
    required_deposit,
    top_up_amount,
    usage,
)
from backend.kit.deadlines import WorkCalendar
from backend.kit.money import Money
from tests.factories.funds import rupiah

INDONESIA = WorkCalendar("ID", joint_leave_free=True)
NOON = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)


@pytest.mark.requirement("S0-67")
@pytest.mark.parametrize(
    ("after", "due"),
    [
        (date(2026, 11, 28), date(2026, 12, 1)),  # a Tuesday
        (date(2026, 12, 1), date(2026, 12, 16)),
        (date(2026, 12, 16), date(2027, 1, 4)),  # 1 January is free and 2 and 3 January are a weekend
        (date(2027, 1, 3), date(2027, 1, 4)),
        (date(2026, 7, 31), date(2026, 8, 3)),  # 1 August is a Saturday
    ],
)
def test_money_is_paid_twice_a_month_on_a_working_day(after, due):
    assert rules.next_run_on(after, Terms(), INDONESIA) == due


def test_a_contract_may_name_a_day_that_a_month_does_not_have():
    terms = Terms.of({"payment_days": [31]})
    assert rules.run_days(2026, 4, terms, INDONESIA) == [date(2026, 4, 30)]


@pytest.mark.requirement("S1-29")
def test_what_the_next_run_would_pay_too_late_is_named():
    early, late = (rules.Promise(uuid4(), day) for day in (date(2026, 12, 16), date(2026, 12, 15)))
    assert rules.would_be_late([early, late], date(2026, 12, 16)) == [late]


@pytest.mark.parametrize(
    ("amount", "rail"),
    [
        (rupiah(1), rules.Rail.BI_FAST),
        (rupiah(250_000_000), rules.Rail.BI_FAST),
        (rupiah(250_000_001), rules.Rail.RTGS),
        (Money.of_major(9_000_000, "MZN"), rules.Rail.BANK),
    ],
)
def test_an_amount_takes_the_cheapest_transfer_that_carries_it(amount, rail):
    assert rules.rail_for(amount) is rail


@pytest.mark.parametrize(
    ("account", "reason"),
    [
        (None, rules.ACCOUNT_MISSING),
        (rules.AccountFacts(NOON - timedelta(days=9), confirmed=False), rules.ACCOUNT_UNCONFIRMED),
        (rules.AccountFacts(NOON - timedelta(hours=23, minutes=59)), rules.ACCOUNT_WAITING),
        (rules.AccountFacts(NOON - timedelta(hours=24)), None),
        (rules.AccountFacts(NOON - timedelta(days=9), confirmed=True), None),
    ],
)
def test_a_new_account_waits_a_day(account, reason):
    refusal = rules.account_problem(account, NOON)
    assert (refusal and refusal.reason) == reason


def test_nobody_approves_what_they_prepared():
    one, other = uuid4(), uuid4()
    assert rules.may_approve(one, other) is None
    assert [rules.may_approve(one, actor).reason for actor in (one, None)] == [rules.SAME_PERSON] * 2


@pytest.mark.requirement("S0-44")
def test_the_deposit_is_three_twelfths_of_a_year():
    assert required_deposit(rupiah(1_200_000_000)) == rupiah(300_000_000)


def _standing(*, paid_from: int, available: int, funded: int = 100, initial: int = 200) -> Standing:
    return Standing(rupiah(paid_from), rupiah(available), rupiah(funded), rupiah(initial))


@pytest.mark.requirement("S0-49")
@pytest.mark.parametrize(
    ("basis", "paid_from", "available", "notices"),
    [
        ("funded", 51, 51, ()),
        ("funded", 51, 50, ("promised",)),
        ("funded", 50, 50, ("promised", "paid")),
        ("initial", 101, 101, ()),
        ("initial", 101, 100, ("promised",)),
        ("initial", 100, 100, ("promised", "paid")),
    ],
)
def test_a_top_up_is_asked_for_when_half_is_used_by_either_reading(basis, paid_from, available, notices):
    terms = Terms.of({"top_up_basis": basis})
    assert notices_due(usage(_standing(paid_from=paid_from, available=available), terms), terms) == notices


def test_a_top_up_brings_the_free_money_back_to_the_deposit():
    assert top_up_amount(_standing(paid_from=90, available=40), rupiah(200)) == rupiah(160)
    assert top_up_amount(_standing(paid_from=300, available=300), rupiah(200)) == rupiah(0)


@pytest.mark.requirement("S0-50")
@pytest.mark.parametrize(("percent", "employer"), [(70, 7_000_001), (30, 3_000_000)])
def test_what_is_left_is_shared_and_nothing_of_it_lost(percent, employer):
    left = rupiah(10_000_001)
    ours = leftover_shares(left, Terms.of({"employer_profit_share_percent": percent}))
    assert ours[0].amount_minor // 100 == pytest.approx(employer, abs=1)
    assert ours[0] + ours[1] == left
