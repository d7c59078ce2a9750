"""Who is on duty in the demo: the demo's own agent and doctor around the clock, and the hours of each desk."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from backend.access import Scope
from backend.clients.registry import ClientFacts
from backend.kit import clock
from backend.staffing import queries, service

_DAY = timedelta(days=1)


def bring(scope: Scope, client: ClientFacts, hours: dict[str, list[dict[str, Any]]]) -> None:
    """Put hours and a roster in where there are none; the roster runs to the end of the coming year.

    A seed of a new year (see ``demo_marker``) plans the next one.
    """
    if not queries.opening_hours(scope):
        for desk, spells in hours.items():
            service.set_hours(scope, desk, [spell for entry in spells for spell in _spells(entry)], [])
    begin, end = _period(client)
    people = [row.id for row in queries.colleagues(scope)]
    planned = {row.staff_id for row in queries.shifts(scope, end - _DAY, end)}
    if missing := [person for person in people if person not in planned]:
        service.plan_shifts(scope, begin, end, _around_the_clock(missing, begin, end), missing)


def _period(client: ClientFacts) -> tuple[datetime, datetime]:
    zone, today = ZoneInfo(client.timezone), clock.today(client.timezone)
    first, last = today - _DAY, date(today.year + 2, 1, 1)
    return tuple(datetime.combine(day, time.min, zone).astimezone(UTC) for day in (first, last))  # type: ignore[return-value]


def _around_the_clock(people: list[UUID], begin: datetime, end: datetime) -> list[dict[str, Any]]:
    return [
        {"staff_id": person, "starts_at": begin + day * _DAY, "ends_at": begin + (day + 1) * _DAY}
        for person in people
        for day in range((end - begin) // _DAY)
    ]


def _spells(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """One entry of the cast is the same spell on several days of the week."""
    opens, closes = time.fromisoformat(entry["opens"]), time.fromisoformat(entry["closes"])
    return [
        {"weekday": weekday, "opens": opens, "closes": closes, "on_holidays": entry.get("on_holidays", False)}
        for weekday in entry["weekdays"]
    ]
