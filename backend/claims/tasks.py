"""Reminders nobody has to think of, and the nightly comparison of providers."""

from __future__ import annotations

from backend.access import working_for
from backend.claims import service
from backend.clients.registry import all_clients
from backend.jobs import checks_deadlines, jobs
from backend.observability import log


@checks_deadlines
@jobs.periodic(cron="0 1 * * *")
@jobs.task(name="claims.remind_returned", queueing_lock="claims.remind_returned")
def remind_returned(timestamp: int) -> None:
    """Tell members whose returned claim must be back in seven days, or tomorrow; once a day each."""
    for client in all_clients():
        with working_for(client.id) as scope:
            service.remind_returned(scope)


@jobs.periodic(cron="17 3 * * *")
@jobs.task(name="claims.compare_providers", queueing_lock="claims.compare_providers")
def compare_providers(timestamp: int) -> None:
    """Every night: which providers billed unlike their peers in the last twelve months, client by client."""
    for client in all_clients():
        with working_for(client.id) as scope:
            found = service.compare_providers(scope)
            log.info("providers_compared", client=client.slug, patterns=found)
