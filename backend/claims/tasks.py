"""Reminders nobody has to think of."""

from __future__ import annotations

from backend.access import working_for
from backend.claims import service
from backend.clients.registry import all_clients
from backend.jobs import checks_deadlines, jobs


@checks_deadlines
@jobs.periodic(cron="0 1 * * *")
@jobs.task(name="claims.remind_returned", queueing_lock="claims.remind_returned")
def remind_returned(timestamp: int) -> None:
    """Tell members whose returned claim must be back in seven days, or tomorrow; once a day each."""
    for client in all_clients():
        with working_for(client.id) as scope:
            service.remind_returned(scope)
