"""What the bank says happened: taken in once, settled where it is clear, in suspense and with a person where not."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from backend.access import Scope
from backend.audit import service as audit
from backend.errors import Conflict, InvalidShape, RuleRefused
from backend.funds import accounts, ledger, queries
from backend.funds.bank_files import statements
from backend.funds.bank_files.statements import Booked, Statement
from backend.funds.excess_clock import open_amount
from backend.funds.models import BankLine, BankStatement, Excess, Fund
from backend.funds.rules import bank as rules
from backend.funds.rules.chart import Account, Source, credit, debit, unidentified
from backend.funds.rules.matching import Movement, OpenExcess, match
from backend.funds.service.debits import explain_debit
from backend.funds.service.deposits import keep_receipt
from backend.funds.service.excess import receive
from backend.funds.service.posting import post
from backend.funds.service.settling import settle
from backend.kit import ids
from backend.kit.money import Money


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of a movement."""

    became: str | None
    excess_id: UUID | None = None
    payment_id: UUID | None = None
    proposals: tuple[UUID, ...] = ()


def take_in_statement(scope: Scope, upload: Callable[[], bytes]) -> BankStatement:
    """Take in a statement of the dedicated account: camt.053, MT940 or a table (S1-82..S1-86).

    The same file again answers with what it brought the first time, and movements that an earlier statement brought
    are left out. Raises RuleRefused ``funds.not_open``, ``funds.file_unreadable``, ``funds.other_account``,
    ``funds.statement_incomplete``.
    """
    fund = queries.open_fund(scope)
    data = upload()
    digest = hashlib.sha256(data).hexdigest()
    known = queries.statement_by_digest(scope, digest)
    if known is not None:
        return known
    read = statements.read(data, fund.currency)
    _check(fund, read)
    marked = list(_marked(fund, read))
    there = queries.known_fingerprints(scope, [mark for mark, _ in marked])
    row = BankStatement(
        client_id=scope.client_id,
        id=ids.new_id(),
        form=read.form,
        digest=digest,
        lines=len(marked),
        known_lines=len(there),
        closing_minor=read.closing.amount_minor if read.closing else None,
        uploaded_by=scope.actor.id,
    )
    scope.session.add(row)
    scope.session.flush()
    for mark, booked in marked:
        if mark not in there:
            _place(scope, row, mark, booked)
    audit.record(scope, "create", "bank_statement", row.id)
    return row


def _check(fund: Fund, read: Statement) -> None:
    number = accounts.opened("fund", fund.id, fund.account_cipher)
    if read.account is not None and not rules.same_account(read.account, number):
        raise RuleRefused(rules.OTHER_ACCOUNT)
    if any(line.amount.currency != fund.currency for line in read.lines) or not read.adds_up:
        raise RuleRefused(rules.STATEMENT_INCOMPLETE)


def _marked(fund: Fund, read: Statement) -> Iterator[tuple[str, Booked]]:
    """Each movement with what makes it the same in two statements; two alike on one day are two."""
    seen: Counter[tuple[object, ...]] = Counter()
    for line in read.lines:
        if not line.amount:
            continue
        facts = (line.on, line.amount.amount_minor, line.reference, " ".join(line.text.split()))
        seen[facts] += 1
        yield ledger.digest_of([str(fund.id), *map(str, facts), seen[facts]]), line


def _place(scope: Scope, statement: BankStatement, mark: str, booked: Booked) -> None:
    entry_id = ledger.entry_id_of(scope, "bank_line", mark)
    line_id = ids.new_id()
    left = booked.amount.amount_minor < 0
    placed = _went(scope, booked) if left else _came(scope, booked, entry_id, line_id)
    scope.session.add(
        BankLine(
            client_id=scope.client_id,
            id=line_id,
            statement_id=statement.id,
            fingerprint=mark,
            booked_on=booked.on,
            amount_minor=booked.amount.amount_minor,
            currency=booked.amount.currency,
            reference=booked.reference,
            text=booked.text,
            state="matched" if placed.became else "review",
            became=placed.became,
            excess_id=placed.excess_id,
            payment_id=placed.payment_id,
            proposals=[str(one) for one in placed.proposals],
        )
    )
    scope.session.flush()


def _went(scope: Scope, booked: Booked) -> Placed:
    """Money that left: one of our transfers by its reference, else for a person to explain.

    A transfer that the bank reported as paid before is settled already: the movement is only its proof.
    """
    written = f"{booked.reference} {booked.text}"
    for payment in queries.unproved_payments(scope, -booked.amount.amount_minor):
        if payment.reference in written:
            settle(scope, payment, True, booked.on, None)
            return Placed("payment", payment_id=payment.id)
    return Placed(None)


def _came(scope: Scope, booked: Booked, entry_id: UUID, line_id: UUID) -> Placed:
    """Money that arrived: a deposit that finance recorded, an excess by its number, else suspense (S1-86)."""
    receipt = queries.deposit_by_reference(scope, booked.reference) if booked.reference else None
    if receipt is not None and receipt.amount_minor == booked.amount.amount_minor:
        return Placed("deposit")
    running = queries.running_excesses(scope, lock=False)
    company = ledger.client_of(scope).name
    found = match(Movement(booked.amount, booked.text), list(_candidates(scope, running)), company)
    if found.settles is not None:
        receive(scope, queries.excess(scope, found.settles), booked.amount, entry_id, booked.on)
        return Placed("excess", excess_id=found.settles)
    post(scope, entry_id, unidentified(booked.amount), "unidentified", Source("bank_line", line_id), on=booked.on)
    return Placed(None, proposals=found.proposals)


def _candidates(scope: Scope, running: list[Excess]) -> Iterator[OpenExcess]:
    employees = queries.employees_of(scope, [row.member_id for row in running])
    for row in running:
        yield OpenExcess(row.id, (row.number,), employees[row.member_id].full_name, open_amount(row))


def assign_line(scope: Scope, line_id: UUID, became: str, excess_id: UUID | None = None) -> BankLine:
    """A person says what unclear money is: an excess, a deposit, sent back; or why money left without an order of ours.

    Raises NotFound, Conflict when it is placed already, RuleRefused ``funds.only_money_that_came``,
    ``funds.only_money_that_left``, ``funds.more_than_owed``, ``funds.nothing_sent_back``.
    """
    line = queries.bank_line(scope, line_id)
    if line.state != "review":
        raise Conflict(rules.LINE_PLACED)
    if (became == "excess") != (excess_id is not None):
        raise InvalidShape(figures={"excess_id": ["an excess is named, nothing else is"]})
    left = line.amount_minor < 0
    if left != (became in rules.MONEY_THAT_LEFT):
        raise RuleRefused(rules.ONLY_MONEY_THAT_CAME if left else rules.ONLY_MONEY_THAT_LEFT)
    if left:
        explain_debit(scope, line, became)
    else:
        _place_money(scope, line, became, excess_id)
    line.state, line.became, line.decided_by = "matched", became, scope.actor.id
    scope.session.flush()
    audit.record(scope, "update", "bank_line", line.id, fields=["became"])
    return line


def _place_money(scope: Scope, line: BankLine, became: str, excess_id: UUID | None) -> None:
    amount, today = Money(line.amount_minor, line.currency), ledger.today_of(scope)
    entry_id = ledger.entry_id_of(scope, "assign", line.id)
    if became == "excess" and excess_id is not None:
        receive(scope, queries.excess(scope, excess_id), amount, entry_id, today, from_suspense=True)
        line.excess_id = excess_id
    elif became == "deposit":
        lines = [debit(Account.SUSPENSE, amount), credit(Account.DEPOSIT, amount)]
        post(scope, entry_id, lines, "deposit", Source("bank_line", line.id), on=today)
        keep_receipt(scope, entry_id, amount, line.booked_on, line.reference or f"line {line.id}")
    else:
        _send_back(scope, line, amount, entry_id, today)


def _send_back(scope: Scope, line: BankLine, amount: Money, entry_id: UUID, on: date) -> None:
    lines = [debit(Account.SUSPENSE, amount), credit(Account.BANK, amount)]
    post(scope, entry_id, lines, "returned", Source("bank_line", line.id), on=on)
