"""Background work of telemedicine; every task may run twice."""

from __future__ import annotations

from backend.access import working_for
from backend.clients import registry as clients
from backend.jobs import checks_deadlines, jobs
from backend.telemedicine.service import remind_of_follow_ups, watch


@jobs.periodic(cron="* * * * *")
@jobs.task(name="telemedicine.watch", queueing_lock="telemedicine.watch")
def watch_everywhere(timestamp: int) -> None:
    """Every minute, client by client: appointments, reminders, doctors who are gone, members who do not come."""
    for client in clients.all_clients():
        with working_for(client.id) as scope:
            watch(scope)


@checks_deadlines
@jobs.periodic(cron="7 * * * *")
@jobs.task(name="telemedicine.follow_ups", queueing_lock="telemedicine.follow_ups")
def remind_everywhere(timestamp: int) -> None:
    """Every hour: follow-ups of tomorrow; whoever sleeps is told in the morning (quiet hours)."""
    for client in clients.all_clients():
        with working_for(client.id) as scope:
            remind_of_follow_ups(scope)
