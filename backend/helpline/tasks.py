"""Background work of the helpline: who gets what waits."""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.clients import registry as clients
from backend.helpline.service import ASSIGN, assign_waiting
from backend.jobs import RETRY, jobs


@jobs.task(name=ASSIGN, retry=RETRY)
def assign(client_id: str) -> None:
    """Offer the waiting cases of one client: something was opened, given back, or somebody has room again."""
    with working_for(UUID(client_id)) as scope:
        assign_waiting(scope)


@jobs.periodic(cron="* * * * *")
@jobs.task(name="helpline.assign_everywhere", queueing_lock="helpline.assign_everywhere")
def assign_everywhere(timestamp: int) -> None:
    """Every minute, client by client: shifts begin and end, and offers pass."""
    for client in clients.all_clients():
        with working_for(client.id) as scope:
            assign_waiting(scope)
