"""Background work of the providers domain; arguments are ids only, every task may run twice."""

from __future__ import annotations

from uuid import UUID

from backend.clients.registry import all_clients
from backend.jobs import RETRY, jobs
from backend.observability import log
from backend.providers import import_upkeep, import_work


@jobs.task(name="providers.check_import", retry=RETRY)
def check_provider_import(client_id: str, import_id: str) -> None:
    """Read and judge every line of an uploaded file."""
    import_work.check(UUID(client_id), UUID(import_id))


@jobs.task(name="providers.apply_import", retry=RETRY)
def apply_provider_import(client_id: str, import_id: str) -> None:
    """Write what a checked file says."""
    import_work.apply(UUID(client_id), UUID(import_id))


@jobs.periodic(cron="53 2 * * *")
@jobs.task(name="providers.purge_imports", queueing_lock="providers.purge_imports")
def purge_imports(timestamp: int) -> None:
    """Every night: the lines of imports that were kept long enough, client by client."""
    for client in all_clients():
        purged = import_upkeep.purge(client.id)
        if purged:
            log.info("provider_imports_purged", client=client.slug, imports=purged)
