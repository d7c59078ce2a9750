"""What happens to referrals by themselves: they end, and their members are reminded before."""

from __future__ import annotations

from backend.access import working_for
from backend.clients.registry import all_clients
from backend.jobs import checks_deadlines, jobs
from backend.observability import log
from backend.referrals import service


@checks_deadlines
@jobs.periodic(cron="25 0 * * *")
@jobs.task(name="referrals.check_days", queueing_lock="referrals.check_days")
def check_days(timestamp: int) -> None:
    """Remind and expire what is due, client by client; running twice does nothing twice."""
    for client in all_clients():
        with working_for(client.id) as scope:
            expired, reminded = service.expire_due(scope), service.remind_due(scope)
        if expired or reminded:
            log.info("referral_days", client=client.slug, expired=expired, reminded=reminded)
