"""When money is paid, which transfer it takes, and what keeps a payable out of a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from backend.clients.rules import Terms
from backend.kit.deadlines import WorkCalendar, elapsed_hours_after, working_day_on_or_after
from backend.kit.money import Money
from backend.kit.refusal import Refusal

SAME_PERSON = "funds.same_person"
WRONG_RUN_STATE = "funds.wrong_run_state"
NOTHING_TO_PAY = "funds.nothing_to_pay"
DAY_PAST = "funds.day_past"
ACCOUNT_MISSING = "funds.account_missing"
ACCOUNT_WAITING = "funds.account_waiting"
ACCOUNT_UNCONFIRMED = "funds.account_unconfirmed"
ALREADY_PAID = "funds.already_paid"

WAITING_HOURS = 24
"""An account that was given or changed is paid to only this much later: time for its owner to notice."""


class Payee(StrEnum):
    """Whom the plan owes."""

    PROVIDER = "provider"
    MEMBER = "member"
    CLIENT = "client"


class Destination(StrEnum):
    """Whose account money goes to; a member's reimbursement may go to the company's (S1-20)."""

    PROVIDER = "provider"
    MEMBER = "member"
    COMPANY = "company"


class PayableState(StrEnum):
    """How far an approved amount is."""

    OPEN = "open"
    IN_RUN = "in_run"
    PAID = "paid"
    REVERSED = "reversed"


class RunKind(StrEnum):
    """A run of the contract's calendar, or one in between."""

    SCHEDULED = "scheduled"
    ON_DEMAND = "on_demand"


class RunState(StrEnum):
    """A run's life."""

    PREPARED = "prepared"
    APPROVED = "approved"
    SENT = "sent"
    SETTLED = "settled"
    CANCELLED = "cancelled"


class PaymentState(StrEnum):
    """A transfer's life; a dropped one never left, a failed one came back."""

    PLANNED = "planned"
    SENT = "sent"
    PAID = "paid"
    FAILED = "failed"
    DROPPED = "dropped"


class Rail(StrEnum):
    """How a transfer travels."""

    BI_FAST = "bi_fast"
    RTGS = "rtgs"
    BANK = "bank"
    """Whatever the bank uses: outside Indonesia."""


_BI_FAST_MOST = Money.of_major(250_000_000, "IDR")


def rail_for(amount: Money) -> Rail:
    """The cheapest transfer that takes an amount: BI-FAST up to Rp 250 million, RTGS beyond."""
    if amount.currency != "IDR":
        return Rail.BANK
    return Rail.BI_FAST if amount <= _BI_FAST_MOST else Rail.RTGS


def run_days(year: int, month: int, terms: Terms, calendar: WorkCalendar) -> list[date]:
    """The days of a month on which is paid (S0-67): the contract's, each moved to the next working day."""
    return sorted({working_day_on_or_after(_day(year, month, day), calendar) for day in terms.payment_days})


def _day(year: int, month: int, day: int) -> date:
    """That day, or the month's last when it is shorter."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def next_run_on(after: date, terms: Terms, calendar: WorkCalendar) -> date:
    """The first payment day later than ``after``; a moved day belongs to the month it was meant for."""
    year, month = after.year, after.month
    days: list[date] = []
    for _ in range(3):
        days += run_days(year, month, terms, calendar)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return next(day for day in sorted(days) if day > after)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something owed and the last day on which it is paid in time (S1-29)."""

    payable_id: UUID
    settle_by: date


def would_be_late(promises: Iterable[Promise], next_run: date) -> list[Promise]:
    """What the next run of the calendar would pay too late: a run in between is needed for it."""
    return [promise for promise in promises if promise.settle_by < next_run]


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """Where money would go: since when, and whether a second person has confirmed it (None: nobody needs to)."""

    given_at: datetime
    confirmed: bool | None = None


def account_problem(account: AccountFacts | None, at: datetime) -> Refusal | None:
    """Why an account is not paid to at a moment: there is none, nobody confirmed it, or it is too new."""
    if account is None:
        return Refusal(ACCOUNT_MISSING)
    if account.confirmed is False:
        return Refusal(ACCOUNT_UNCONFIRMED)
    usable_from = elapsed_hours_after(account.given_at, WAITING_HOURS)
    return Refusal(ACCOUNT_WAITING, {"usable_from": usable_from}) if at < usable_from else None


def may_approve(prepared_by: UUID | None, actor_id: UUID | None) -> Refusal | None:
    """Whoever prepared a run does not approve it."""
    return Refusal(SAME_PERSON) if actor_id is None or actor_id == prepared_by else None
