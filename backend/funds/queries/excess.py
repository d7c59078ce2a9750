"""Every SELECT about excess claims."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select, tuple_

from backend.access import Role, Scope
from backend.errors import NotFound
from backend.funds.models import BankLine, BankStatement, Excess, ExcessInstalment, ExcessItem, ExcessState, Payment
from backend.kit.pages import Cursor
from backend.members.models import Member

_RUNNING = (ExcessState.OPEN, ExcessState.DISPUTED)


def excess(scope: Scope, excess_id: UUID) -> Excess:
    """One excess, locked until the transaction ends; raises NotFound, also for somebody else's member."""
    wanted = select(Excess).where(Excess.client_id == scope.client_id, Excess.id == excess_id).with_for_update()
    found = scope.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    return found


def excess_of_payable(scope: Scope, payable_id: UUID) -> Excess | None:
    """The excess that was advanced with a payable."""
    wanted = select(Excess).where(Excess.client_id == scope.client_id, Excess.payable_id == payable_id)
    return scope.session.scalar(wanted.with_for_update())


def excesses(scope: Scope, *, running: bool = False, after: Cursor | None = None, limit: int = 50) -> list[Excess]:
    """Excess claims, the newest first; a member's own and of those one acts for."""
    wanted = select(Excess).where(Excess.client_id == scope.client_id)
    if scope.actor.role is Role.MEMBER:
        wanted = wanted.where(Excess.member_id.in_(scope.actor.member_ids))
    if running:
        wanted = wanted.where(Excess.state.in_(_RUNNING))
    if after is not None:
        wanted = wanted.where(tuple_(Excess.created_at, Excess.id) < (after.moment, after.id))
    return list(scope.session.scalars(wanted.order_by(Excess.created_at.desc(), Excess.id.desc()).limit(limit)))


def running_excesses(scope: Scope, *, lock: bool = False) -> list[Excess]:
    """Those that are not settled, the nearest day first."""
    wanted = select(Excess).where(Excess.client_id == scope.client_id, Excess.state.in_(_RUNNING))
    if lock:
        wanted = wanted.with_for_update(skip_locked=True)
    return list(scope.session.scalars(wanted.order_by(Excess.due_on, Excess.id)))


def running_of_member(scope: Scope, member_id: UUID) -> list[Excess]:
    """Those of one member that are not settled."""
    wanted = select(Excess).where(
        Excess.client_id == scope.client_id, Excess.member_id == member_id, Excess.state.in_(_RUNNING)
    )
    return list(scope.session.scalars(wanted))


def instalments(scope: Scope, excess_ids: Iterable[UUID]) -> dict[UUID, list[ExcessInstalment]]:
    """The instalments of each, the next day first."""
    wanted = (
        select(ExcessInstalment)
        .where(ExcessInstalment.client_id == scope.client_id, ExcessInstalment.excess_id.in_(list(excess_ids)))
        .order_by(ExcessInstalment.due_on)
    )
    found: dict[UUID, list[ExcessInstalment]] = {}
    for row in scope.session.scalars(wanted):
        found.setdefault(row.excess_id, []).append(row)
    return found


def items_of_excess(scope: Scope, excess_id: UUID) -> list[ExcessItem]:
    """The positions it is made of."""
    wanted = select(ExcessItem).where(ExcessItem.client_id == scope.client_id, ExcessItem.excess_id == excess_id)
    return list(scope.session.scalars(wanted.order_by(ExcessItem.position)))


def employees_of(scope: Scope, member_ids: Iterable[UUID]) -> dict[UUID, Member]:
    """For each member the employee who stands for them: themselves, or whose dependant they are."""
    people = select(Member).where(Member.client_id == scope.client_id, Member.id.in_(list(member_ids)))
    found = {row.id: row for row in scope.session.scalars(people)}
    heads = {row.employee_id for row in found.values() if row.employee_id is not None}
    of_heads = select(Member).where(Member.client_id == scope.client_id, Member.id.in_(heads))
    employees = {row.id: row for row in scope.session.scalars(of_heads)} if heads else {}
    return {member_id: employees[row.employee_id] if row.employee_id else row for member_id, row in found.items()}


def statement_by_digest(scope: Scope, digest: str) -> BankStatement | None:
    """The statement that was taken in from the same file."""
    wanted = select(BankStatement).where(BankStatement.client_id == scope.client_id, BankStatement.digest == digest)
    return scope.session.scalar(wanted)


def known_fingerprints(scope: Scope, fingerprints: Iterable[str]) -> set[str]:
    """Which of these movements are there already."""
    wanted = select(BankLine.fingerprint).where(
        BankLine.client_id == scope.client_id, BankLine.fingerprint.in_(list(fingerprints))
    )
    return set(scope.session.scalars(wanted))


def bank_line(scope: Scope, line_id: UUID) -> BankLine:
    """One movement, locked until the transaction ends; raises NotFound."""
    wanted = select(BankLine).where(BankLine.client_id == scope.client_id, BankLine.id == line_id).with_for_update()
    found = scope.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def bank_lines(scope: Scope, state: str = "review", *, after: Cursor | None = None, limit: int = 50) -> list[BankLine]:
    """Movements that wait for a person or are done, the newest first."""
    wanted = select(BankLine).where(BankLine.client_id == scope.client_id, BankLine.state == state)
    if after is not None:
        wanted = wanted.where(tuple_(BankLine.created_at, BankLine.id) < (after.moment, after.id))
    return list(scope.session.scalars(wanted.order_by(BankLine.created_at.desc(), BankLine.id.desc()).limit(limit)))


def unproved_payments(scope: Scope, amount_minor: int) -> list[Payment]:
    """Transfers of an amount that are on their way or were reported as paid, and that no movement proves yet."""
    proved = select(BankLine.payment_id).where(BankLine.client_id == scope.client_id, BankLine.payment_id.is_not(None))
    wanted = select(Payment).where(
        Payment.client_id == scope.client_id,
        Payment.state.in_(["sent", "paid"]),
        Payment.amount_minor == amount_minor,
        Payment.id.not_in(proved),
    )
    return list(scope.session.scalars(wanted.order_by(Payment.reference)))


def returned_unproved(scope: Scope, amount_minor: int) -> int:
    """How often this amount was sent back without a movement that proves it yet."""
    wanted = select(
        func.count().filter(BankLine.became == "returned", BankLine.amount_minor == amount_minor),
        func.count().filter(BankLine.became == "sent_back", BankLine.amount_minor == -amount_minor),
    ).where(BankLine.client_id == scope.client_id)
    decided, proved = scope.session.execute(wanted).one()
    return int(decided) - int(proved)


def newest_statement(scope: Scope) -> BankStatement | None:
    """The statement that was taken in last and says what the account held at its end."""
    wanted = select(BankStatement).where(
        BankStatement.client_id == scope.client_id, BankStatement.closing_minor.is_not(None)
    )
    return scope.session.scalar(wanted.order_by(BankStatement.created_at.desc(), BankStatement.id.desc()).limit(1))


def unexplained_minor(scope: Scope) -> int:
    """What left the account and waits for a person to say why, as a positive amount."""
    wanted = select(func.sum(-BankLine.amount_minor)).where(
        BankLine.client_id == scope.client_id, BankLine.state == "review", BankLine.amount_minor < 0
    )
    return int(scope.session.scalar(wanted) or 0)
