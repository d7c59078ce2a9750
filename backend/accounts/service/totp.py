"""Enrolling an authenticator app: begun with the password, good after the first right code."""

from __future__ import annotations

from backend.access import Scope
from backend.accounts import digests, passwords, proof, queries, rules
from backend.accounts.codes import Asker
from backend.audit import service as audit
from backend.errors import Conflict
from backend.kit import clock

_ISSUER = "Careline"


def enrol_totp(scope: Scope, email: str, password: str, asker: Asker) -> dict[str, str]:
    """A new secret to scan; beginning again replaces one that was not confirmed.

    Raises Unauthorized, and Conflict ``accounts.totp_already_enrolled`` once an authenticator is confirmed:
    whoever has only the password must not be able to replace it.
    """
    staff, _ = proof.proven(scope, email, password, asker)
    if staff.totp_confirmed_at is not None:
        raise Conflict(rules.TOTP_ALREADY_ENROLLED)
    secret = passwords.new_totp_secret()
    staff.totp_secret = digests.seal(secret.encode(), f"staff.totp_secret:{staff.id}")
    scope.session.flush()
    return {"secret": secret, "uri": passwords.totp_uri(secret, staff.email, _ISSUER)}


def confirm_totp(scope: Scope, email: str, password: str, one_time_code: str, asker: Asker) -> None:
    """From now on the authenticator is asked for; raises Unauthorized when the code is not what it shows."""
    staff, _ = proof.proven(scope, email, password, asker)
    if staff.totp_confirmed_at is not None:
        raise Conflict(rules.TOTP_ALREADY_ENROLLED)
    if staff.totp_secret is None or not proof.totp_is_right(staff, one_time_code):
        proof.refuse(scope, email, asker)
    staff.totp_confirmed_at = clock.now()
    audit.record(scope, "update", "staff", staff.id, fields=["totp"])


def reseal_authenticators(scope: Scope) -> int:
    """Secrets of authenticator apps under the newest master key; returns how many were under an older one."""
    changed = 0
    for staff in queries.staff_with_authenticator(scope):
        sealed = digests.resealed(staff.totp_secret or b"", f"staff.totp_secret:{staff.id}")
        if sealed is not None:
            staff.totp_secret = sealed
            changed += 1
    scope.session.flush()
    return changed
