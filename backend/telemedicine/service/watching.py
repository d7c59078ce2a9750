"""What the clock does: appointments come due, members are reminded, doctors drop out, nobody comes."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.access import Role, Scope
from backend.clients.registry import client_by_id
from backend.errors import Forbidden
from backend.kit import clock
from backend.kit.deadlines import calendar_days_after
from backend.notifications.service import notify
from backend.telemedicine import queries, sealed
from backend.telemedicine.rules.states import COMES_WITHIN, Move
from backend.telemedicine.service.consulting import missed, return_to_queue
from backend.telemedicine.service.moves import moved

REMIND_BEFORE = timedelta(minutes=30)
PATIENCE = COMES_WITHIN * 2
"""A doctor may say earlier that nobody came; after this the clock says it."""


def watch(scope: Scope) -> None:
    """Every minute, for one client; running it twice changes nothing."""
    now = clock.now()
    for row in queries.to_remind(scope, now + REMIND_BEFORE):
        row.reminded_at = now
        zone = client_by_id(scope.client_id).timezone
        notify(scope, "teleconsultation_reminder", row.asked_by, {"clock_time": _clock(row.starts_at or now, zone)})
    for row in queries.due_appointments(scope, now):
        row.queued_at, row.rank = row.starts_at, 0
        moved(scope, row, Move.DUE)
    for row in queries.without_doctor(scope):
        return_to_queue(scope, row, "doctor_gone")
    for row in queries.waited_for(scope, now - PATIENCE):
        missed(scope, row)


def remind_of_follow_ups(scope: Scope) -> int:
    """The day before a follow-up, and on the day itself for one that was set for tomorrow; returns how many."""
    today = clock.today(client_by_id(scope.client_id).timezone)
    near = queries.follow_ups(scope, calendar_days_after(today, 1))
    for row in near:
        row.follow_up_told_at = clock.now()
        if row.follow_up_on is not None and row.follow_up_on >= today:
            notify(scope, "teleconsultation_follow_up", row.asked_by, {"planned_on": row.follow_up_on})
    return len(near)


def reseal_teleconsultations(scope: Scope, after: UUID | None, limit: int) -> tuple[UUID | None, int]:
    """After a rotation of the master key: the next ``limit`` consultations with their prescriptions under the newest.

    Returns where to go on, None at the end, and how many values were under an older key. Raises SealBroken, and
    Forbidden for everybody but the system itself.
    """
    if scope.actor.role is not Role.SYSTEM:
        raise Forbidden()
    batch = queries.next_sealed(scope, after, limit)
    changed = 0
    for row in batch:
        for column in ("answers", "diagnoses", "advice"):
            anew = sealed.sealed_anew(getattr(row, column), f"teleconsultation.{column}", row.id)
            if anew is not None:
                setattr(row, column, anew)
                changed += 1
    for paper in queries.sealed_prescriptions(scope, [row.id for row in batch]):
        anew = sealed.sealed_anew(paper.items, "prescription.items", paper.id)
        if anew is not None:
            paper.items = anew
            changed += 1
    scope.session.flush()
    return (batch[-1].id if len(batch) == limit else None), changed


def _clock(moment: datetime, zone: str) -> str:
    """The time as a clock at the client's seat shows it."""
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"
