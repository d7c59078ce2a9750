"""The ledger balances, forgets nothing and answers the same thing twice; a promise is a promise once."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DatabaseError

from backend.access import working_for
from backend.errors import Conflict, RuleRefused
from backend.funds import queries, service
from backend.funds.models import LedgerEntry, LedgerLine
from backend.funds.rules.chart import Account, Source, claim_approved, credit, debit, deposit_received, paid
from backend.kit import ids
from tests.factories.clients import make_client
from tests.factories.funds import make_deposit, make_fund, rupiah

LETTER = "guarantee_letter"


@pytest.fixture
def client(app):
    return make_client()


@pytest.fixture
def funded(client):
    """A client with ten million rupiah on its account."""
    with working_for(client.id) as scope:
        make_fund(scope, deposit=rupiah(10_000_000))
    return client


def _available(scope):
    return queries.balance(scope).available_minor // 100


@pytest.mark.requirement("S0-42")
def test_a_deposit_stands_on_the_bank_and_is_owed_to_nobody(funded):
    with working_for(funded.id) as scope:
        sums = queries.balance(scope)
        assert (sums.bank_minor, sums.deposit_minor, sums.owed_minor) == (10_000_000_00, -10_000_000_00, 0)
        assert _available(scope) == 10_000_000


def test_a_promise_takes_from_what_is_free_until_it_is_released(funded):
    letter = ids.new_id()
    with working_for(funded.id) as scope:
        first = service.hold(scope, rupiah(4_000_000), LETTER, letter, "issue")
        assert (first.funded, first.available) == (True, rupiah(6_000_000))
        assert service.hold(scope, rupiah(7_000_000), LETTER, letter, "extend").available == rupiah(3_000_000)
        assert service.hold(scope, rupiah(2_000_000), LETTER, letter, "less").available == rupiah(8_000_000)
        assert service.release(scope, LETTER, letter, "void").available == rupiah(10_000_000)
        assert queries.promised_for(scope, LETTER, letter).amount_minor == 0


def test_the_same_key_gives_the_same_answer(funded):
    letter = ids.new_id()
    with working_for(funded.id) as scope:
        first = service.hold(scope, rupiah(4_000_000), LETTER, letter, "issue")
    with working_for(funded.id) as scope:
        make_deposit(scope, rupiah(1_000_000))
        assert service.hold(scope, rupiah(4_000_000), LETTER, letter, "issue") == first
        assert queries.balance(scope).held_minor == 4_000_000_00
        with pytest.raises(Conflict, match=r"funds\.hold_differs"):
            service.hold(scope, rupiah(5_000_000), LETTER, letter, "issue")


def test_what_the_fund_does_not_cover_is_refused_with_the_figures(funded):
    with working_for(funded.id) as scope:
        service.hold(scope, rupiah(9_000_000), LETTER, ids.new_id(), "one")
        with pytest.raises(RuleRefused, match=r"funds\.insufficient") as refused:
            service.hold(scope, rupiah(1_500_000), LETTER, ids.new_id(), "two")
        assert refused.value.figures == {
            "wanted": rupiah(1_500_000),
            "available": rupiah(1_000_000),
            "missing": rupiah(500_000),
        }
        assert _available(scope) == 1_000_000


@pytest.mark.requirement("S0-6")
def test_a_contract_may_let_promises_go_beyond_the_fund(app):
    client = make_client(terms={"fund_shortfall": "allow"})
    with working_for(client.id) as scope:
        make_fund(scope, deposit=rupiah(1_000_000))
        promised = service.hold(scope, rupiah(3_000_000), LETTER, ids.new_id(), "one")
        assert (promised.funded, promised.available) == (False, rupiah(-2_000_000))


def test_a_client_without_a_fund_promises_unfunded_and_is_never_refused(client):
    with working_for(client.id) as scope:
        promised = service.hold(scope, rupiah(3_000_000), LETTER, ids.new_id(), "one")
        assert (promised.funded, promised.amount) == (False, rupiah(3_000_000))
        assert queries.balance(scope).held_minor == 3_000_000_00


def test_a_promise_becomes_a_debt_without_being_counted_twice(funded):
    letter, claim, clinic, member = (ids.new_id() for _ in range(4))
    with working_for(funded.id) as scope:
        service.hold(scope, rupiah(9_500_000), LETTER, letter, "issue")
        lines = claim_approved(rupiah(8_000_000), rupiah(250_000), Account.PAYABLE_PROVIDER, clinic, member)
        converts = service.Converted(Source(LETTER, letter))
        posted = service.post(scope, claim, lines, "claim_approved", Source("claim", claim), converts=converts)
        assert posted.available == rupiah(1_750_000)
        sums = queries.balance(scope)
        assert (sums.held_minor, sums.owed_minor, sums.receivable_excess_minor) == (0, 8_250_000_00, 250_000_00)


def test_an_interim_bill_leaves_the_rest_promised(funded):
    letter, claim, clinic = ids.new_id(), ids.new_id(), ids.new_id()
    with working_for(funded.id) as scope:
        service.hold(scope, rupiah(6_000_000), LETTER, letter, "issue")
        lines = claim_approved(rupiah(2_000_000), rupiah(0), Account.PAYABLE_PROVIDER, clinic, clinic)
        converts = service.Converted(Source(LETTER, letter), leaves=rupiah(4_000_000))
        service.post(scope, claim, lines, "claim_approved", Source("claim", claim), converts=converts)
        assert (queries.balance(scope).held_minor, _available(scope)) == (4_000_000_00, 4_000_000)


def test_an_entry_is_posted_once_and_another_under_its_id_is_refused(funded):
    entry, source = ids.new_id(), Source("claim", ids.new_id())
    lines = claim_approved(rupiah(100_000), rupiah(0), Account.PAYABLE_MEMBER, source.id, source.id)
    with working_for(funded.id) as scope:
        assert not service.post(scope, entry, lines, "claim_approved", source).repeated
    with working_for(funded.id) as scope:
        assert service.post(scope, entry, lines, "claim_approved", source).repeated
        assert queries.balance(scope).payable_member_minor == -100_000_00
        with pytest.raises(Conflict, match=r"funds\.entry_differs"):
            service.post(scope, entry, lines, "another_reason", source)


def test_a_mistake_is_taken_back_by_its_mirror_image_once(funded):
    entry, source = ids.new_id(), Source("claim", ids.new_id())
    lines = claim_approved(rupiah(100_000), rupiah(0), Account.PAYABLE_MEMBER, source.id, source.id)
    with working_for(funded.id) as scope:
        service.post(scope, entry, lines, "claim_approved", source)
        service.reverse(scope, entry, "wrong_member")
        assert service.reverse(scope, entry, "wrong_member").repeated
        assert (queries.balance(scope).payable_member_minor, _available(scope)) == (0, 10_000_000)
        assert queries.entry(scope, entry).reason == "claim_approved"


@pytest.mark.parametrize(
    "lines",
    [
        [debit(Account.BANK, rupiah(5)), credit(Account.DEPOSIT, rupiah(4))],
        [debit(Account.BANK, rupiah(5))],
        [debit(Account.BANK, rupiah(0)), credit(Account.DEPOSIT, rupiah(0))],
    ],
)
def test_an_entry_that_does_not_balance_is_refused(funded, lines):
    with working_for(funded.id) as scope, pytest.raises(RuleRefused, match=r"funds\.unbalanced"):
        service.post(scope, ids.new_id(), lines, "deposit", Source("deposit", ids.new_id()))


def test_no_more_is_paid_than_the_bank_account_holds(funded):
    clinic = ids.new_id()
    lines = paid(Account.PAYABLE_PROVIDER, rupiah(10_000_001), clinic)
    with working_for(funded.id) as scope, pytest.raises(RuleRefused, match=r"funds\.overdrawn"):
        service.post(scope, ids.new_id(), lines, "paid", Source("payment", clinic))


def _entry(client, lines: int = 2):
    return {
        "client_id": client.id,
        "id": ids.new_id(),
        "posted_on": "2026-11-28",
        "currency": "IDR",
        "reason": "by_hand",
        "source_type": "test",
        "source_id": ids.new_id(),
        "line_count": lines,
        "digest": "x",
        "available_minor": 0,
        "actor_role": "system",
    }


def _line(entry, position, amount):
    named = {"client_id": entry["client_id"], "entry_id": entry["id"], "position": position}
    return named | {"account": "bank" if position == 1 else "deposit", "amount_minor": amount}


@pytest.mark.parametrize("amounts", [(5, -4), (5,), ()], ids=["another sum", "one side", "no lines"])
def test_the_database_itself_keeps_out_what_does_not_balance(funded, amounts):
    """Whoever writes past the service meets the deferred trigger when they commit."""
    entry = _entry(funded)

    def write_by_hand() -> None:
        with working_for(funded.id) as scope:
            scope.session.execute(insert(LedgerEntry).values(entry))
            for position, amount in enumerate(amounts, 1):
                scope.session.execute(insert(LedgerLine).values(_line(entry, position, amount)))

    with pytest.raises(DatabaseError, match="does not balance"):
        write_by_hand()


@pytest.mark.parametrize("places", [(3, 4), (0, -1), (1, 2)], ids=["behind", "before", "in their places"])
def test_nothing_is_added_to_an_entry_that_stands(funded, places):
    with working_for(funded.id) as scope:
        entry = _entry(funded)
        scope.session.execute(insert(LedgerEntry).values(entry))
        scope.session.execute(insert(LedgerLine).values([_line(entry, 1, 5), _line(entry, 2, -5)]))
    added = [_line(entry, place, amount) for place, amount in zip(places, (7, -7), strict=True)]
    with pytest.raises(DatabaseError, match="no place for another|duplicate key"), working_for(funded.id) as scope:
        scope.session.execute(insert(LedgerLine).values(added))


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_line", "fund_hold_step", "fund_deposit"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET client_id = client_id", "DELETE FROM {}"])
def test_the_application_can_only_add(funded, table, verb):
    with pytest.raises(DatabaseError, match="permission denied"), working_for(funded.id) as scope:
        scope.session.execute(text(verb.format(table)))


@pytest.mark.parametrize(
    "verb", ["UPDATE ledger_line SET amount_minor = 1", "DELETE FROM ledger_entry", "TRUNCATE ledger_line"]
)
def test_not_even_the_owner_changes_what_is_posted(funded, database_urls, verb):
    with psycopg.connect(database_urls[1]) as owner, pytest.raises(psycopg.Error, match=r"never changed|row-level"):
        owner.execute(verb)


def test_the_sums_are_the_databases_to_write(funded):
    with pytest.raises(DatabaseError, match="permission denied"), working_for(funded.id) as scope:
        scope.session.execute(text("UPDATE fund_balance SET bank_minor = 0"))


def test_another_clients_lock_cannot_be_asked_for(funded, client):
    with pytest.raises(psycopg.Error, match="another client"), working_for(make_client().id) as scope:
        scope.unit.raw().execute("SELECT fund_gate(%s, 'IDR')", (funded.id,))


@pytest.mark.requirement("S0-41")
def test_fifty_writers_promise_no_rupiah_twice(funded):
    """Ten million is there; fifty ask for three hundred thousand each: 33 get it, and the rest is what is left."""

    def ask(number: int) -> bool:
        try:
            with working_for(funded.id) as scope:
                service.hold(scope, rupiah(300_000), LETTER, ids.new_id(), f"writer {number}")
        except RuleRefused:
            return False
        return True

    with ThreadPoolExecutor(10) as writers:
        promised = sum(writers.map(ask, range(50)))
    with working_for(funded.id) as scope:
        assert (promised, _available(scope)) == (33, 100_000)


def test_one_clients_money_is_never_anothers(funded, client):
    other = make_client()
    with working_for(other.id) as scope:
        make_fund(scope)
        assert queries.balance(scope) is None
        with pytest.raises(RuleRefused, match=r"funds\.insufficient"):
            service.hold(scope, rupiah(1), LETTER, ids.new_id(), "one")


def test_the_same_receipt_is_not_recorded_twice(funded):
    with working_for(funded.id) as scope:
        known = queries.latest_deposit(scope)
        with pytest.raises(Conflict, match=r"funds\.receipt_known"):
            service.record_deposit(scope, rupiah(1), known.received_on, known.reference)


def test_a_top_up_adds_to_the_bank(funded):
    with working_for(funded.id) as scope:
        service.post(scope, ids.new_id(), deposit_received(rupiah(5)), "deposit", Source("deposit", ids.new_id()))
        assert queries.balance(scope).bank_minor == 10_000_005_00
