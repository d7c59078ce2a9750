"""The clocks of requests, watched: warnings a day before the end and at it, and another try for what got stuck."""

from __future__ import annotations

from backend.access import Scope
from backend.kit import clock
from backend.privacy import colleagues, queries
from backend.privacy.history import note_step
from backend.privacy.rules.requests import Notice, State, notice_due
from backend.privacy.service.asking import enqueue_copy
from backend.privacy.service.deciding import enqueue_erasure

_AT_ONCE = 500
_EVENTS = {Notice.SOON: "privacy_due_soon", Notice.OVERDUE: "privacy_overdue"}


def watch(scope: Scope) -> dict[str, int]:
    """Tell administrators of clocks that end soon or are past, each once; how often each."""
    now, done = clock.now(), dict.fromkeys(_EVENTS, 0)
    for request in queries.watched(scope, _AT_ONCE):
        if request.state == State.MAKING:
            enqueue_copy(scope, request)
        elif request.state == State.APPROVED:
            enqueue_erasure(scope, request)
        notice = notice_due(request.due_at, now, request.told)
        if notice is None:
            continue
        request.told = [*request.told, notice.value]
        note_step(scope, request, notice.value)
        colleagues.tell(scope, _EVENTS[notice], colleagues.due_facts(scope, request))
        done[notice] += 1
    scope.session.flush()
    return {notice.value: number for notice, number in done.items() if number}
