"""Every SELECT of the guarantees domain."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select, tuple_

from backend.access import Role, Scope
from backend.errors import NotFound
from backend.guarantees.models import GuaranteeLetter
from backend.guarantees.rules import OPEN, LetterState
from backend.kit.pages import Cursor
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
    after: Cursor | None = None,
    limit: int = 20,
) -> list[GuaranteeLetter]:
    """The newest letters first: of one member, or of everybody the actor may see (a front desk: made out to it)."""
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
