"""The clock that nobody has to watch."""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.clients.registry import all_clients
from backend.complaints import service
from backend.complaints.dossier import making
from backend.complaints.dossier import service as dossiers
from backend.documents.vault import vault_of
from backend.integrations import registry
from backend.jobs import RETRY, checks_deadlines, jobs
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


@jobs.task(name=dossiers.MAKE, retry=RETRY)
def make_dossier(client_id: str, dossier_id: str) -> None:
    """Put a dossier together; drawing and packing hold no transaction. A second run finds nothing to do."""
    with working_for(UUID(client_id)) as scope:
        gathered = making.gather(scope, UUID(dossier_id))
    if gathered is None:
        return
    outside = registry.current()
    vault, settings = vault_of(outside), outside.settings
    finished = making.finish(gathered, vault, settings.card_key, settings.public_url)
    with working_for(UUID(client_id)) as scope:
        dossiers.keep(scope, vault, UUID(dossier_id), finished)


@jobs.periodic(cron="53 2 * * *")
@jobs.task(name="complaints.forget_dossiers", queueing_lock="complaints.forget_dossiers")
def forget_dossiers(timestamp: int) -> None:
    """Every night: forget the dossiers that were kept long enough, client by client."""
    for client in all_clients():
        with working_for(client.id) as scope:
            dossiers.forget_expired(scope, vault_of(registry.current()))
