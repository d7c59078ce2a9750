"""Proving that somebody is a certain member of staff, at the speed a person needs and a guesser hates.

The same address tried from another network is not slowed down by what a stranger does: see ``rules``.
"""

from __future__ import annotations

from typing import NoReturn

from backend.access import Scope
from backend.accounts import digests, passwords, queries, rules
from backend.accounts.codes import Asker
from backend.accounts.models import SignInAttempt, Staff, StaffClient
from backend.errors import TooManyRequests, Unauthorized
from backend.kit import clock

_REALM = "staff"


def proven(scope: Scope, email: str, password: str, asker: Asker) -> tuple[Staff, StaffClient]:
    """The staff row behind a right password; raises Unauthorized (and counts it) or TooManyRequests."""
    address = email.lower()
    _slow_down(scope, address, asker)
    found = queries.staff_at_client(scope, email=address)
    if not passwords.is_right(password, found[0].password_hash if found else None) or found is None:
        refuse(scope, email, asker)
    until = found[0].password_temporary_until
    if until is not None and until <= clock.now():
        refuse(scope, email, asker)
    return found


def check_second_factor(scope: Scope, staff: Staff, one_time_code: str | None, email: str, asker: Asker) -> None:
    """Raise Unauthorized unless there is no authenticator or the code is what it shows now."""
    if staff.totp_confirmed_at is None:
        return
    if not one_time_code:
        raise Unauthorized(rules.ONE_TIME_CODE_NEEDED)
    if not totp_is_right(staff, one_time_code):
        refuse(scope, email, asker)


def totp_is_right(staff: Staff, code: str) -> bool:
    """Whether the authenticator shows this code now; a code is accepted once."""
    step = passwords.totp_step(totp_secret(staff), code, staff.totp_last_step)
    if step is None:
        return False
    staff.totp_last_step = step
    return True


def totp_secret(staff: Staff) -> str:
    """The opened secret of an authenticator that was begun or confirmed."""
    assert staff.totp_secret is not None
    return digests.unseal(staff.totp_secret, f"staff.totp_secret:{staff.id}").decode()


def refuse(scope: Scope, email: str, asker: Asker) -> NoReturn:
    """Count a wrong password or code, and say no without saying what was wrong."""
    _note(scope, "wrong_password", email.lower(), asker)
    raise Unauthorized(rules.SIGN_IN_REFUSED, keeps_changes=True)


def remember_success(scope: Scope, email: str, asker: Asker) -> None:
    """From now on this network is one that its owner signs in from."""
    _note(scope, "signed_in", email.lower(), asker)


def _slow_down(scope: Scope, address: str, asker: Asker) -> None:
    subject, network = digests.subject(_REALM, address), digests.network(asker.address)
    familiar = queries.has_signed_in_from(scope, subject, network)
    next_at = rules.next_password_at(queries.traffic(scope, "wrong_password", subject, network, familiar=familiar))
    seconds = int((next_at - clock.now()).total_seconds()) + 1 if next_at else 0
    if seconds > 0:
        raise TooManyRequests(retry_after_seconds=seconds)
    if queries.network_is_flooding(scope, network):
        raise TooManyRequests(retry_after_seconds=60)


def _note(scope: Scope, kind: str, address: str, asker: Asker) -> None:
    subject, network = digests.subject(_REALM, address), digests.network(asker.address)
    familiar = kind == "signed_in" or queries.has_signed_in_from(scope, subject, network)
    scope.session.add(
        SignInAttempt(realm=_REALM, kind=kind, subject_digest=subject, network_digest=network, familiar=familiar)
    )
