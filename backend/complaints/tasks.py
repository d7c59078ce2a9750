"""The clock that nobody has to watch."""

from __future__ import annotations

from backend.access import working_for
from backend.clients.registry import all_clients
from backend.complaints import service
from backend.jobs import jobs
from backend.observability import log


@jobs.periodic(cron="7 * * * *")
@jobs.task(name="complaints.mark_overdue", queueing_lock="complaints.mark_overdue")
def mark_overdue(timestamp: int) -> None:
    """Mark complaints whose last day is over, client by client; running twice marks nothing twice."""
    for client in all_clients():
        with working_for(client.id) as scope:
            late = service.mark_overdue(scope)
        if late:
            log.warning("complaints_overdue", client=client.slug, complaints=late)
