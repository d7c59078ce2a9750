"""A code as a second factor beside signing in: the helpline verifying a caller, a changed bank account."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from backend.access import Scope
from backend.accounts import codes, digests, queries, rules
from backend.accounts.tasks import deliver_code
from backend.errors import TooManyRequests
from backend.jobs import enqueue
from backend.kit import clock


def request_code(scope: Scope, purpose: str, subject_id: UUID, phone: str, channel: str) -> None:
    """Send a code to ``phone`` (E.164) that only ``check_code`` with the same purpose and subject takes.

    The caller vouches that the number is the subject's own. Raises TooManyRequests after three codes
    without a success, for pauses that double up to 15 minutes.
    """
    subject, network = codes.subject_of(scope, f"{purpose}|{subject_id}"), _here(scope)
    next_at = rules.next_code_at(queries.traffic(scope, "code", subject, network, familiar=True))
    wait = next_at - clock.now() if next_at else timedelta(0)
    if wait > timedelta(0):
        raise TooManyRequests(retry_after_seconds=int(wait.total_seconds()) + 1)
    codes.note(scope, "code", subject, network, familiar=True)
    row = codes.make_code(scope, purpose, subject, network=network, phone=phone, channel=channel)
    enqueue(scope, deliver_code, client_id=str(scope.client_id), code_id=str(row.id))


def check_code(scope: Scope, purpose: str, subject_id: UUID, code: str) -> bool:
    """Whether ``code`` is right, and then used up. Commit a False too: the wrong guess must count."""
    subject, network = codes.subject_of(scope, f"{purpose}|{subject_id}"), _here(scope)
    row = codes.redeem(scope, purpose, subject, code, network=network, known_device=True, under_attack=False)
    codes.note(scope, "signed_in" if row else "wrong_code", subject, network, familiar=True)
    return row is not None


def _here(scope: Scope) -> bytes:
    # The helpline's own channels ask, not a stranger's network: guesses count against the code alone.
    return digests.network("helpline")
