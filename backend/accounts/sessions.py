"""Sessions: opened at sign-in, continued by rotating refresh tokens, ended at once.

Every refresh gives out the next token of its session. An older one that comes back was copied: nobody can tell
which of the two is the thief, so the session ends for both. Only who asks for the very last refresh again, with the
key it was asked with and at once, has lost our answer on the way and gets the same token.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any
from uuid import UUID

from sqlalchemy import update

from backend import tokens
from backend.access import Actor, Role, Scope
from backend.accounts import digests, queries
from backend.accounts.digests import RefreshToken
from backend.accounts.models import SignInSession
from backend.accounts.rules import members_to_act_for
from backend.clients import queries as clients
from backend.clients.registry import client_by_id
from backend.errors import Unauthorized
from backend.integrations import registry
from backend.kit import clock, ids
from backend.launches import queries as launches

ASK_AGAIN = timedelta(seconds=60)
"""How long after a refresh its answer may be fetched again; our own app gives up on an answer after 30 seconds."""

STAFF_SESSION = timedelta(hours=12)
"""A working day; staff sign in again after it whatever they do."""


def members_of_identity(scope: Scope, phone: str) -> tuple[UUID, ...]:
    """The members whom the owner of a number may act for, self first; empty when there is none."""
    own, dependants = queries.people_of_phone(scope, phone)
    today = clock.today(client_by_id(scope.client_id).timezone)
    terms = clients.terms_on(scope, today)
    return members_to_act_for(
        own,
        dependants,
        on=today,
        own_access_age=terms.own_access_age,
        former_member_days=terms.former_member_access_days,
    )


def who_may_sign_in(scope: Scope, phone: str) -> tuple[UUID, ...]:
    """The same for somebody who wants to sign in: nobody may before the client's launch (S0-79)."""
    return members_of_identity(scope, phone) if launches.is_open(scope) else ()


def open_session(
    scope: Scope, *, actor: Actor, method: str, device_id: UUID | None = None, ends_at: datetime | None = None
) -> dict[str, Any]:
    """A new session for a proven person; returns the tokens as the API answers them.

    ``ends_at`` when it goes on from an earlier one, so that changing places prolongs no working day.
    """
    moment = clock.now()
    is_member = actor.role is Role.MEMBER
    row = SignInSession(
        client_id=scope.client_id,
        id=ids.new_id(),
        identity_id=actor.id if is_member else None,
        staff_id=None if is_member else actor.id,
        device_id=device_id,
        method=method,
        generation=1,
        last_used_at=moment,
        expires_at=ends_at or moment + (_idle() if is_member else STAFF_SESSION),
    )
    scope.session.add(row)
    scope.session.flush()
    return _tokens(scope, row, actor)


def continue_session(scope: Scope, token: RefreshToken, key: str | None = None) -> dict[str, Any]:
    """The next tokens of a session; raises Unauthorized when it ended, expired, or the token was used before.

    With the ``key`` of the last refresh, within ASK_AGAIN of it, its token is given once more.
    """
    row = queries.session(scope, token.session_id)
    moment = clock.now()
    if row is None or row.ended_at is not None or row.expires_at <= moment:
        raise Unauthorized("access.session_ended")
    renewal = digests.renewal(token, key) if key else None
    again = token.generation == row.generation - 1 and _same(renewal, row, moment)
    if token.generation != row.generation and not again:
        row.ended_at, row.end_reason = moment, "token_reused"
        raise Unauthorized("access.session_ended", keeps_changes=True)
    actor = _actor_now(scope, row)
    if actor is None:
        row.ended_at, row.end_reason = moment, "no_access"
        raise Unauthorized("access.session_ended", keeps_changes=True)
    if not again:
        row.generation += 1
        row.renewal_digest, row.last_used_at = renewal, moment
        if row.identity_id is not None:
            row.expires_at = moment + _idle()
        scope.session.flush()
    return _tokens(scope, row, actor)


def _same(renewal: bytes | None, row: SignInSession, moment: datetime) -> bool:
    asked_with = row.renewal_digest
    if renewal is None or asked_with is None or moment > row.last_used_at + ASK_AGAIN:
        return False
    return compare_digest(renewal, asked_with)


def end_sessions(scope: Scope, reason: str, **of: UUID | None) -> None:
    """End every living session with these values (``id``, ``identity_id``, ``staff_id``, ``device_id``) now.

    Open access tokens stop working with it: every transaction asks whether its session still lives.
    """
    statement = update(SignInSession).where(
        SignInSession.client_id == scope.client_id,
        SignInSession.ended_at.is_(None),
        *(getattr(SignInSession, column) == value for column, value in of.items()),
    )
    scope.session.execute(statement.values(ended_at=clock.now(), end_reason=reason))


def end_other_sessions(scope: Scope, reason: str) -> None:
    """End every session of the acting member of staff but the present one, at this client."""
    statement = update(SignInSession).where(
        SignInSession.client_id == scope.client_id,
        SignInSession.staff_id == scope.actor.id,
        SignInSession.id != scope.actor.session_id,
        SignInSession.ended_at.is_(None),
    )
    scope.session.execute(statement.values(ended_at=clock.now(), end_reason=reason))


def _actor_now(scope: Scope, row: SignInSession) -> Actor | None:
    # Asked again at every refresh: a child has grown up, somebody has left, a role was taken away.
    if row.identity_id is not None:
        member_ids = members_of_identity(scope, queries.identity(scope, row.identity_id).phone)
        return Actor(Role.MEMBER, id=row.identity_id, member_ids=member_ids) if member_ids else None
    found = queries.staff_at_client(scope, staff_id=row.staff_id)
    if found is None:
        return None
    staff, post = found
    return Actor(Role(post.role), id=staff.id, provider_id=post.provider_id)


def _tokens(scope: Scope, row: SignInSession, actor: Actor) -> dict[str, Any]:
    settings = registry.current().settings
    bound = Actor(actor.role, actor.id, actor.member_ids, actor.provider_id, row.id)
    return {
        "access_token": tokens.issue(settings.token_key, scope.client_id, bound, seconds=settings.access_token_seconds),
        "refresh_token": digests.RefreshToken(scope.client_id, row.id, row.generation).encode(),
        "expires_in": settings.access_token_seconds,
        "token_type": "Bearer",
    }


def _idle() -> timedelta:
    return timedelta(days=registry.current().settings.refresh_token_days)
