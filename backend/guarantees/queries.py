"""Every SELECT of the guarantees domain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Row, Select, exists, select, tuple_

from backend.access import Role, Scope
from backend.errors import NotFound
from backend.guarantees.models import GuaranteeAsk, GuaranteeLetter
from backend.guarantees.rules import OPEN, LetterState
from backend.guarantees.rules.asks import UNANSWERED, AskKind, AskState
from backend.kit.pages import Cursor
from backend.members.models import Member
from backend.providers.models import Provider


def letter(scope: Scope, letter_id: UUID) -> GuaranteeLetter:
    """One letter; raises NotFound when it is not there, another member's, or made out to another hospital."""
    return _visible(scope, scope.session.get(GuaranteeLetter, (scope.client_id, letter_id)))


def letter_to_change(scope: Scope, letter_id: UUID) -> GuaranteeLetter:
    """The same, locked until the transaction ends."""
    wanted = select(GuaranteeLetter).where(
        GuaranteeLetter.client_id == scope.client_id, GuaranteeLetter.id == letter_id
    )
    locked = wanted.with_for_update().execution_options(populate_existing=True)
    return _visible(scope, scope.session.scalars(locked).one_or_none())


def _visible(scope: Scope, found: GuaranteeLetter | None) -> GuaranteeLetter:
    if found is None:
        raise NotFound()
    scope.check_member(found.member_id)
    # A letter to a hospital outside the network belongs to no desk, and a desk without a hospital sees none.
    if scope.actor.role is Role.PROVIDER and (
        found.provider_id is None or found.provider_id != scope.actor.provider_id
    ):
        raise NotFound()
    return found


def open_letter_of(scope: Scope, member_id: UUID) -> GuaranteeLetter | None:
    """The member's letter that is requested or issued, locked; there is at most one."""
    wanted = select(GuaranteeLetter).where(
        GuaranteeLetter.client_id == scope.client_id,
        GuaranteeLetter.member_id == member_id,
        GuaranteeLetter.state.in_(OPEN),
    )
    return scope.session.scalars(wanted.with_for_update()).one_or_none()


def letters_of(
    scope: Scope,
    member_id: UUID | None = None,
    *,
    state: LetterState | None = None,
    raised: bool = False,
    after: Cursor | None = None,
    limit: int = 20,
) -> list[GuaranteeLetter]:
    """The newest letters first: of one member, or of everybody the actor may see (a front desk: made out to it).

    ``raised``: only stays whose discharge never came and is claims' work.
    """
    wanted = select(GuaranteeLetter).where(GuaranteeLetter.client_id == scope.client_id)
    if scope.actor.role is Role.MEMBER:
        wanted = wanted.where(GuaranteeLetter.member_id.in_(scope.actor.member_ids))
    if scope.actor.role is Role.PROVIDER:
        wanted = wanted.where(GuaranteeLetter.provider_id == scope.actor.provider_id)
    if member_id is not None:
        scope.check_member(member_id)
        wanted = wanted.where(GuaranteeLetter.member_id == member_id)
    if state is not None:
        wanted = wanted.where(GuaranteeLetter.state == state)
    if raised:
        open_work = GuaranteeLetter.discharge_raised_at.is_not(None)
        wanted = wanted.where(open_work, GuaranteeLetter.state == LetterState.CONFIRMED)
    if after is not None:
        wanted = wanted.where(tuple_(GuaranteeLetter.created_at, GuaranteeLetter.id) < (after.moment, after.id))
    newest = wanted.order_by(GuaranteeLetter.created_at.desc(), GuaranteeLetter.id.desc())
    return list(scope.session.scalars(newest.limit(limit)))


def run_out(scope: Scope, now: datetime, limit: int) -> list[GuaranteeLetter]:
    """Issued letters whose hours are over, locked; those another worker holds are left."""
    wanted = select(GuaranteeLetter).where(
        GuaranteeLetter.client_id == scope.client_id,
        GuaranteeLetter.state == LetterState.ISSUED,
        GuaranteeLetter.valid_until <= now,
    )
    locked = wanted.order_by(GuaranteeLetter.valid_until).limit(limit).with_for_update(skip_locked=True)
    return list(scope.session.scalars(locked))


def without_discharge(scope: Scope, on: date, days_late: int, limit: int) -> list[GuaranteeLetter]:
    """Confirmed letters of stays over for ``days_late`` days without a bill, locked, not yet raised to claims.

    Those that another worker holds are left.
    """
    billed = exists().where(
        GuaranteeAsk.client_id == GuaranteeLetter.client_id,
        GuaranteeAsk.letter_id == GuaranteeLetter.id,
        GuaranteeAsk.kind == AskKind.DISCHARGE,
        GuaranteeAsk.state.in_(UNANSWERED),
    )
    wanted = select(GuaranteeLetter).where(
        GuaranteeLetter.client_id == scope.client_id,
        GuaranteeLetter.state == LetterState.CONFIRMED,
        GuaranteeLetter.discharge_raised_at.is_(None),
        GuaranteeLetter.admission_on + (GuaranteeLetter.days + days_late) <= on,
        ~billed,
    )
    locked = wanted.order_by(GuaranteeLetter.admission_on, GuaranteeLetter.id).limit(limit)
    return list(scope.session.scalars(locked.with_for_update(skip_locked=True)))


def hospital_name(scope: Scope, provider_id: UUID) -> str:
    """The name of a provider of the registry; raises NotFound."""
    found = scope.session.scalars(select(Provider.name).where(Provider.id == provider_id)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def number_is_taken(scope: Scope, number: str) -> bool:
    """Whether the client already has a letter of that number."""
    taken = exists().where(GuaranteeLetter.client_id == scope.client_id, GuaranteeLetter.number == number)
    return bool(scope.session.execute(select(taken)).scalar_one())


def lock_patient(scope: Scope, member_id: UUID) -> None:
    """Whoever asks for this patient at the same time waits until the transaction ends."""
    wanted = select(Member.id).where(Member.client_id == scope.client_id, Member.id == member_id)
    scope.session.execute(wanted.with_for_update(key_share=True))


def letter_by_number(scope: Scope, number: str) -> GuaranteeLetter | None:
    """A letter by the number on its paper, also one that this actor may not read."""
    return scope.session.scalars(
        select(GuaranteeLetter).where(GuaranteeLetter.client_id == scope.client_id, GuaranteeLetter.number == number)
    ).one_or_none()


def asks_of(scope: Scope, letter_ids: list[UUID]) -> list[GuaranteeAsk]:
    """Everything that was asked of these letters, the oldest first."""
    wanted = select(GuaranteeAsk).where(
        GuaranteeAsk.client_id == scope.client_id, GuaranteeAsk.letter_id.in_(letter_ids)
    )
    return list(scope.session.scalars(wanted.order_by(GuaranteeAsk.created_at, GuaranteeAsk.id)))


def open_ask(scope: Scope, letter_id: UUID) -> GuaranteeAsk | None:
    """What waits for an answer or for papers; at most one of a letter, whose row the caller has locked."""
    return scope.session.scalars(
        select(GuaranteeAsk).where(
            GuaranteeAsk.client_id == scope.client_id,
            GuaranteeAsk.letter_id == letter_id,
            GuaranteeAsk.state.in_(UNANSWERED),
        )
    ).one_or_none()


def waiting_asks(
    scope: Scope, *, for_doctor: bool | None, after: Cursor | None, limit: int
) -> list[Row[GuaranteeAsk, GuaranteeLetter]]:
    """What waits for our answer, the one owed first at the top."""
    wanted = _with_letter().where(GuaranteeAsk.client_id == scope.client_id, GuaranteeAsk.state == AskState.WAITING)
    if for_doctor is not None:
        wanted = wanted.where(GuaranteeAsk.for_doctor == for_doctor)
    if after is not None:
        wanted = wanted.where(tuple_(GuaranteeAsk.answer_by, GuaranteeAsk.id) > (after.moment, after.id))
    return list(scope.session.execute(wanted.order_by(GuaranteeAsk.answer_by, GuaranteeAsk.id).limit(limit)))


def owed_before(scope: Scope, moment: datetime, limit: int) -> list[Row[GuaranteeAsk, GuaranteeLetter]]:
    """Waiting asks whose answer is owed before ``moment``, locked; those another worker holds are left."""
    wanted = _with_letter().where(
        GuaranteeAsk.client_id == scope.client_id,
        GuaranteeAsk.state == AskState.WAITING,
        GuaranteeAsk.answer_by <= moment,
    )
    locked = wanted.order_by(GuaranteeAsk.answer_by).limit(limit).with_for_update(skip_locked=True, of=GuaranteeAsk)
    return list(scope.session.execute(locked))


def _with_letter() -> Select[GuaranteeAsk, GuaranteeLetter]:
    return select(GuaranteeAsk, GuaranteeLetter).join(
        GuaranteeLetter,
        (GuaranteeLetter.client_id == GuaranteeAsk.client_id) & (GuaranteeLetter.id == GuaranteeAsk.letter_id),
    )


def next_sealed_asks(scope: Scope, after: UUID | None, limit: int) -> list[GuaranteeAsk]:
    """Some asks with medical words by id, for work that goes through all of them."""
    wanted = select(GuaranteeAsk).where(GuaranteeAsk.client_id == scope.client_id, GuaranteeAsk.sealed.is_not(None))
    if after is not None:
        wanted = wanted.where(GuaranteeAsk.id > after)
    return list(scope.session.scalars(wanted.order_by(GuaranteeAsk.id).limit(limit).with_for_update()))


def ended_since(scope: Scope, moment: datetime) -> list[GuaranteeLetter]:
    """Letters that ended after ``moment`` without being settled: what a desk without a connection must not trust."""
    wanted = select(GuaranteeLetter).where(
        GuaranteeLetter.client_id == scope.client_id, GuaranteeLetter.ended_at >= moment
    )
    return list(scope.session.scalars(wanted.order_by(GuaranteeLetter.ended_at)))


def patient_names(scope: Scope, member_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these patients."""
    wanted = select(Member.id, Member.full_name).where(
        Member.client_id == scope.client_id, Member.id.in_(set(member_ids))
    )
    return {row.id: row.full_name for row in scope.session.execute(wanted)}
