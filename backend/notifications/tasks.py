"""Background work of notifications: choose the channel, send, find out what became of it.

Between taking an attempt and recording what the vendor said no transaction is open. A worker that dies
there leaves the attempt in ``sending``; whoever runs the job again may not send it a second time.
"""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.clients import registry as clients
from backend.integrations import registry
from backend.jobs import RETRY, jobs
from backend.notifications import delivery


@jobs.task(name="notifications.tell", retry=RETRY)
def tell(client_id: str, notification_id: str) -> None:
    """Choose the first channel and the hour."""
    with working_for(UUID(client_id)) as scope:
        delivery.begin(scope, UUID(notification_id))


@jobs.task(name="notifications.send", retry=RETRY)
def send(client_id: str, attempt_id: str) -> None:
    """Hand one attempt to its vendor."""
    with working_for(UUID(client_id)) as scope:
        parcel = delivery.take(scope, UUID(attempt_id))
    if parcel is None:
        return
    outcome = delivery.hand_over(registry.current(), parcel)
    with working_for(UUID(client_id)) as scope:
        delivery.record(scope, UUID(attempt_id), outcome)


@jobs.task(name="notifications.settle", retry=RETRY)
def settle(client_id: str, attempt_id: str) -> None:
    """Nobody knows whether it went out and no callback came: try the next channel instead."""
    with working_for(UUID(client_id)) as scope:
        delivery.give_up_waiting(scope, UUID(attempt_id))


@jobs.periodic(cron="*/10 * * * *")
@jobs.task(name="notifications.forget_codes", queueing_lock="notifications.forget_codes")
def forget_codes(timestamp: int) -> None:
    """Wipe what is left of old sign-in codes, client by client."""
    for client in clients.all_clients():
        with working_for(client.id) as scope:
            delivery.forget_codes(scope)
