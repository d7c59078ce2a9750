"""An administrator helps staff who lost their password or their authenticator back in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from backend.access import Actor, Role, Scope, working_for
from backend.accounts import passwords, queries, rules, sessions
from backend.accounts.models import Staff
from backend.audit import service as audit
from backend.errors import Conflict, NotFound
from backend.kit import clock, ids


class TemporaryPassword(NamedTuple):
    """Shown once to the administrator who hands it over; only its hash is kept."""

    password: str
    expires_at: datetime


def hand_out_password(scope: Scope, staff_id: UUID) -> TemporaryPassword:
    """A password that is good for one thing within a day: choosing one's own. Every session of theirs ends.

    The authenticator, where there is one, is still asked for. Raises NotFound, Conflict
    ``accounts.works_elsewhere``.
    """
    given = TemporaryPassword(ids.new_secret(12), clock.now() + rules.TEMPORARY_PASSWORD_LIFETIME)
    with _locked_out(scope, staff_id, "password") as staff:
        staff.password_hash = passwords.hashed(given.password)
        staff.password_temporary_until = given.expires_at
    return given


def take_off_authenticator(scope: Scope, staff_id: UUID) -> None:
    """Forget a lost authenticator, so that another can be enrolled with the password; their sessions end.

    Raises NotFound, Conflict ``accounts.works_elsewhere``.
    """
    with _locked_out(scope, staff_id, "totp") as staff:
        staff.totp_secret = staff.totp_confirmed_at = staff.totp_last_step = None


@contextmanager
def _locked_out(scope: Scope, staff_id: UUID, field: str) -> Iterator[Staff]:
    """Change how somebody signs in, then end what they are signed in to, at every client they work for."""
    found = queries.staff_at_client(scope, staff_id=staff_id)
    if found is None:
        raise NotFound()
    posts = {post.client_id for post in queries.clients_of_staff(scope, staff_id)}
    # A password opens every client of its owner: nobody may take it over for clients that are not theirs.
    if posts - _administered(scope):
        raise Conflict(rules.WORKS_ELSEWHERE)
    yield found[0]
    scope.session.flush()
    _end_and_note(scope, staff_id, field)
    for client_id in posts - {scope.client_id}:
        with working_for(client_id, Actor(scope.actor.role, scope.actor.id), channel=scope.channel) as there:
            _end_and_note(there, staff_id, field)


def _administered(scope: Scope) -> set[UUID]:
    own = queries.clients_of_staff(scope, scope.actor.id) if scope.actor.id else []
    return {scope.client_id} | {post.client_id for post in own if post.role == Role.ADMIN}


def _end_and_note(scope: Scope, staff_id: UUID, field: str) -> None:
    sessions.end_sessions(scope, f"{field}_reset", staff_id=staff_id)
    audit.record(scope, "update", "staff", staff_id, fields=[field])
