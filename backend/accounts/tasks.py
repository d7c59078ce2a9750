"""Background work of the accounts domain."""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.accounts import delivery, upkeep
from backend.clients.registry import all_clients
from backend.jobs import RETRY, jobs


@jobs.task(name="accounts.deliver_code", queue="urgent", retry=RETRY)
def deliver_code(client_id: str, code_id: str) -> None:
    """Send a one-time code. The code and the number stay in the sealed row; the ids find it."""
    with working_for(UUID(client_id)) as scope:
        delivery.deliver(scope, UUID(code_id))


@jobs.periodic(cron="41 2 * * *")
@jobs.task(name="accounts.forget", queueing_lock="accounts.forget")
def forget(timestamp: int) -> None:
    """Every night: forget codes, attempts and sessions that nobody needs any more."""
    for client in all_clients():
        with working_for(client.id) as scope:
            upkeep.forget(scope)
