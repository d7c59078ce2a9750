"""The hours that nobody has to count."""

from __future__ import annotations

from backend.access import working_for
from backend.clients.registry import all_clients
from backend.guarantees import service
from backend.jobs import checks_deadlines, jobs
from backend.observability import log


@checks_deadlines
@jobs.periodic(cron="12 * * * *")
@jobs.task(name="guarantees.lapse_letters", queueing_lock="guarantees.lapse_letters")
def lapse_letters(timestamp: int) -> None:
    """Note the letters that ran out, client by client; running twice notes nothing twice."""
    for client in all_clients():
        with working_for(client.id) as scope:
            lapsed = service.lapse_due(scope)
        if lapsed:
            log.info("guarantee_letters_lapsed", client=client.slug, letters=lapsed)


@checks_deadlines
@jobs.periodic(cron="*/5 * * * *")
@jobs.task(name="guarantees.watch_answers", queueing_lock="guarantees.watch_answers")
def watch_answers(timestamp: int) -> None:
    """Warn of answers that hospitals wait for and escalate late ones; running twice tells nobody twice."""
    for client in all_clients():
        with working_for(client.id) as scope:
            told = service.watch(scope)
        if told:
            log.info("guarantee_answers_watched", client=client.slug, **told)


@checks_deadlines
@jobs.periodic(cron="27 * * * *")
@jobs.task(name="guarantees.watch_discharges", queueing_lock="guarantees.watch_discharges")
def watch_discharges(timestamp: int) -> None:
    """Ask for discharges that are late and raise those that never came; running twice tells nobody twice."""
    for client in all_clients():
        with working_for(client.id) as scope:
            told = service.watch_discharges(scope)
        if told:
            log.info("guarantee_discharges_watched", client=client.slug, **told)
