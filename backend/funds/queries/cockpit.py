"""Every SELECT of the cockpit and of the month's statement. No illness and no name is read."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from backend.access import Scope
from backend.funds.models import LedgerEntry, LedgerLine, Payable, PayableState
from backend.funds.rules.chart import Account
from backend.funds.rules.cockpit import Group
from backend.kit.money import Money


def approved_by_category(scope: Scope, first: date, last: date, currency: str) -> list[Group]:
    """What was approved in a period by kind of care: the plan's part, for how many people."""
    wanted = (
        select(
            Payable.category,
            func.count(Payable.member_id.distinct()),
            func.count(),
            func.sum(Payable.plan_minor),
        )
        .where(
            Payable.client_id == scope.client_id,
            Payable.approved_on.between(first, last),
            Payable.state != PayableState.REVERSED,
            Payable.member_id.is_not(None),
        )
        .group_by(Payable.category)
    )
    return [Group(row[0], row[1], row[2], Money(int(row[3]), currency)) for row in scope.session.execute(wanted)]


def approved_by_day(scope: Scope, first: date, last: date) -> dict[date, int]:
    """The plan's part that was approved on each day that had any, in minor units."""
    wanted = (
        select(Payable.approved_on, func.sum(Payable.plan_minor))
        .where(
            Payable.client_id == scope.client_id,
            Payable.approved_on.between(first, last),
            Payable.state != PayableState.REVERSED,
        )
        .group_by(Payable.approved_on)
    )
    return {row[0]: int(row[1]) for row in scope.session.execute(wanted)}


def bank_before(scope: Scope, day: date) -> int:
    """What lay on the account before a day, in minor units."""
    wanted = _bank(scope).where(LedgerEntry.posted_on < day).with_only_columns(func.sum(LedgerLine.amount_minor))
    return int(scope.session.scalar(wanted) or 0)


def bank_by_reason(scope: Scope, first: date, last: date) -> dict[str, int]:
    """What moved on the account in a period, by the reason of the entry, in minor units."""
    wanted = (
        _bank(scope)
        .where(LedgerEntry.posted_on.between(first, last))
        .with_only_columns(LedgerEntry.reason, func.sum(LedgerLine.amount_minor))
        .group_by(LedgerEntry.reason)
    )
    return {row[0]: int(row[1]) for row in scope.session.execute(wanted)}


def paid_by_month(scope: Scope, first: date) -> dict[date, int]:
    """What left the account for payments since a day, by the first of the month, in minor units."""
    month = func.date_trunc("month", LedgerEntry.posted_on).label("month")
    wanted = (
        _bank(scope)
        .where(LedgerEntry.posted_on >= first, LedgerEntry.reason.in_(["paid", "payment_returned"]))
        .with_only_columns(month, -func.sum(LedgerLine.amount_minor))
        .group_by(month)
    )
    return {row[0].date(): int(row[1]) for row in scope.session.execute(wanted)}


def _bank(scope: Scope):  # type: ignore[no-untyped-def]  # SQLAlchemy's types change with the columns
    return (
        select(LedgerLine.entry_id)
        .join(
            LedgerEntry,
            (LedgerEntry.client_id == LedgerLine.client_id) & (LedgerEntry.id == LedgerLine.entry_id),
        )
        .where(LedgerLine.client_id == scope.client_id, LedgerLine.account == Account.BANK.value)
    )
