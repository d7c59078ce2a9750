"""The clock that the hospital sees, watched: warnings before the target, escalation after it."""

from __future__ import annotations

from datetime import timedelta

from backend.access import Scope
from backend.guarantees import clocks, people, queries
from backend.guarantees.rules.asks import Notice, due_notice
from backend.kit import clock

_AT_ONCE = 500
_EVENTS = {Notice.SOON: "guarantee_due_soon", Notice.OVERDUE: "guarantee_overdue"}


def watch(scope: Scope) -> dict[str, int]:
    """Tell who can answer that an answer is owed soon, and supervisors too that it is late; each once (S2-36)."""
    now, done = clock.now(), dict.fromkeys(_EVENTS, 0)
    warn = timedelta(minutes=clocks.terms_now(scope).guarantee_warning_minutes)
    for ask, letter in queries.owed_before(scope, now + warn, _AT_ONCE):
        told = frozenset(Notice(each) for each in ask.told)
        notice = due_notice(ask.answer_by, now, warn, told)
        if notice is not None:
            ask.told = [*ask.told, notice.value]
            people.warn(scope, letter, ask, _EVENTS[notice])
            done[notice] += 1
    scope.session.flush()
    return {notice.value: number for notice, number in done.items() if number}
