"""Staff: signing in with password and authenticator code, and who works at a client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from backend.access import Actor, Role, Scope
from backend.accounts import passwords, proof, queries, rules, sessions
from backend.accounts.codes import Asker
from backend.accounts.models import Staff, StaffClient
from backend.audit import service as audit
from backend.errors import Conflict, Forbidden, InvalidShape, NotFound, Unauthorized
from backend.integrations import registry
from backend.kit import ids


def sign_in_staff(
    scope: Scope,
    email: str,
    password: str,
    asker: Asker,
    *,
    one_time_code: str | None = None,
    new_password: str | None = None,
) -> dict[str, Any]:
    """Tokens for the right password, and the right authenticator code where there is one.

    A password that was handed out is exchanged for ``new_password`` on the way. Raises Unauthorized
    ``accounts.sign_in_refused`` (wrong address, password or code alike), ``accounts.one_time_code_needed``
    after a right password, Forbidden ``accounts.password_change_needed`` or
    ``accounts.totp_enrolment_needed`` when the role must have an authenticator and has none,
    TooManyRequests for this network only.
    """
    staff, post = proof.proven(scope, email, password, asker)
    proof.check_second_factor(scope, staff, one_time_code, email, asker)
    _refuse_without_authenticator(staff, post)
    _exchange(scope, staff, password, new_password)
    proof.remember_success(scope, email, asker)
    actor = Actor(Role(post.role), id=staff.id, provider_id=post.provider_id)
    tokens = sessions.open_session(scope, actor=actor, method="password")
    audit.record(scope.as_actor(actor), "sign_in", "staff", staff.id)
    return tokens


def switch_client(scope: Scope, there: Scope) -> dict[str, Any]:
    """Tokens at another client the actor works for, until the working day of this session is over; it ends.

    Raises NotFound when they do not work there, Forbidden ``accounts.totp_enrolment_needed``, Unauthorized
    ``accounts.one_time_code_needed`` when the role there needs an authenticator that this sign-in was older than.
    """
    found = queries.staff_at_client(there, staff_id=scope.actor.id)
    current = queries.session(scope, scope.actor.session_id) if scope.actor.session_id else None
    if found is None or current is None:
        raise NotFound()
    staff, post = found
    _refuse_without_authenticator(staff, post)
    if staff.totp_confirmed_at is not None and current.created_at < staff.totp_confirmed_at:
        raise Unauthorized(rules.ONE_TIME_CODE_NEEDED)
    actor = Actor(Role(post.role), id=staff.id, provider_id=post.provider_id)
    tokens = sessions.open_session(there, actor=actor, method="switch", ends_at=current.expires_at)
    sessions.end_sessions(scope, "switched_client", id=current.id)
    audit.record(there.as_actor(actor), "sign_in", "staff", staff.id)
    return tokens


def add_staff(
    scope: Scope, *, email: str, name: str, role: Role, password: str, provider_id: UUID | None = None
) -> UUID:
    """Somebody starts to work at the scope's client; returns the staff id.

    Raises Conflict ``accounts.staff_exists`` when the address is taken, at whichever client: an
    administrator must not reset the password of somebody else's people.
    """
    address = email.lower()
    if scope.session.scalar(select(Staff.id).where(Staff.email == address)) is not None:
        raise Conflict(rules.STAFF_EXISTS)
    staff = Staff(id=ids.new_id(), email=address, name=name, password_hash=passwords.hashed(password), active=True)
    scope.session.add(staff)
    scope.session.flush()
    post = StaffClient(staff_id=staff.id, client_id=scope.client_id, role=role.value, provider_id=provider_id)
    scope.session.add(post)
    scope.session.flush()
    audit.record(scope, "create", "staff", staff.id)
    return staff.id


def list_staff(scope: Scope) -> list[dict[str, Any]]:
    """Everybody who works at the scope's client, by name."""
    return [
        {
            "id": staff.id,
            "name": staff.name,
            "email": staff.email,
            "role": post.role,
            "provider_id": post.provider_id,
            "totp_enrolled": staff.totp_confirmed_at is not None,
        }
        for staff, post in queries.staff_of_client(scope)
    ]


def remove_staff(scope: Scope, staff_id: UUID) -> None:
    """Somebody no longer works at the scope's client: every session of theirs here ends now. Raises NotFound."""
    found = queries.staff_at_client(scope, staff_id=staff_id)
    if found is None:
        raise NotFound()
    scope.session.delete(found[1])
    sessions.end_sessions(scope, "staff_removed", staff_id=staff_id)
    audit.record(scope, "delete", "staff", staff_id)


def change_password(scope: Scope, old: str, new: str, asker: Asker) -> None:
    """Replace the actor's password and end their other sessions; raises Unauthorized when ``old`` is wrong."""
    found = queries.staff_at_client(scope, staff_id=scope.actor.id)
    if found is None:
        raise NotFound()
    staff, _ = proof.proven(scope, found[0].email, old, asker)
    staff.password_hash, staff.password_temporary_until = passwords.hashed(new), None
    sessions.end_other_sessions(scope, "password_changed")
    audit.record(scope, "update", "staff", staff.id, fields=["password"])


def reset_password(scope: Scope, email: str, new: str) -> None:
    """Give somebody of this client a new password and end their sessions here; raises NotFound."""
    found = queries.staff_at_client(scope, email=email.lower())
    if found is None:
        raise NotFound()
    found[0].password_hash, found[0].password_temporary_until = passwords.hashed(new), None
    sessions.end_sessions(scope, "password_reset", staff_id=found[0].id)
    audit.record(scope, "update", "staff", found[0].id, fields=["password"])


def _refuse_without_authenticator(staff: Staff, post: StaffClient) -> None:
    if staff.totp_confirmed_at is None and post.role in registry.current().settings.totp_roles:
        raise Forbidden(rules.TOTP_ENROLMENT_NEEDED)


def _exchange(scope: Scope, staff: Staff, password: str, new_password: str | None) -> None:
    if staff.password_temporary_until is None:
        if new_password is not None:
            raise InvalidShape(figures={"json": {"new_password": ["only with a password that was handed out"]}})
        return
    if new_password is None:
        raise Forbidden(rules.PASSWORD_CHANGE_NEEDED)
    if new_password == password:
        raise InvalidShape(figures={"json": {"new_password": ["another than the one that was handed out"]}})
    staff.password_hash, staff.password_temporary_until = passwords.hashed(new_password), None
    audit.record(scope, "update", "staff", staff.id, fields=["password"])
