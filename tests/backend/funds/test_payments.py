"""From an approved amount to money on the bank file and back: two people, new accounts, failed transfers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from pyiso20022.pain import pain_001_001_09 as iso
from pyiso20022.pain import pain_002_001_10 as report
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.serializers import XmlSerializer
from xsdata.models.datatype import XmlDateTime

from backend.access import working_for
from backend.branding.loader import brand_for
from backend.errors import Conflict, RuleRefused
from backend.funds import ledger, queries, service
from backend.funds.models import Payee, PaymentState
from backend.funds.rules.chart import Source
from backend.helpline.answers.claims import payment_date
from backend.helpline.asker import Asker
from backend.kit import clock, ids
from backend.notifications.models import Notification
from tests.factories.claims import make_claim, make_household
from tests.factories.funds import (
    finance,
    make_company_account,
    make_fund,
    make_member_account,
    make_payable,
    make_provider_account,
    make_sent_run,
    rupiah,
)
from tests.factories.providers import make_provider

TO_MEMBERS = {"terms": {"reimbursement_to": "member"}}


@pytest.fixture
def household(app):
    """A family whose reimbursements go to the employee's own account; ten million rupiah are there."""
    made = make_household(**TO_MEMBERS)
    with working_for(made.client.id) as scope:
        make_fund(scope, deposit=rupiah(10_000_000))
        make_member_account(scope, made.employee_id)
    return made


def _owed(household, amount: int = 400_000, **facts):
    with working_for(household.client.id) as scope:
        return make_payable(scope, household.employee_id, rupiah(amount), **facts)


def _prepared(household, pay_on=None):
    with working_for(household.client.id, finance(household.client)) as scope:
        return service.prepare_run(scope, pay_on or ledger.today_of(scope))


def _payments(household, run):
    with working_for(household.client.id) as scope:
        return queries.payments_of(scope, run.id)


def _record(scope, run, data: bytes):
    return service.record_statuses(scope, run.id, lambda: data)


def _state(household, payable):
    with working_for(household.client.id) as scope:
        return queries.payable(scope, payable.id).state


@pytest.mark.requirement("S0-47")
def test_an_approved_amount_is_owed_once(household):
    source = Source("claim_decision", ids.new_id())
    owed = service.Owed(source, Payee.MEMBER, household.employee_id, rupiah(400_000), "1264-1", "outpatient")
    with working_for(household.client.id) as scope:
        first = service.owe(scope, owed)
    with working_for(household.client.id) as scope:
        assert service.owe(scope, owed).id == first.id
        sums = queries.balance(scope)
        assert (sums.payable_member_minor, sums.deposit_minor) == (-400_000_00, -9_600_000_00)


def test_what_was_taken_back_can_be_approved_anew_with_other_figures(household):
    source = Source("claim_decision", ids.new_id())

    def owed(amount: int) -> service.Owed:
        return service.Owed(source, Payee.MEMBER, household.employee_id, rupiah(amount), "1264-1", "outpatient")

    with working_for(household.client.id) as scope:
        first = service.owe(scope, owed(400_000))
        with pytest.raises(Conflict, match=r"funds\.entry_differs"):
            service.owe(scope, owed(300_000))
        service.take_back(scope, first.id, "wrong_tariff")
        assert service.take_back(scope, first.id, "wrong_tariff").id == first.id
        assert service.owe(scope, owed(300_000)).id != first.id
        assert queries.balance(scope).payable_member_minor == -300_000_00


@pytest.mark.requirement("S1-29")
def test_without_another_promise_ten_working_days_count(household):
    payable = _owed(household)
    with working_for(household.client.id) as scope:
        agreed_days = service.Owed(
            Source("x", ids.new_id()), Payee.MEMBER, household.employee_id, rupiah(1), "1", "dental"
        )
        assert payable.settle_by == service.owe(scope, agreed_days).settle_by
    assert 12 <= (payable.settle_by - payable.approved_on).days <= 22


@pytest.mark.requirement("S0-67", "S0-68")
def test_money_takes_its_way_from_approval_to_the_members_account(household, http):
    claim = make_claim(household, submitted=True)
    payable = _owed(household, claim_id=claim.id, reference=claim.number)
    run = make_sent_run(household.client)
    (payment,) = _payments(household, run)
    assert (payment.state, payment.amount_minor, payment.ending) == (PaymentState.SENT, 400_000_00, "7766")
    with working_for(household.client.id) as scope:
        _record(scope, run, _answer([(payment.reference, "ACSC", None)]))
    with working_for(household.client.id) as scope:
        sums = queries.balance(scope)
        assert (sums.bank_minor, sums.payable_member_minor) == (9_600_000_00, 0)
        assert queries.run(scope, run.id).state == "settled"
        told = scope.session.scalars(select(Notification).where(Notification.event == "claim_paid")).one()
        assert told.facts["claim_number"] == claim.number
    assert _state(household, payable) == "paid"
    shown = http.get(f"/api/v1/claims/{claim.id}", headers=household.headers).json["payment"]
    assert (shown["state"], shown["account_ending"], shown["expected_on"]) == ("paid", "7766", None)
    assert shown["paid_on"] == told.facts["paid_on"]


def test_the_banks_answer_twice_changes_nothing_the_second_time(household):
    _owed(household)
    run = make_sent_run(household.client)
    answer = _answer([(_payments(household, run)[0].reference, "ACSC", None)])
    for _ in range(2):
        with working_for(household.client.id) as scope:
            _record(scope, run, answer)
    with working_for(household.client.id) as scope:
        assert queries.balance(scope).bank_minor == 9_600_000_00
        assert len(scope.session.scalars(select(Notification).where(Notification.event == "claim_paid")).all()) == 0


def test_a_failed_transfer_comes_back_and_goes_along_with_the_next_run(household):
    payable = _owed(household)
    run = make_sent_run(household.client)
    with working_for(household.client.id) as scope:
        reference = queries.payments_of(scope, run.id)[0].reference
        _record(scope, run, _answer([(reference, "RJCT", "AC04")]))
    (payment,) = _payments(household, run)
    assert (payment.state, payment.failure) == (PaymentState.FAILED, "AC04 account closed")
    assert _state(household, payable) == "open"
    again = make_sent_run(household.client)
    assert _payments(household, again)[0].amount_minor == payable.amount_minor


def test_money_that_comes_back_later_is_owed_again(household):
    payable = _owed(household)
    run = make_sent_run(household.client)
    reference = _payments(household, run)[0].reference
    for status in ("ACSC", "RJCT"):
        with working_for(household.client.id) as scope:
            _record(scope, run, _answer([(reference, status, "AC04")]))
    assert _state(household, payable) == "open"
    with working_for(household.client.id) as scope:
        sums = queries.balance(scope)
        assert (sums.bank_minor, sums.payable_member_minor) == (10_000_000_00, -400_000_00)


def test_a_bank_may_answer_with_a_table(household):
    _owed(household)
    run = make_sent_run(household.client)
    reference = _payments(household, run)[0].reference
    with working_for(household.client.id) as scope:
        table = f"reference,status,paid_on\n{reference},paid,2026-12-01\nunknown,paid,2026-12-01\n"
        _record(scope, run, table.encode())
        assert queries.payments_of(scope, run.id)[0].paid_on.isoformat() == "2026-12-01"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe",
        b"who,what\n1,2\n",
        b"reference,status,paid_on\nR,paid,yesterday\n",
        b'<!DOCTYPE x [<!ENTITY a "b">]><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"/>',
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.99"/>',
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><broken',
    ],
)
def test_a_file_that_is_no_answer_is_refused(household, data):
    _owed(household)
    run = make_sent_run(household.client)
    with working_for(household.client.id) as scope, pytest.raises(RuleRefused, match=r"funds\.file_unreadable"):
        _record(scope, run, data)


def test_whoever_prepared_a_run_does_not_approve_it(household):
    _owed(household)
    one = finance(household.client)
    with working_for(household.client.id, one) as scope:
        run = service.prepare_run(scope)
        with pytest.raises(RuleRefused, match=r"funds\.same_person"):
            service.approve_run(scope, run.id)
        with pytest.raises(Conflict, match=r"funds\.wrong_run_state"):
            service.send_run(scope, run.id)


def test_an_account_changed_within_the_day_keeps_its_money_back(household):
    payable = _owed(household)
    with working_for(household.client.id) as scope:
        make_member_account(scope, household.employee_id, ago=timedelta(hours=2))
    changed = pytest.raises(RuleRefused, match=r"funds\.nothing_to_pay")
    with working_for(household.client.id, finance(household.client)) as scope, changed:
        service.prepare_run(scope, ledger.today_of(scope))
    with clock.at(clock.now() + timedelta(days=2)):
        run = _prepared(household)
    assert (_payments(household, run)[0].ending, _state(household, payable)) == ("7766", "in_run")


def test_an_account_changed_between_preparing_and_sending_stops_its_transfer(household):
    own = _owed(household)
    with working_for(household.client.id) as scope:
        clinic = make_provider(scope)
        make_payable(scope, clinic.id, rupiah(1_000_000), payee=Payee.PROVIDER)
    make_provider_account(household.client, clinic.id)
    run = _prepared(household)
    with working_for(household.client.id) as scope:
        make_member_account(scope, household.employee_id, ago=timedelta(0))
    with working_for(household.client.id, finance(household.client)) as scope:
        service.approve_run(scope, run.id)
        service.send_run(scope, run.id)
    states = {payment.destination: payment.state for payment in _payments(household, run)}
    assert states == {"member": "dropped", "provider": "sent"}
    assert _state(household, own) == "open"


@pytest.mark.requirement("S1-20")
def test_reimbursements_go_to_the_company_unless_agreed_otherwise(app):
    household = make_household()
    with working_for(household.client.id) as scope:
        make_fund(scope, deposit=rupiah(10_000_000))
        make_member_account(scope, household.employee_id)
        for _ in range(2):
            make_payable(scope, household.employee_id, rupiah(300_000))
    make_company_account(household.client)
    (payment,) = _payments(household, make_sent_run(household.client))
    assert (payment.destination, payment.amount_minor, payment.ending) == ("company", 600_000_00, "6789")


def test_an_account_that_nobody_confirmed_is_not_paid_to(household):
    with working_for(household.client.id) as scope:
        clinic = make_provider(scope)
        make_payable(scope, clinic.id, rupiah(1_000_000), payee=Payee.PROVIDER)
    one = finance(household.client)
    with working_for(household.client.id, one) as scope:
        row = service.give_account(
            scope, "provider", bank="BRI", account_number="5550001112", holder_name="Klinik", payee_id=clinic.id
        )
        with pytest.raises(RuleRefused, match=r"funds\.same_person"):
            service.confirm_account(scope, row.id)
    _owed(household)
    run = _prepared(household)
    assert [one["reason"] for one in run.left_out] == ["funds.account_unconfirmed"]
    assert [payment.destination for payment in _payments(household, run)] == ["member"]


def test_a_run_takes_no_more_than_the_bank_holds(app):
    household = make_household(terms={"reimbursement_to": "member", "fund_shortfall": "allow"})
    with working_for(household.client.id) as scope:
        make_fund(scope, deposit=rupiah(100_000))
        make_member_account(scope, household.employee_id)
    _owed(household)
    run = _prepared(household)
    too_much = pytest.raises(RuleRefused, match=r"funds\.overdrawn")
    with working_for(household.client.id, finance(household.client)) as scope, too_much:
        service.approve_run(scope, run.id)


def test_a_cancelled_run_pays_nobody_and_its_amounts_wait_again(household):
    payable = _owed(household)
    run = _prepared(household)
    with working_for(household.client.id, finance(household.client)) as scope:
        with pytest.raises(Conflict, match=r"funds\.already_paid"):
            service.take_back(scope, payable.id, "too late")
        service.cancel_run(scope, run.id)
    assert _state(household, payable) == "open"


def test_two_runs_at_the_same_moment_never_take_the_same_amount(household):
    for _ in range(6):
        _owed(household, 100_000)
    people = [finance(household.client) for _ in range(4)]

    def prepare(actor) -> int:
        try:
            with working_for(household.client.id, actor) as scope:
                run = service.prepare_run(scope)
                return sum(payment.amount_minor for payment in queries.payments_of(scope, run.id))
        except (RuleRefused, IntegrityError):
            return 0

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(prepare, people)) == 600_000_00


def test_the_file_is_pain_001_that_a_bank_can_read(household):
    _owed(household, 1_234_567, reference="1264-0815-3297")
    run = make_sent_run(household.client)
    with working_for(household.client.id, finance(household.client)) as scope:
        made = service.bank_file(scope, run.id, "pain001")
    order = XmlParser().from_bytes(made.data, iso.Document).cstmr_cdt_trf_initn
    (instruction,) = order.pmt_inf
    (transfer,) = instruction.cdt_trf_tx_inf
    assert (order.grp_hdr.msg_id, order.grp_hdr.nb_of_txs, str(order.grp_hdr.ctrl_sum)) == (
        run.number,
        "1",
        "1234567.00",
    )
    assert str(instruction.reqd_exctn_dt.dt) == run.pay_on.isoformat()
    assert instruction.dbtr_acct.id.othr.id == "1234567890"
    assert transfer.cdtr_acct.id.othr.id == "0099887766"
    assert transfer.cdtr_agt.fin_instn_id.bicfi == "BMRIIDJA"
    assert transfer.rmt_inf.ustrd == ["1264-0815-3297"]


def test_the_file_is_also_a_table_and_keeps_leading_zeros(household):
    _owed(household, 400_000)
    run = make_sent_run(household.client)
    with working_for(household.client.id, finance(household.client)) as scope:
        lines = service.bank_file(scope, run.id, "csv").data.decode().splitlines()
    assert lines[1].split(",")[2:8] == ["Budi Santoso", "Bank Mandiri", "008", "0099887766", "400000.00", "IDR"]


def _answer(said) -> bytes:
    """A bank's pain.002 about these transfers: reference, status, reason."""
    at = XmlDateTime.from_datetime(clock.now())
    transfers = [
        report.PaymentTransaction105(
            orgnl_end_to_end_id=reference,
            tx_sts=status,
            sts_rsn_inf=[
                report.StatusReasonInformation12(
                    rsn=report.StatusReason6Choice(cd=reason), addtl_inf=["account closed"]
                )
            ]
            if reason
            else [],
        )
        for reference, status, reason in said
    ]
    whole = report.OriginalGroupHeader17(orgnl_msg_id="R", orgnl_msg_nm_id="pain.001.001.09")
    instruction = report.OriginalPaymentInstruction32(orgnl_pmt_inf_id="R", tx_inf_and_sts=transfers)
    document = report.Document(
        cstmr_pmt_sts_rpt=report.CustomerPaymentStatusReportV10(
            grp_hdr=report.GroupHeader86(msg_id="A", cre_dt_tm=at),
            orgnl_grp_inf_and_sts=whole,
            orgnl_pmt_inf_and_sts=[instruction],
        )
    )
    namespace = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
    return XmlSerializer().render(document, ns_map={None: namespace}).encode()


def test_a_status_about_the_whole_file_counts_for_every_transfer(household):
    _owed(household)
    run = make_sent_run(household.client)
    data = _answer([]).replace(b"</OrgnlMsgNmId>", b"</OrgnlMsgNmId><GrpSts>RJCT</GrpSts>")
    with working_for(household.client.id) as scope:
        _record(scope, run, data)
        assert [payment.state for payment in queries.payments_of(scope, run.id)] == ["failed"]
        assert queries.balance(scope).payable_member_minor == -400_000_00


@pytest.mark.requirement("S0-68")
def test_the_helpline_says_when_the_money_comes_and_when_it_came(household):
    claim = make_claim(household, submitted=True)
    asker = Asker(ids.new_id(), household.client, brand_for(household.client), "en", "app", household.employee_id)

    def said() -> str:
        with working_for(household.client.id) as scope:
            return payment_date(scope, asker, {}).replies[0].id

    assert said() == "payment_schedule"
    _owed(household, claim_id=claim.id, reference=claim.number)
    assert said() == "payment_expected"
    run = make_sent_run(household.client)
    with working_for(household.client.id) as scope:
        _record(scope, run, _answer([(queries.payments_of(scope, run.id)[0].reference, "ACSC", None)]))
    assert said() == "payment_made"
