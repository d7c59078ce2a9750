"""The money of the demo: a fund with deposits, two months of paid claims, what waits, an excess, unclear movements."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from backend.access import SYSTEM, Actor, Role, Scope, working_for
from backend.accounts import queries as accounts
from backend.clients.registry import ClientFacts
from backend.funds import ledger, queries, service
from backend.funds.rules.chart import Source
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.kit.reference_numbers import Kind, new_number
from backend.members import queries as members
from backend.providers import queries as providers

_BEGAN, _TOPPED_UP = 75, 12
"""Days ago."""
_PAID = ((45, (68, 61, 54)), (15, (40, 33, 26)))
"""A payment run so many days ago, and the days of what it paid."""
_WAITING = (8, 3)
_CARE = ("outpatient", "outpatient", "outpatient", "dental", "optical")


@dataclass(frozen=True, slots=True)
class _Books:
    """Whose money it is, who works with it, and what the cast says about it."""

    client: ClientFacts
    facts: dict[str, Any]
    employees: list[UUID]
    finance: Actor
    admin: Actor

    def money(self, tenths: int) -> Money:
        """So many tenths of a usual claim."""
        return Money.of_major(self.facts["usual"], self.client.currency).share(tenths, 10)

    @contextmanager
    def as_of(self, days_ago: int, actor: Actor) -> Iterator[Scope]:
        """Work as somebody, so many days ago."""
        with clock.at(clock.now() - timedelta(days=days_ago)), working_for(self.client.id, actor) as scope:
            yield scope


def bring(client: ClientFacts, facts: dict[str, Any], employee_numbers: list[str], hospital: tuple[str, str]) -> None:
    """Everything of the fund, where there is none yet and the staff is there; ``hospital`` is a country and a code."""
    with working_for(client.id, SYSTEM) as scope:
        if queries.fund(scope) is not None:
            return
        posts = {link.role: staff.id for staff, link in accounts.staff_of_client(scope)}
        employees = [members.employee_by_number(scope, number) for number in employee_numbers]
        place = providers.by_code(scope, hospital[0], [hospital[1]])[hospital[1]].id
    finance, admin = (Actor(role, id=posts[role.value]) for role in (Role.FINANCE, Role.ADMIN))
    books = _Books(client, facts, [one.id for one in employees if one is not None], finance, admin)
    _open(books)
    for run_ago, days in _PAID:
        for day in days:
            _approve(books, day)
        _pay(books, run_ago)
    with books.as_of(_TOPPED_UP, finance) as scope:
        service.record_deposit(scope, books.money(200), ledger.today_of(scope), "TOPUP-1")
    for day in _WAITING:
        _approve(books, day)
    _ask_back(books, place)
    _say_what_the_bank_says(books)


def _open(books: _Books) -> None:
    yearly = Money.of_major(books.facts["yearly"], books.client.currency)
    with books.as_of(_BEGAN, books.finance) as scope:
        service.open_fund(scope, yearly, **books.facts["account"])
        service.record_deposit(scope, yearly.share(3, 12), ledger.today_of(scope), "DEPOSIT-1")
        account_id = service.give_account(scope, "company", **books.facts["company_account"]).id
    with books.as_of(_BEGAN, books.admin) as scope:
        service.confirm_account(scope, account_id)


def _approve(books: _Books, days_ago: int) -> None:
    """Some claims of a day: every other employee, each with an amount of their own."""
    with books.as_of(days_ago, SYSTEM) as scope:
        year = ledger.today_of(scope).year
        for place, employee_id in enumerate(books.employees):
            if (place + days_ago) % 2:
                continue
            owed = service.Owed(
                Source("demo_claim", ids.new_id()),
                service.Payee.MEMBER,
                employee_id,
                books.money(6 + (place * 7 + days_ago) % 23),
                reference=new_number(Kind.CLAIM, year),
                category=_CARE[(place + days_ago) % len(_CARE)],
                member_id=employee_id,
            )
            service.owe(scope, owed)


def _pay(books: _Books, days_ago: int) -> None:
    """A run that two people let go and the bank carried out."""
    with books.as_of(days_ago, books.finance) as scope:
        run_id = service.prepare_run(scope, ledger.today_of(scope)).id
    with books.as_of(days_ago, books.admin) as scope:
        service.approve_run(scope, run_id)
    with books.as_of(days_ago, books.finance) as scope:
        service.send_run(scope, run_id)
        sent = [payment.reference for payment in queries.payments_of(scope, run_id)]
        answer = "\n".join(["reference,status", *(f"{reference},paid" for reference in sent)])
        service.record_statuses(scope, run_id, answer.encode)


def _ask_back(books: _Books, hospital_id: UUID) -> None:
    """A stay that cost more than the plan bears: the letter is of today."""
    items = tuple(
        service.ExcessLine(one["what"], "excess", books.money(one["tenths"])) for one in books.facts["excess"]
    )
    with books.as_of(0, SYSTEM) as scope:
        owed = service.Owed(
            Source("demo_bill", ids.new_id()),
            service.Payee.PROVIDER,
            hospital_id,
            books.money(180),
            reference=new_number(Kind.CLAIM, ledger.today_of(scope).year),
            category="inpatient",
            excess=sum((item.amount for item in items), start=Money.zero(books.client.currency)),
            member_id=books.employees[0],
            excess_items=items,
        )
        service.owe(scope, owed)


def _say_what_the_bank_says(books: _Books) -> None:
    """A fee, and money that nobody can place yet."""
    with books.as_of(0, books.finance) as scope:
        today = ledger.today_of(scope).isoformat()
        rows = [f"{today},{books.money(5).major()},{books.facts['unclear']},IN-1"]
        rows.append(f"{today},{(-books.money(1)).major()},{books.facts['fee']},FEE-1")
        service.take_in_statement(scope, "\n".join(["date,amount,description,reference", *rows]).encode)
