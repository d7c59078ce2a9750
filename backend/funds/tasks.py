"""Money that nobody has to watch."""

from __future__ import annotations

from backend.access import working_for
from backend.clients.registry import all_clients
from backend.funds import service
from backend.jobs import checks_deadlines, jobs
from backend.observability import log


@checks_deadlines
@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="funds.watch", queueing_lock="funds.watch")
def watch(timestamp: int) -> None:
    """Top-up notices, payments that would come too late, excess that is due; running twice tells nothing twice."""
    for client in all_clients():
        with working_for(client.id) as scope:
            told = service.watch_deposit(scope)
            late = service.watch_promises(scope)
            excess = service.watch_excess(scope)
        if told or late or excess:
            log.info("fund_watched", client=client.slug, notices=told, late=late, **excess)


@jobs.periodic(cron="41 18 * * *")
@jobs.task(name="funds.check_books", queueing_lock="funds.check_books")
def check_books(timestamp: int) -> None:
    """Every night: the invariants of the ledger, client by client. A finding is an error and changes nothing."""
    for client in all_clients():
        with working_for(client.id) as scope:
            found = service.check_books(scope)
        for finding in found:
            log.error("ledger_mismatch", client=client.slug, rule=finding.rule, difference=finding.difference_minor)
