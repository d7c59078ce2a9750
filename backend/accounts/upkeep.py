"""What the accounts domain forgets: it keeps traces of people only as long as they protect somebody."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from backend.access import Scope
from backend.accounts.models import OneTimeCode, SignInAttempt, SignInSession
from backend.kit import clock

CODES = timedelta(days=1)
ATTEMPTS = timedelta(days=2)
FAMILIAR = timedelta(days=90)
"""How long a network counts as one that its owner signs in from."""
ENDED_SESSIONS = timedelta(days=90)


def forget(scope: Scope) -> None:
    """Delete what has outlived its purpose, for one client."""
    now = clock.now()
    scope.session.execute(
        delete(OneTimeCode).where(OneTimeCode.client_id == scope.client_id, OneTimeCode.expires_at < now - CODES)
    )
    scope.session.execute(
        delete(SignInAttempt).where(
            SignInAttempt.at < now - ATTEMPTS,
            (SignInAttempt.kind != "signed_in") | (SignInAttempt.at < now - FAMILIAR),
        )
    )
    scope.session.execute(
        delete(SignInSession).where(
            SignInSession.client_id == scope.client_id, SignInSession.expires_at < now - ENDED_SESSIONS
        )
    )
