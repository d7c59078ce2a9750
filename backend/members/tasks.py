"""Background work of the members domain; arguments are ids only, every task may run twice."""

from __future__ import annotations

from uuid import UUID

from backend.access import working_for
from backend.jobs import RETRY, jobs
from backend.members import census_work, hr_mail


@jobs.task(name="members.tell_hr_of_lost_card", retry=RETRY)
def tell_hr_of_lost_card(client_id: str, card_id: str) -> None:
    """Write to the employer's HR contacts that a card was lost."""
    with working_for(UUID(client_id)) as scope:
        hr_mail.tell_of_lost_card(scope, UUID(card_id))


@jobs.task(name="members.check_census", retry=RETRY)
def check_census(client_id: str, import_id: str) -> None:
    """Judge every line of an uploaded census."""
    with working_for(UUID(client_id)) as scope:
        census_work.check(scope, UUID(import_id))


@jobs.task(name="members.apply_census", retry=RETRY)
def apply_census(client_id: str, import_id: str) -> None:
    """Write the members of a checked census, or go on with it."""
    census_work.apply(UUID(client_id), UUID(import_id))
