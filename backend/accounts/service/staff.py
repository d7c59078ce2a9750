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
from backend.errors import Conflict, Forbidden, NotFound, Unauthorized
from backend.integrations import registry
from backend.kit import ids


def sign_in_staff(scope: Scope, email: str, password: str, one_time_code: str | None, asker: Asker) -> dict[str, Any]:
    """Tokens for the right password, and the right authenticator code where there is one.

    Raises Unauthorized ``accounts.sign_in_refused`` (wrong address, password or code alike),
    ``accounts.one_time_code_needed`` after a right password, Forbidden ``accounts.totp_enrolment_needed``
    when the role must have an authenticator and has none, TooManyRequests for this network only.
    """
    staff, post = proof.proven(scope, email, password, asker)
    if staff.totp_confirmed_at is not None:
        if not one_time_code:
            raise Unauthorized(rules.ONE_TIME_CODE_NEEDED)
        if not proof.totp_is_right(staff, one_time_code):
            proof.refuse(scope, email, asker)
    elif post.role in registry.current().settings.totp_roles:
        raise Forbidden(rules.TOTP_ENROLMENT_NEEDED)
    proof.remember_success(scope, email, asker)
    actor = Actor(Role(post.role), id=staff.id, provider_id=post.provider_id)
    tokens = sessions.open_session(scope, actor=actor, method="password")
    audit.record(scope.as_actor(actor), "sign_in", "staff", staff.id)
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
    staff.password_hash = passwords.hashed(new)
    sessions.end_other_sessions(scope, "password_changed")
    audit.record(scope, "update", "staff", staff.id, fields=["password"])


def reset_password(scope: Scope, email: str, new: str) -> None:
    """Give somebody of this client a new password and end their sessions here; raises NotFound."""
    found = queries.staff_at_client(scope, email=email.lower())
    if found is None:
        raise NotFound()
    found[0].password_hash = passwords.hashed(new)
    sessions.end_sessions(scope, "password_reset", staff_id=found[0].id)
    audit.record(scope, "update", "staff", found[0].id, fields=["password"])
