"""Whatever happens in whatever order, and at once: the books agree and no rupiah is promised or paid twice."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from backend.access import working_for
from backend.errors import Conflict, RuleRefused
from backend.funds import queries, service
from backend.funds.invariants import findings
from backend.funds.rules.chart import Source, check_lines, claim_approved, reversed_lines
from backend.funds.service import Account
from backend.kit import ids
from backend.kit.money import Money
from tests.factories.clients import make_client
from tests.factories.funds import make_deposit, make_fund, make_payable, rupiah

LETTER = "guarantee_letter"
amounts = st.integers(min_value=1, max_value=4_000_000)


@dataclass
class Model:
    """The same fund in four numbers and a dictionary."""

    bank: int = 0
    owed: int = 0
    held: dict[UUID, int] = field(default_factory=dict)

    @property
    def free(self) -> int:
        return self.bank - self.owed - sum(self.held.values())


class FundMachine(RuleBasedStateMachine):
    """Deposits, promises, approvals, conversions and reversals in any order, against the model."""

    @initialize(deposit=amounts)
    def open(self, deposit: int) -> None:
        self.client = make_client()
        self.model = Model()
        self.letters = [ids.new_id() for _ in range(3)]
        self.payables: list[tuple[UUID, int]] = []
        with working_for(self.client.id) as scope:
            make_fund(scope)
        self.deposit(deposit)

    @rule(amount=amounts)
    def deposit(self, amount: int) -> None:
        with working_for(self.client.id) as scope:
            make_deposit(scope, rupiah(amount))
        self.model.bank += amount

    @rule(amount=st.integers(min_value=0, max_value=4_000_000), which=st.integers(0, 2))
    def promise(self, amount: int, which: int) -> None:
        letter = self.letters[which]
        more = amount - self.model.held.get(letter, 0)
        try:
            with working_for(self.client.id) as scope:
                service.hold(scope, rupiah(amount), LETTER, letter, ids.new_id().hex)
        except RuleRefused:
            assert more > self.model.free
        else:
            assert more <= self.model.free or more <= 0
            self.model.held[letter] = amount

    @rule(which=st.integers(0, 2))
    def release(self, which: int) -> None:
        with working_for(self.client.id) as scope:
            service.release(scope, LETTER, self.letters[which], ids.new_id().hex)
        self.model.held.pop(self.letters[which], None)

    @rule(amount=amounts, which=st.integers(0, 2))
    def convert(self, amount: int, which: int) -> None:
        letter = self.letters[which]
        claim, clinic = ids.new_id(), ids.new_id()
        lines = claim_approved(rupiah(amount), rupiah(0), Account.PROFIT_SHARE, clinic, clinic)
        free_with_it = self.model.free + self.model.held.get(letter, 0)
        source = Source("claim", claim)
        converts = service.Converted(Source(LETTER, letter))
        try:
            with working_for(self.client.id) as scope:
                service.post(scope, claim, lines, "claim_approved", source, converts=converts)
        except RuleRefused:
            assert amount > free_with_it
        else:
            self.model.owed += amount
            self.model.held.pop(letter, None)

    @rule(amount=amounts)
    def approve(self, amount: int) -> None:
        try:
            with working_for(self.client.id) as scope:
                payable = make_payable(scope, self.client.id, rupiah(amount), payee=service.Payee.CLIENT)
        except RuleRefused:
            assert amount > self.model.free
        else:
            self.model.owed += amount
            self.payables.append((payable.id, amount))

    @rule()
    def take_back(self) -> None:
        if self.payables:
            payable, amount = self.payables.pop()
            with working_for(self.client.id) as scope:
                service.take_back(scope, payable, "mistake")
            self.model.owed -= amount

    @invariant()
    def the_books_agree(self) -> None:
        if not hasattr(self, "client"):
            return
        with working_for(self.client.id) as scope:
            assert findings(scope) == []
            sums = queries.balance(scope)
            assert sums is not None
            assert sums.available_minor == self.model.free * 100
            assert sums.available_minor >= 0


@pytest.mark.requirement("S0-41")
@pytest.mark.usefixtures("app")
class TestFund(FundMachine.TestCase):
    settings = settings(max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))


@given(
    plan=st.integers(min_value=0, max_value=10**15),
    excess=st.integers(min_value=0, max_value=10**15),
    account=st.sampled_from([Account.PAYABLE_PROVIDER, Account.PAYABLE_MEMBER]),
)
def test_every_approval_balances_and_so_does_its_mirror_image(plan, excess, account):
    someone = ids.new_id()
    lines = claim_approved(Money(plan, "IDR"), Money(excess, "IDR"), account, someone, someone)
    if plan + excess:
        assert check_lines(lines) is None
        assert check_lines(reversed_lines(lines)) is None
        assert reversed_lines(reversed_lines(lines)) == lines


@pytest.mark.requirement("S0-41")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_writers_at_once_leave_books_that_agree(app, seed):
    """Ten writers promise, approve, convert, release and repeat each other's keys on one fund."""
    client = make_client()
    with working_for(client.id) as scope:
        make_fund(scope, deposit=rupiah(30_000_000))
    letters = [ids.new_id() for _ in range(4)]

    def write(number: int) -> None:
        chance = random.Random(seed * 100 + number)
        for step in range(8):
            amount, letter = rupiah(chance.randint(1, 2_000_000)), chance.choice(letters)
            key = f"{number % 5}:{step}"  # two writers share each key
            try:
                with working_for(client.id) as scope:
                    match chance.randrange(4):
                        case 0:
                            service.hold(scope, amount, LETTER, letter, key)
                        case 1:
                            service.release(scope, LETTER, letter, key)
                        case 2:
                            make_payable(scope, client.id, amount, payee=service.Payee.CLIENT)
                        case _:
                            entry = ids.new_id()
                            lines = claim_approved(amount, rupiah(0), Account.PROFIT_SHARE, letter, letter)
                            converts = service.Converted(Source(LETTER, letter))
                            service.post(scope, entry, lines, "claim", Source("claim", entry), converts=converts)
            except (RuleRefused, Conflict):
                continue

    with ThreadPoolExecutor(10) as writers:
        list(writers.map(write, range(10)))
    with working_for(client.id) as scope:
        assert findings(scope) == []
        assert queries.balance(scope).available_minor >= 0
