"""Background work of the privacy domain: copies, erasures, clocks. Arguments are ids; everything may run twice."""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.clients.registry import all_clients
from backend.documents.vault import vault_of
from backend.integrations import registry
from backend.jobs import RETRY, checks_deadlines, jobs
from backend.observability import log
from backend.privacy import service
from backend.privacy.service import asking, deciding


@jobs.task(name=asking.MAKE, retry=RETRY)
def make_copy(client_id: str, request_id: str) -> None:
    """Put a copy together; packing holds no transaction. A second run finds nothing to do."""
    with working_for(UUID(client_id)) as scope:
        gathered = service.gather(scope, UUID(request_id))
    if gathered is None:
        return
    vault = vault_of(registry.current())
    packed = gathered.packed(vault)
    with working_for(UUID(client_id)) as scope:
        service.keep(scope, vault, UUID(request_id), packed)


@jobs.task(name=deciding.ERASE, retry=RETRY)
def erase(client_id: str, request_id: str) -> None:
    """Erase the rows in one transaction, then the files a few at a time; begun again, it goes on where it stopped."""
    client, request, vault = UUID(client_id), UUID(request_id), vault_of(registry.current())
    with working_for(client) as scope:
        more = service.erase(scope, request)
    while more:
        with working_for(client) as scope:
            more = service.erase_some_files(scope, vault, request)


@checks_deadlines
@jobs.periodic(cron="*/15 * * * *")
@jobs.task(name="privacy.watch", queueing_lock="privacy.watch")
def watch(timestamp: int) -> None:
    """Warn of clocks that end and try again what got stuck, client by client; running twice tells nobody twice."""
    for client in all_clients():
        with working_for(client.id) as scope:
            told = service.watch(scope)
        if told:
            log.info("privacy_requests_watched", client=client.slug, **told)


@jobs.periodic(cron="47 2 * * *")
@jobs.task(name="privacy.forget_copies", queueing_lock="privacy.forget_copies")
def forget_copies(timestamp: int) -> None:
    """Every night: forget the copies that were kept long enough, client by client."""
    for client in all_clients():
        with working_for(client.id) as scope:
            service.forget_expired(scope, vault_of(registry.current()))
