"""The worker's half of sending a code: find out whether anybody is to get it, then hand it to notifications.

Whether a number belongs to a member is asked here and not in the request, so that neither the answer nor
its timing can tell.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from backend.access import Scope
from backend.accounts import codes, queries, rules, sessions
from backend.notifications import service as notifications

SIGN_IN = "sign_in"


def deliver(scope: Scope, code_id: UUID) -> None:
    """Send a waiting code, once; a sign-in code only to a number that somebody may sign in with."""
    row = queries.code(scope, code_id)
    envelope = codes.take_envelope(scope, code_id)
    if row is None or envelope is None:
        return
    reader = scope.speaking(envelope.language)
    if row.purpose == SIGN_IN:
        member_ids = sessions.who_may_sign_in(scope, envelope.phone)
        if not member_ids:
            return
        reader = scope.speaking(queries.members_named(scope, member_ids[:1])[0].language)
    minutes = rules.CODE_LIFETIME // timedelta(minutes=1)
    notifications.send_code(reader, envelope.phone, envelope.code, envelope.channel, minutes=minutes)
