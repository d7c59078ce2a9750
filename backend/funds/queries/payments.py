"""Every SELECT about what is owed and how it is paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, tuple_

from backend.access import Scope
from backend.errors import NotFound
from backend.funds.models import Payable, PayableState, PayeeAccount, Payment, PaymentItem, PaymentRun
from backend.funds.rules.chart import Source
from backend.gathering import remembered
from backend.kit.pages import Cursor
from backend.members.models import BankAccount, Member
from backend.providers.models import Provider


def payable(scope: Scope, payable_id: UUID) -> Payable:
    """One payable, locked until the transaction ends; raises NotFound."""
    wanted = select(Payable).where(Payable.client_id == scope.client_id, Payable.id == payable_id).with_for_update()
    found = scope.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def payable_of_entry(scope: Scope, entry_id: UUID) -> Payable | None:
    """The payable that an approval made."""
    wanted = select(Payable).where(Payable.client_id == scope.client_id, Payable.entry_id == entry_id)
    return scope.session.scalar(wanted)


@remembered
def times_taken_back(scope: Scope, source: Source, payee: str, payee_id: UUID) -> int:
    """How often an approval of this source for this payee was taken back."""
    wanted = select(func.count()).where(
        Payable.client_id == scope.client_id,
        Payable.source_type == source.type,
        Payable.source_id == source.id,
        Payable.payee == payee,
        Payable.payee_id == payee_id,
        Payable.state == PayableState.REVERSED,
    )
    return scope.session.scalar(wanted) or 0


def payables(scope: Scope, state: str | None = None, *, after: Cursor | None = None, limit: int = 50) -> list[Payable]:
    """What is or was owed, the newest first."""
    wanted = select(Payable).where(Payable.client_id == scope.client_id)
    if state is not None:
        wanted = wanted.where(Payable.state == state)
    if after is not None:
        wanted = wanted.where(tuple_(Payable.created_at, Payable.id) < (after.moment, after.id))
    return list(scope.session.scalars(wanted.order_by(Payable.created_at.desc(), Payable.id.desc()).limit(limit)))


def open_payables(scope: Scope, *, lock: bool = False) -> list[Payable]:
    """What waits to be paid, the nearest promise first."""
    wanted = (
        select(Payable)
        .where(Payable.client_id == scope.client_id, Payable.state == PayableState.OPEN)
        .order_by(Payable.settle_by, Payable.id)
    )
    if lock:
        wanted = wanted.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    return list(scope.session.scalars(wanted))


def payables_by_id(scope: Scope, payable_ids: Iterable[UUID]) -> dict[UUID, Payable]:
    """Those of these that there are."""
    wanted = select(Payable).where(Payable.client_id == scope.client_id, Payable.id.in_(list(payable_ids)))
    return {row.id: row for row in scope.session.scalars(wanted)}


def payable_of_claim(scope: Scope, claim_id: UUID) -> tuple[Payable, Payment | None, PaymentRun | None] | None:
    """The newest payable of a claim that was not taken back, with the transfer and run it goes or went along with."""
    wanted = (
        select(Payable, Payment, PaymentRun)
        .outerjoin(Payment, (Payment.client_id == Payable.client_id) & (Payment.id == Payable.payment_id))
        .outerjoin(PaymentRun, (PaymentRun.client_id == Payment.client_id) & (PaymentRun.id == Payment.run_id))
        .where(
            Payable.client_id == scope.client_id,
            Payable.claim_id == claim_id,
            Payable.state != PayableState.REVERSED,
        )
        .order_by(Payable.created_at.desc(), Payable.id.desc())
        .limit(1)
    )
    row = scope.session.execute(wanted).first()
    return (row[0], row[1], row[2]) if row else None


def payables_of_claim(scope: Scope, claim_id: UUID) -> list[Payable]:
    """Everything that was ever owed for a claim, the first one first."""
    wanted = select(Payable).where(Payable.client_id == scope.client_id, Payable.claim_id == claim_id)
    return list(scope.session.scalars(wanted.order_by(Payable.created_at, Payable.id)))


def account_of_payee(scope: Scope, payee: str, payee_id: UUID) -> PayeeAccount | None:
    """Where a provider's or the company's money goes now, confirmed or not."""
    wanted = (
        select(PayeeAccount)
        .where(
            PayeeAccount.client_id == scope.client_id, PayeeAccount.payee == payee, PayeeAccount.payee_id == payee_id
        )
        .order_by(PayeeAccount.created_at.desc(), PayeeAccount.id.desc())
        .limit(1)
    )
    return scope.session.scalar(wanted)


def payee_account(scope: Scope, account_id: UUID) -> PayeeAccount:
    """One account; raises NotFound."""
    found = scope.session.get(PayeeAccount, (scope.client_id, account_id))
    if found is None:
        raise NotFound()
    return found


def accounts_to_confirm(scope: Scope) -> list[PayeeAccount]:
    """Accounts that wait for a second person, the oldest first."""
    wanted = select(PayeeAccount).where(PayeeAccount.client_id == scope.client_id, PayeeAccount.confirmed_at.is_(None))
    return list(scope.session.scalars(wanted.order_by(PayeeAccount.created_at, PayeeAccount.id)))


def next_payee_accounts(scope: Scope, after: UUID | None, limit: int) -> list[PayeeAccount]:
    """Accounts in the order of their ids, from after one; locked until the transaction ends."""
    wanted = select(PayeeAccount).where(PayeeAccount.client_id == scope.client_id)
    if after is not None:
        wanted = wanted.where(PayeeAccount.id > after)
    return list(scope.session.scalars(wanted.order_by(PayeeAccount.id).limit(limit).with_for_update()))


def member_accounts(scope: Scope, member_ids: Iterable[UUID]) -> dict[UUID, BankAccount]:
    """Where each of these members has money sent now."""
    wanted = (
        select(BankAccount)
        .where(BankAccount.client_id == scope.client_id, BankAccount.member_id.in_(list(member_ids)))
        .order_by(BankAccount.created_at, BankAccount.id)
    )
    return {row.member_id: row for row in scope.session.scalars(wanted)}


def run(scope: Scope, run_id: UUID) -> PaymentRun:
    """One run, locked until the transaction ends; raises NotFound."""
    wanted = select(PaymentRun).where(PaymentRun.client_id == scope.client_id, PaymentRun.id == run_id)
    found = scope.session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def runs(scope: Scope, after: Cursor | None = None, limit: int = 20) -> list[PaymentRun]:
    """The client's runs, the newest first."""
    wanted = select(PaymentRun).where(PaymentRun.client_id == scope.client_id)
    if after is not None:
        wanted = wanted.where(tuple_(PaymentRun.created_at, PaymentRun.id) < (after.moment, after.id))
    return list(scope.session.scalars(wanted.order_by(PaymentRun.created_at.desc(), PaymentRun.id.desc()).limit(limit)))


def run_count(scope: Scope, pay_on: date) -> int:
    """How many runs there were for a day."""
    wanted = select(func.count()).where(PaymentRun.client_id == scope.client_id, PaymentRun.pay_on == pay_on)
    return scope.session.scalar(wanted) or 0


def payments_of(scope: Scope, run_id: UUID) -> list[Payment]:
    """The transfers of a run in their order."""
    wanted = select(Payment).where(Payment.client_id == scope.client_id, Payment.run_id == run_id)
    return list(scope.session.scalars(wanted.order_by(Payment.reference)))


def items_of(scope: Scope, run_id: UUID) -> list[tuple[UUID, Payable]]:
    """Every payable of a run with the transfer it went along with."""
    wanted = (
        select(PaymentItem.payment_id, Payable)
        .join(Payable, (Payable.client_id == PaymentItem.client_id) & (Payable.id == PaymentItem.payable_id))
        .join(Payment, (Payment.client_id == PaymentItem.client_id) & (Payment.id == PaymentItem.payment_id))
        .where(PaymentItem.client_id == scope.client_id, Payment.run_id == run_id)
        .order_by(Payment.reference, PaymentItem.id)
    )
    return [(row[0], row[1]) for row in scope.session.execute(wanted)]


def payables_of_payment(scope: Scope, payment_id: UUID) -> list[Payable]:
    """What a transfer pays."""
    wanted = (
        select(Payable)
        .join(PaymentItem, (PaymentItem.client_id == Payable.client_id) & (PaymentItem.payable_id == Payable.id))
        .where(PaymentItem.client_id == scope.client_id, PaymentItem.payment_id == payment_id)
        .order_by(Payable.id)
        .with_for_update(of=Payable)
    )
    return list(scope.session.scalars(wanted.execution_options(populate_existing=True)))


def names_of_payees(scope: Scope, payables: Iterable[Payable]) -> dict[UUID, str]:
    """What the people and houses are called that these are owed to."""
    wanted = {row.payee_id for row in payables}
    people = select(Member.id, Member.full_name).where(Member.client_id == scope.client_id, Member.id.in_(wanted))
    houses = select(Provider.id, Provider.name).where(Provider.id.in_(wanted))
    return {row[0]: row[1] for query in (people, houses) for row in scope.session.execute(query)}
