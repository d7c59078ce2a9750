"""Top-up notices, promises the calendar would break, books that do not agree, and what is left at the end."""

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import select

from backend.access import Role, working_for
from backend.errors import RuleRefused
from backend.funds import queries, service, tasks
from backend.funds.invariants import findings
from backend.funds.models import Payee
from backend.kit import clock, ids
from backend.notifications.models import Notification
from tests.factories.accounts import make_staff
from tests.factories.claims import make_household
from tests.factories.clients import make_client
from tests.factories.funds import (
    make_company_account,
    make_deposit,
    make_fund,
    make_payable,
    make_sent_run,
    rupiah,
)


@pytest.fixture
def client(app):
    """A client with a deposit of ten million, somebody of finance and somebody of HR."""
    made = make_client()
    make_staff(made, Role.FINANCE)
    make_staff(made, Role.HR)
    with working_for(made.id) as scope:
        make_fund(scope, yearly=rupiah(40_000_000), deposit=rupiah(10_000_000))
    return made


def _watch(client):
    with working_for(client.id) as scope:
        return service.watch_deposit(scope)


def _told(client, event):
    with working_for(client.id) as scope:
        rows = scope.session.scalars(select(Notification).where(Notification.event == event))
        return [row.facts for row in rows]


@pytest.mark.requirement("S0-49")
def test_a_top_up_is_asked_for_once_by_each_count_and_again_after_the_next_deposit(client):
    assert _watch(client) == []
    with working_for(client.id) as scope:
        service.hold(scope, rupiah(5_000_000), "guarantee_letter", ids.new_id(), "one")
    assert (_watch(client), _watch(client)) == (["promised"], [])
    (facts, same) = _told(client, "fund_half_promised")
    assert (facts["percent"], facts["top_up"]["amount_minor"]) == (50, 5_000_000_00)
    assert same == facts
    with working_for(client.id) as scope:
        clinic = ids.new_id()
        make_payable(scope, clinic, rupiah(5_000_000), payee=Payee.CLIENT)
    make_company_account(client)
    run = make_sent_run(client)
    with working_for(client.id) as scope:
        reference = queries.payments_of(scope, run.id)[0].reference
        service.record_statuses(scope, run.id, f"reference,status\n{reference},paid\n".encode)
    assert _watch(client) == ["paid"]
    with working_for(client.id) as scope:
        make_deposit(scope, rupiah(1_000_000))
    assert _watch(client) == ["promised"]


@pytest.mark.requirement("S0-50")
def test_what_is_left_is_shared_once_and_the_employers_part_is_owed(client):
    with working_for(client.id) as scope:
        first = service.share_leftover(scope, 2026)
        assert (first.employer, first.ours) == (rupiah(7_000_000), rupiah(3_000_000))
    with working_for(client.id) as scope:
        assert service.share_leftover(scope, 2026) == first
        sums = queries.balance(scope)
        assert (sums.payable_client_minor, sums.profit_share_minor) == (-7_000_000_00, -3_000_000_00)
        assert (sums.deposit_minor, sums.available_minor) == (0, 0)
        assert findings(scope) == []
        with pytest.raises(RuleRefused, match=r"funds\.nothing_left"):
            service.share_leftover(scope, 2027)


def test_nothing_is_shared_while_something_is_promised(client):
    with working_for(client.id) as scope:
        service.hold(scope, rupiah(1), "guarantee_letter", ids.new_id(), "one")
        with pytest.raises(RuleRefused, match=r"funds\.still_promised"):
            service.share_leftover(scope, 2026)


@pytest.mark.requirement("S1-29")
def test_finance_hears_once_a_day_what_the_next_run_would_pay_too_late(app):
    household = make_household()
    make_staff(household.client, Role.FINANCE)
    with working_for(household.client.id) as scope:
        today = clock.today(household.client.timezone)
        soon = make_payable(scope, household.employee_id, rupiah(1_000), settle_by=today)
        make_payable(scope, household.employee_id, rupiah(1_000), settle_by=today + timedelta(days=40))
    for _ in range(2):
        with working_for(household.client.id) as scope:
            assert service.watch_promises(scope) == 1
    assert _told(household.client, "payments_would_be_late") == [{"count": 1, "due_by": soon.settle_by.isoformat()}]


def test_the_nightly_check_finds_what_somebody_changed_by_hand(client, database_urls):
    """Past the application and its triggers, as the owner: the check still sees it, tells, and mends nothing."""
    tasks.check_books(0)
    assert _told(client, "ledger_mismatch") == []
    with psycopg.connect(database_urls[1]) as owner:
        owner.execute("SELECT app_begin(%s, NULL)", (client.id,))
        owner.execute("UPDATE fund_balance SET held_minor = 7, deposit_minor = deposit_minor + 5")
    tasks.check_books(0)
    assert {fact["count"] for fact in _told(client, "ledger_mismatch")} == {2}
    with working_for(client.id) as scope:
        assert {(one.rule, one.difference_minor) for one in findings(scope)} == {("account_sums", 5), ("held_sum", 7)}


def test_the_jobs_run_for_every_client_and_twice_do_nothing_twice(client):
    with working_for(client.id) as scope:
        service.hold(scope, rupiah(6_000_000), "guarantee_letter", ids.new_id(), "one")
    for _ in range(2):
        tasks.watch(0)
    assert len(_told(client, "fund_half_promised")) == 2
