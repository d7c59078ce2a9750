"""Statements of the dedicated account: read in three forms, settled where clear, kept in suspense where not."""

from datetime import date

import pytest

from backend.access import working_for
from backend.errors import Conflict, RuleRefused
from backend.funds import ledger, queries, service
from backend.funds.bank_files import statements
from backend.funds.invariants import findings
from backend.kit import ids
from backend.kit.money import Money
from tests.factories.claims import make_household
from tests.factories.funds import (
    make_excess,
    make_fund,
    make_member_account,
    make_payable,
    make_sent_run,
    rupiah,
)

MT940 = """:20:STMT1
:25:0081234567890
:28C:1/1
:60F:C261101IDR1000000,00
:61:2611281128C250000,00NTRFNONREF//BANKREF1
:86:PT KIRANA LOGISTICS BUDI SANTOSO EKSES 1264-0815-3297
:61:2611281128D50000,00NMSCNONREF//BANKREF2
:86:BIAYA
:62F:C261128IDR1200000,00
"""
CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">
 <BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-11-28T20:00:00+07:00</CreDtTm></GrpHdr>
  <Stmt><Id>1</Id><CreDtTm>2026-11-28T20:00:00+07:00</CreDtTm>
   <Acct><Id><Othr><Id>1234567890</Id></Othr></Id></Acct>
   <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="IDR">1000000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
    <Dt><Dt>2026-11-27</Dt></Dt></Bal>
   <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="IDR">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
    <Dt><Dt>2026-11-28</Dt></Dt></Bal>
   <Ntry><Amt Ccy="IDR">250000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts>
    <BookgDt><Dt>2026-11-28</Dt></BookgDt><AcctSvcrRef>BANKREF1</AcctSvcrRef><BkTxCd/>
    <NtryDtls><TxDtls><Refs><EndToEndId>E2E</EndToEndId></Refs>
     <Amt Ccy="IDR">250000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>
     <RmtInf><Ustrd>EKSES 1264-0815-3297</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
  </Stmt></BkToCstmrStmt></Document>"""
NUMBER = "1264-0815-3297"


def _camt(version: str = "08", closing: str = "1250000.00") -> bytes:
    status = "<Cd>BOOK</Cd>" if version >= "07" else "BOOK"
    return CAMT.format(version=version, closing=closing, status=status).encode()


@pytest.fixture
def household(app):
    """A family with ten million on the fund's account, which is 1234567890."""
    made = make_household(terms={"reimbursement_to": "member"})
    with working_for(made.client.id) as scope:
        make_fund(scope, deposit=rupiah(10_000_000))
        make_member_account(scope, made.employee_id)
    return made


def _take_in(household, data: bytes | str):
    with working_for(household.client.id) as scope:
        written = data if isinstance(data, bytes) else data.encode()
        return service.take_in_statement(scope, lambda: written)


def _table(*lines: tuple[str, str, str], day: str = "2026-11-28") -> str:
    rows = [f"{day},{amount},{text},{reference}" for amount, text, reference in lines]
    return "\n".join(["date,amount,description,reference", *rows]) + "\n"


def _excess(household, amount: int = 250_000, number: str = NUMBER):
    with working_for(household.client.id) as scope:
        return make_excess(scope, household.employee_id, rupiah(amount), reference=number)


def _waiting(household):
    with working_for(household.client.id) as scope:
        return queries.bank_lines(scope)


@pytest.mark.parametrize("version", ["02", "04", "08", "12"])
def test_camt_053_is_read_in_every_version_banks_write(version):
    read = statements.read(_camt(version), "IDR")
    (line,) = read.lines
    assert (read.account, read.opening, read.closing) == ("1234567890", rupiah(1_000_000), rupiah(1_250_000))
    assert (line.on, line.amount, line.reference) == (date(2026, 11, 28), rupiah(250_000), "BANKREF1")
    assert NUMBER in line.text
    assert read.adds_up


def test_mt940_is_read():
    read = statements.read(MT940.encode(), "IDR")
    came, went = read.lines
    assert (came.amount, came.reference, went.amount) == (rupiah(250_000), "BANKREF1", rupiah(-50_000))
    assert NUMBER in came.text
    assert read.adds_up


@pytest.mark.parametrize(
    ("table", "amounts"),
    [
        ("date,amount,description\n2026-11-28,250000,x\n28/11/2026,-5.50,y\n", [250_000_00, -5_50]),
        ("Tanggal;Keterangan;Debet;Kredit\n28-11-2026;x;;1.250.000,00\n28-11-2026;y;300;\n", [1_250_000_00, -300_00]),
        ("data\tdescrição\tvalor\treferência\n28.11.2026\tx\t1,250,000.25\tR\n", [1_250_000_25]),
    ],
)
def test_tables_are_read_as_people_write_them(table, amounts):
    read = statements.read(table.encode(), "IDR")
    assert [line.amount for line in read.lines] == [Money(amount, "IDR") for amount in amounts]


@pytest.mark.parametrize(
    "data",
    [b"", b"a,b\n1,2\n", b"date,amount,description\nsoon,1,x\n", b"date,amount,description\n2026-11-28,much,x\n"],
)
def test_what_is_no_statement_is_refused(data):
    with pytest.raises(RuleRefused, match=r"funds\.file_unreadable"):
        statements.read(data, "IDR")


@pytest.mark.parametrize("data", [MT940.encode(), _camt(), _table(("250000", f"EKSES {NUMBER}", "BANKREF1")).encode()])
@pytest.mark.requirement("S1-82", "S1-83", "S1-84")
def test_money_with_a_claim_number_settles_its_excess(household, data):
    excess = _excess(household)
    _take_in(household, data)
    with working_for(household.client.id) as scope:
        row = queries.excess(scope, excess.id)
        assert (row.state, row.settled_on) == ("settled", date(2026, 11, 28))
        sums = queries.balance(scope)
        assert (sums.receivable_excess_minor, sums.bank_minor) == (0, 10_250_000_00)
        assert findings(scope) == []


@pytest.mark.requirement("S1-86")
def test_unclear_money_goes_to_suspense_and_settles_nothing(household):
    excess = _excess(household)
    _take_in(household, _table(("250000", "pembayaran", "R1")))
    with working_for(household.client.id) as scope:
        assert queries.excess(scope, excess.id).paid_minor == 0
        sums = queries.balance(scope)
        assert (sums.suspense_minor, sums.bank_minor) == (-250_000_00, 10_250_000_00)
        assert sums.available_minor == 10_000_000_00 - 250_000_00
        assert findings(scope) == []
    assert [line.proposals for line in _waiting(household)] == [[]]


@pytest.mark.requirement("S1-85")
def test_a_person_who_knows_places_unclear_money(household):
    excess = _excess(household)
    with working_for(household.client.id) as scope:
        name = queries.employees_of(scope, [household.employee_id])[household.employee_id].full_name
    _take_in(household, _table(("250000", f"dari {name}", "R1")))
    (line,) = _waiting(household)
    assert line.proposals == [str(excess.id)]
    with working_for(household.client.id) as scope:
        service.assign_line(scope, line.id, "excess", excess.id)
        assert queries.excess(scope, excess.id).state == "settled"
        assert queries.balance(scope).suspense_minor == 0
        with pytest.raises(Conflict, match=r"funds\.line_placed"):
            service.assign_line(scope, line.id, "returned")
        assert findings(scope) == []


@pytest.mark.parametrize(("became", "bank", "deposits"), [("deposit", 10_700_000, 2), ("returned", 10_000_000, 1)])
def test_unclear_money_is_a_deposit_or_goes_back(household, became, bank, deposits):
    _take_in(household, _table(("700000", "top up", "R1")))
    (line,) = _waiting(household)
    with working_for(household.client.id) as scope:
        service.assign_line(scope, line.id, became)
        sums = queries.balance(scope)
        assert (sums.bank_minor, sums.suspense_minor) == (bank * 100, 0)
        assert len(queries.deposits(scope)) == deposits


def test_more_than_is_open_is_not_placed_on_an_excess(household):
    excess = _excess(household)
    _take_in(household, _table(("250001", NUMBER, "R1")))
    (line,) = _waiting(household)
    with working_for(household.client.id) as scope, pytest.raises(RuleRefused, match=r"funds\.more_than_owed"):
        service.assign_line(scope, line.id, "excess", excess.id)


def test_the_same_file_and_overlapping_statements_count_every_movement_once(household):
    first = _table(("1000", "a", "R1"), ("1000", "a", "R1"), ("2000", "b", "R2"))
    assert _take_in(household, first).id == _take_in(household, first).id
    again = _take_in(household, first + "2026-11-28,3000,c,R3\n")
    assert (again.lines, again.known_lines) == (4, 3)
    with working_for(household.client.id) as scope:
        assert queries.balance(scope).suspense_minor == -7_000_00


def test_a_deposit_that_finance_recorded_is_not_counted_again(household):
    with working_for(household.client.id) as scope:
        service.record_deposit(scope, rupiah(500_000), ledger.today_of(scope), "TOPUP9")
    _take_in(household, _table(("500000", "top up", "TOPUP9")))
    with working_for(household.client.id) as scope:
        assert queries.balance(scope).bank_minor == 10_500_000_00
    assert _waiting(household) == []


@pytest.mark.requirement("S2-9")
def test_our_own_transfers_are_recognised_when_they_leave(household):
    with working_for(household.client.id) as scope:
        make_payable(scope, household.employee_id, rupiah(400_000))
    run = make_sent_run(household.client)
    with working_for(household.client.id) as scope:
        reference = queries.payments_of(scope, run.id)[0].reference
    _take_in(household, _table(("-400000", f"BI-FAST {reference}", "X1"), ("-9000", "biaya admin", "X2")))
    with working_for(household.client.id) as scope:
        assert queries.payments_of(scope, run.id)[0].state == "paid"
        assert queries.balance(scope).bank_minor == 9_600_000_00
    (fee,) = _waiting(household)
    with working_for(household.client.id) as scope, pytest.raises(RuleRefused, match=r"only_money_that_came"):
        service.assign_line(scope, fee.id, "returned")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_camt(closing="1250001.00"), "funds.statement_incomplete"),
        (_camt().replace(b"1234567890", b"5550001112"), "funds.other_account"),
        (_camt().replace(b'"IDR"', b'"USD"'), "funds.statement_incomplete"),
    ],
)
def test_a_statement_that_is_not_ours_or_does_not_add_up_is_refused(household, data, reason):
    with pytest.raises(RuleRefused, match=reason.replace(".", r"\.")):
        _take_in(household, data)
    with working_for(household.client.id) as scope:
        assert queries.balance(scope).bank_minor == 10_000_000_00


def _balance(household) -> int:
    with working_for(household.client.id) as scope:
        return queries.balance(scope).bank_minor


@pytest.mark.parametrize("became", ["bank_fee", "bank_tax", "bank_correction"])
def test_what_the_bank_takes_by_itself_is_posted_with_its_reason(household, became):
    _take_in(household, _table(("-9000", "biaya admin", "X1")))
    (line,) = _waiting(household)
    with working_for(household.client.id) as scope:
        service.assign_line(scope, line.id, became)
        assert queries.entry_of(scope, ledger.entry_id_of(scope, "debit", line.id)).reason == became
        sums = queries.balance(scope)
        assert (sums.bank_minor, sums.deposit_minor) == (9_991_000_00, -9_991_000_00)
        assert service.month_figures(scope, date(2026, 11, 1))["charges"] == rupiah(-9_000)
        assert findings(scope) == []
    assert _waiting(household) == []


def test_the_ledger_holds_what_the_bank_says_once_every_debit_is_explained(household):
    came = _camt(closing="1200000.00").replace(b"1000000.00", b"10000000.00").replace(b"1200000.00", b"10200000.00")
    debit = came[came.index(b"<Ntry>") : came.index(b"</Ntry>") + 7]
    fee = debit.replace(b"250000.00", b"50000.00").replace(b"CRDT", b"DBIT").replace(b"BANKREF1", b"BANKREF2")
    _take_in(household, came.replace(debit, debit + fee))
    with working_for(household.client.id) as scope:
        before = service.list_bank_lines(scope)
        debits = [one for one in before["items"] if one["amount"].amount_minor < 0]
        assert before["agreement"]["ledger"] == rupiah(10_250_000)
        assert before["agreement"]["unexplained"] == rupiah(50_000)
        service.assign_line(scope, debits[0]["id"], "bank_fee")
        after = service.list_bank_lines(scope)["agreement"]
        assert (after["ledger"], after["unexplained"]) == (after["statement"], rupiah(0))


def test_a_fee_is_posted_even_when_everything_is_promised(household):
    with working_for(household.client.id) as scope:
        service.hold(scope, rupiah(10_000_000), "guarantee_letter", ids.new_id(), "all of it")
    _take_in(household, _table(("-9000", "biaya admin", "X1")))
    (line,) = _waiting(household)
    with working_for(household.client.id) as scope:
        service.assign_line(scope, line.id, "bank_fee")
    assert _balance(household) == 9_991_000_00


def test_money_that_came_is_no_fee(household):
    _take_in(household, _table(("9000", "bunga", "X1")))
    (line,) = _waiting(household)
    with working_for(household.client.id) as scope, pytest.raises(RuleRefused, match=r"only_money_that_left"):
        service.assign_line(scope, line.id, "bank_fee")


def test_sending_back_is_posted_once_and_the_banks_movement_proves_it(household):
    _take_in(household, _table(("700000", "salah kirim", "R1")))
    (line,) = _waiting(household)
    with working_for(household.client.id) as scope:
        service.assign_line(scope, line.id, "returned")
    _take_in(household, _table(("-700000", "retur", "R2"), ("-700000", "retur", "R3")))
    first, second = _waiting(household)
    with working_for(household.client.id) as scope:
        service.assign_line(scope, first.id, "sent_back")
        with pytest.raises(RuleRefused, match=r"nothing_sent_back"):
            service.assign_line(scope, second.id, "sent_back")
    assert _balance(household) == 10_000_000_00


def test_a_transfer_that_was_reported_as_paid_is_not_counted_again_when_its_movement_comes(household):
    with working_for(household.client.id) as scope:
        make_payable(scope, household.employee_id, rupiah(400_000))
    run = make_sent_run(household.client)
    with working_for(household.client.id) as scope:
        reference = queries.payments_of(scope, run.id)[0].reference
        service.record_statuses(scope, run.id, f"reference,status\n{reference},paid\n".encode)
    _take_in(household, _table(("-400000", f"BI-FAST {reference}", "X1")))
    assert (_balance(household), _waiting(household)) == (9_600_000_00, [])
