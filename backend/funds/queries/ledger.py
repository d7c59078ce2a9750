"""Every SELECT of the funds domain."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from backend.access import Scope
from backend.errors import RuleRefused
from backend.funds.models import Fund, FundBalance, FundDeposit, FundHoldStep, LedgerEntry, LedgerLine
from backend.funds.rules.chart import Account, Line
from backend.funds.rules.deposits import NOT_OPEN
from backend.kit.money import Money


def fund(scope: Scope) -> Fund | None:
    """The client's fund, None while it keeps none with us."""
    return scope.session.scalar(select(Fund).where(Fund.client_id == scope.client_id))


def open_fund(scope: Scope) -> Fund:
    """The same; raises RuleRefused ``funds.not_open`` while there is none."""
    found = fund(scope)
    if found is None:
        raise RuleRefused(NOT_OPEN)
    return found


def deposits(scope: Scope, limit: int = 50) -> list[FundDeposit]:
    """What the client sent for its fund, the latest first."""
    wanted = select(FundDeposit).where(FundDeposit.client_id == scope.client_id)
    return list(
        scope.session.scalars(
            wanted.order_by(FundDeposit.received_on.desc(), FundDeposit.created_at.desc()).limit(limit)
        )
    )


def latest_deposit(scope: Scope) -> FundDeposit | None:
    """The receipt that was recorded last."""
    wanted = select(FundDeposit).where(FundDeposit.client_id == scope.client_id)
    return scope.session.scalar(wanted.order_by(FundDeposit.created_at.desc(), FundDeposit.id).limit(1))


def deposit_by_reference(scope: Scope, reference: str) -> FundDeposit | None:
    """The receipt with the bank's reference."""
    wanted = select(FundDeposit).where(FundDeposit.client_id == scope.client_id, FundDeposit.reference == reference)
    return scope.session.scalar(wanted)


def balance(scope: Scope) -> FundBalance | None:
    """The sums of the client's ledger as they stand; None while nothing was posted or promised."""
    wanted = select(FundBalance).where(FundBalance.client_id == scope.client_id)
    return scope.session.scalar(wanted.execution_options(populate_existing=True))


def entry(scope: Scope, entry_id: UUID) -> LedgerEntry | None:
    """One entry."""
    return scope.session.get(LedgerEntry, (scope.client_id, entry_id))


def entry_of(scope: Scope, entry_id: UUID) -> LedgerEntry:
    """The same where it must be there."""
    return scope.session.get_one(LedgerEntry, (scope.client_id, entry_id))


def lines_of(scope: Scope, entry: LedgerEntry) -> list[Line]:
    """The sides of an entry in order."""
    wanted = (
        select(LedgerLine)
        .where(LedgerLine.client_id == scope.client_id, LedgerLine.entry_id == entry.id)
        .order_by(LedgerLine.position)
    )
    return [
        Line(Account(row.account), Money(row.amount_minor, entry.currency), row.subject_id)
        for row in scope.session.scalars(wanted)
    ]


def promised_for(scope: Scope, source_type: str, source_id: UUID) -> FundHoldStep | None:
    """The newest step of what is promised for a source."""
    wanted = (
        select(FundHoldStep)
        .where(
            FundHoldStep.client_id == scope.client_id,
            FundHoldStep.source_type == source_type,
            FundHoldStep.source_id == source_id,
        )
        .order_by(FundHoldStep.sequence.desc())
        .limit(1)
    )
    return scope.session.scalar(wanted)
