"""The clock that nobody has to watch."""

from __future__ import annotations

from backend.access import working_for
from backend.clients.registry import all_clients
from backend.complaints import service
from backend.jobs import checks_deadlines, jobs
from backend.observability import log


@checks_deadlines
@jobs.periodic(cron="7 * * * *")
@jobs.task(name="complaints.check_deadlines", queueing_lock="complaints.check_deadlines")
def check_deadlines(timestamp: int) -> None:
    """Warn, mark, convert, remind and escalate what is due, client by client; running twice does nothing twice."""
    for client in all_clients():
        with working_for(client.id) as scope:
            done = service.check_deadlines(scope)
        if done:
            log.info("complaint_deadlines", client=client.slug, **done)


@checks_deadlines
@jobs.periodic(cron="20 1 * * *")
@jobs.task(name="complaints.remind_of_report", queueing_lock="complaints.remind_of_report")
def remind_of_report(timestamp: int) -> None:
    """Remind the admins of a quarter's report to the regulator that is not sent; once on a day at most."""
    for client in all_clients():
        with working_for(client.id) as scope:
            service.remind_of_report(scope)
