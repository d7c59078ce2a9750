"""A client's money as stories, every figure worked out by hand in the docstring. Amounts are whole rupiah."""

from datetime import date

import pytest

from backend.access import working_for
from backend.clients.rules import Terms
from backend.funds import ledger, queries, service
from backend.funds.invariants import findings
from backend.funds.models import Payee
from backend.funds.rules.chart import Source
from backend.funds.rules.deposits import Standing, leftover_shares, notices_due, required_deposit, usage
from backend.funds.rules.excess import ExcessFacts, ExcessState, Move, move_due, paused, resumed
from backend.funds.rules.payments import Promise, next_run_on, would_be_late
from backend.kit import ids
from backend.kit.deadlines import WorkCalendar, working_days_after
from tests.factories.claims import make_household
from tests.factories.funds import make_fund, make_payable, make_provider_account, make_sent_run, rupiah
from tests.factories.providers import make_provider

INDONESIA = WorkCalendar("ID", joint_leave_free=True)


@pytest.mark.requirement("S0-43", "S0-44")
def test_a_client_with_nine_hundred_million_of_claims_keeps_225_million():
    """900,000,000 × 3 ÷ 12 = 225,000,000; a budget of 1,000,000,000 by the other basis asks for 250,000,000."""
    assert required_deposit(rupiah(900_000_000)) == rupiah(225_000_000)
    assert required_deposit(rupiah(1_000_000_000)) == rupiah(250_000_000)


@pytest.mark.requirement("S0-49")
def test_half_is_used_earlier_when_promises_count():
    """225,000,000 came in. 80,000,000 are paid (35 %), 33,000,000 more are promised or owed: 113,000,000 are 50.2 %.

    So the notice of promises is due and the one of payments is not: half of 225,000,000 is 112,500,000.
    """
    standing = Standing(rupiah(145_000_000), rupiah(112_000_000), rupiah(225_000_000), rupiah(225_000_000))
    used = usage(standing, Terms())
    assert (used.paid_percent, used.committed_percent) == (35, 50)
    assert notices_due(used, Terms()) == ("promised",)


@pytest.mark.requirement("S0-49")
def test_after_a_top_up_the_two_readings_differ():
    """The deposit was 200,000,000; after a top-up 300,000,000 lay there, now 140,000,000 do.

    Of what was funded 160,000,000 of 300,000,000 are used: 53 %. Of the first deposit 60,000,000 of 200,000,000: 30 %.
    """
    standing = Standing(rupiah(140_000_000), rupiah(140_000_000), rupiah(300_000_000), rupiah(200_000_000))
    funded, initial = Terms(), Terms.of({"top_up_basis": "initial"})
    assert usage(standing, funded).paid_percent == 53
    assert usage(standing, initial).paid_percent == 30
    assert notices_due(usage(standing, initial), initial) == ()


@pytest.mark.requirement("S0-50")
def test_forty_million_left_are_28_for_the_employer_and_12_for_us():
    """40,000,000 × 70 % = 28,000,000; the rest is 12,000,000. The other reading of the source turns them round."""
    assert leftover_shares(rupiah(40_000_000), Terms()) == (rupiah(28_000_000), rupiah(12_000_000))
    turned = Terms.of({"employer_profit_share_percent": 30})
    assert leftover_shares(rupiah(40_000_000), turned) == (rupiah(12_000_000), rupiah(28_000_000))


@pytest.mark.requirement("S0-67", "S1-29")
def test_a_claim_complete_on_2_december_would_miss_its_promise_in_the_run_of_4_january():
    """Ten working days from Wednesday 2 December 2026: 3, 4, 7, 8, 9, 10, 11, 14, 15, 16: the last is the 16th.

    Approved on the 16th, after that day's run, the next run would be 1 January, a holiday, so Monday 4 January 2027.
    """
    settle_by = working_days_after(date(2026, 12, 2), 10, INDONESIA)
    assert settle_by == date(2026, 12, 16)
    following = next_run_on(date(2026, 12, 16), Terms(), INDONESIA)
    assert following == date(2027, 1, 4)
    assert would_be_late([Promise(ids.new_id(), settle_by)], following)


@pytest.mark.requirement("S1-18", "S1-77", "S1-78")
def test_an_excess_letter_of_2_november_stops_the_card_on_17_november():
    """2 + 14 = 16 November is the last day. Three days before, on the 13th, the member hears again; on the 17th it is
    over. An objection on the 6th leaves 10 days; answered on the 20th, the last day is 30 November.
    """
    due = date(2026, 11, 16)
    facts = ExcessFacts(ExcessState.OPEN, due, rupiah(250_000), rupiah(0))
    assert move_due(facts, date(2026, 11, 13)) is Move.REMIND
    reminded = ExcessFacts(ExcessState.OPEN, due, rupiah(250_000), rupiah(0), reminded_on=date(2026, 11, 13))
    assert [move_due(reminded, date(2026, 11, day)) for day in (16, 17)] == [None, Move.STOP_CARD]
    left = paused(due, date(2026, 11, 6))
    assert (left, resumed(left, date(2026, 11, 20))) == (10, date(2026, 11, 30))


@pytest.mark.requirement("S0-41", "S0-42", "S0-47", "S1-18")
def test_a_stay_from_the_letter_of_guarantee_to_the_hospitals_account(app):
    """Deposit 50,000,000. A letter of guarantee holds 12,000,000: free are 38,000,000.

    The bill comes to 11,000,000: the plan bears 10,400,000 and 600,000 are excess (a companion's bed). The hospital is
    owed all 11,000,000, the hold is used up: free are 50,000,000 - 11,000,000 = 39,000,000. Paid, the account holds
    39,000,000; the deposit is 50,000,000 - 10,400,000 = 39,600,000, of which the member still owes 600,000.
    """
    household = make_household()
    client, letter = household.client, Source("guarantee_letter", ids.new_id())
    with working_for(client.id) as scope:
        make_fund(scope, yearly=rupiah(200_000_000), deposit=rupiah(50_000_000))
        hospital = make_provider(scope)
        held = service.hold(scope, rupiah(12_000_000), letter.type, letter.id, "issued")
        assert held.available == rupiah(38_000_000)
        owed = service.Owed(
            Source("bill", ids.new_id()),
            Payee.PROVIDER,
            hospital.id,
            rupiah(10_400_000),
            "1264-0815-3297",
            "inpatient",
            excess=rupiah(600_000),
            member_id=household.employee_id,
        )
        service.owe(scope, owed, converts=service.Converted(letter))
        assert queries.balance(scope).available_minor == 39_000_000_00
    make_provider_account(client, hospital.id)
    run = make_sent_run(client)
    with working_for(client.id) as scope:
        (payment,) = queries.payments_of(scope, run.id)
        service.record_statuses(scope, run.id, f"reference,status\n{payment.reference},paid\n".encode)
        sums = queries.balance(scope)
        assert (sums.bank_minor, sums.deposit_minor) == (39_000_000_00, -39_600_000_00)
        assert (sums.receivable_excess_minor, sums.held_minor, sums.owed_minor) == (600_000_00, 0, 0)
        assert findings(scope) == []


@pytest.mark.requirement("S1-80", "S1-86")
def test_money_with_nothing_written_waits_in_suspense_and_is_nobodys_to_promise(app):
    """10,000,000 on the account, of which 250,000 are owed to a clinic for an excess: 9,750,000 are free.

    250,000 arrive without a word: 10,250,000 lie there and still 9,750,000 are free. The company says whose excess it
    was: suspense is empty, the excess is settled and 10,250,000 - 250,000 = 10,000,000 are free.
    """
    household = make_household()
    with working_for(household.client.id) as scope:
        make_fund(scope, deposit=rupiah(10_000_000))
        nothing = rupiah(0)
        clinic = make_provider(scope).id
        named = {"excess": rupiah(250_000), "member_id": household.employee_id}
        payable = make_payable(scope, clinic, nothing, payee=Payee.PROVIDER, **named)
        before = queries.balance(scope).available_minor
        today = ledger.today_of(scope)
        service.take_in_statement(scope, f"date,amount,description\n{today},250000,setor tunai\n".encode)
        assert queries.balance(scope).available_minor == before == 9_750_000_00
        (line,) = queries.bank_lines(scope)
        excess = queries.excess_of_payable(scope, payable.id)
        service.assign_line(scope, line.id, "excess", excess.id)
        sums = queries.balance(scope)
        assert (sums.suspense_minor, sums.available_minor, sums.bank_minor) == (0, 10_000_000_00, 10_250_000_00)
        assert queries.excess(scope, excess.id).state == "settled"
