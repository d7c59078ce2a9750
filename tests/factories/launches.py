"""A client on its way to its first day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from backend.access import Actor, Role, working_for
from backend.clients.registry import ClientFacts
from backend.kit import clock, ids
from backend.launches import service
from backend.launches.models import LaunchTask

PLANNER = Actor(Role.ADMIN, id=ids.new_id())


def begin_launch(client: ClientFacts, launch_on: date) -> None:
    """An administrator has begun to prepare the launch for a day."""
    with working_for(client.id, PLANNER) as scope:
        service.begin(scope, launch_on)


def finish_tasks(client: ClientFacts, *codes: str) -> None:
    """These tasks are ticked off, or all of them, whatever the platform sees."""
    with working_for(client.id) as scope:
        rows = update(LaunchTask).where(LaunchTask.client_id == client.id)
        if codes:
            rows = rows.where(LaunchTask.code.in_(codes))
        scope.session.execute(rows.values(done_at=clock.now(), done_by=PLANNER.id))
