"""The supervisors' report about the helpline, as JSON and as a file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from backend.access import Scope
from backend.audit import service as audit
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.kit import clock, spreadsheet
from backend.kit.deadlines import local_date
from backend.kit.refusal import Refusal
from backend.reports import queries, rules
from backend.reports.queries import Place
from backend.reports.rules import Calls, Containment, Figures, FirstResponse, Handling, Period, Scores
from backend.staffing import service as staffing
from backend.staffing.models import Desk

_DESKS = (Desk.HELPLINE, Desk.DOCTOR)
_TOTAL: Place = (None, None)
_COLUMNS = {
    "calls": (
        *("offered", "answered", "answered_in_time", "service_level", "abandoned", "callbacks", "voicemails"),
        *("average_wait_seconds", "longest_wait_seconds"),
    ),
    "first_response": ("cases", "answered", "in_time_share", "average_seconds", "median_seconds"),
    "handling": ("closed", "average_seconds", "median_seconds"),
    "containment": ("threads", "contained", "share"),
    "satisfaction": ("asked", "answered", "low", "average"),
}
"""The columns of the file: a group and the figures of it."""


def helpline_report(scope: Scope, first: date | None, last: date | None) -> dict[str, Any]:
    """What waits now, and the figures of a period by day and channel (S0-90, S0-91).

    Raises RuleRefused for a period that ends before it begins or is longer than a year.
    """
    now = clock.now()
    of = _period(scope, first, last, now)
    figures = _figures(scope, of, now)
    return {
        "from": of.first,
        "to": of.last,
        "timezone": of.zone,
        "now": _load(scope, now),
        "total": figures[_TOTAL].shown(),
        "days": [
            {"day": day, "channel": channel, **figures[day, channel].shown()}
            for day, channel in sorted(place for place in figures if place != _TOTAL)
        ],
    }


def helpline_file(scope: Scope, first: date | None, last: date | None) -> str:
    """The figures of a period, one line for each day and channel, the total last; the export is recorded."""
    now = clock.now()
    figures = _figures(scope, _period(scope, first, last, now), now)
    header = ["day", "channel", *(f"{group}_{name}" for group, names in _COLUMNS.items() for name in names)]
    places: list[Place] = [*sorted(place for place in figures if place != _TOTAL), _TOTAL]
    audit.record(scope, "export", "helpline_report", None)
    return spreadsheet.written(header, [_line(place, figures[place].shown()) for place in places])


def _period(scope: Scope, first: date | None, last: date | None, now: datetime) -> Period:
    zone = client_by_id(scope.client_id).timezone
    of = rules.period(first, last, local_date(now, zone), zone)
    if isinstance(of, Refusal):
        raise RuleRefused.of(of)
    return of


def _figures(scope: Scope, of: Period, now: datetime) -> dict[Place, Figures]:
    calls, written = queries.calls(scope, of, now), queries.first_responses(scope, of, now)
    handled, threads, scores = queries.handling(scope, of), queries.containment(scope, of), queries.scores(scope, of)
    places = {_TOTAL, *calls, *written, *handled, *threads, *scores}
    return {
        place: Figures(
            calls.get(place, Calls()),
            written.get(place, FirstResponse()),
            handled.get(place, Handling()),
            threads.get(place, Containment()),
            scores.get(place, Scores()),
        )
        for place in places
    }


def _load(scope: Scope, now: datetime) -> dict[str, Any]:
    on_duty = {desk: [one.staff_id for one in staffing.on_duty(scope, now, desk)] for desk in _DESKS}
    there = {person for people in on_duty.values() for person in people}
    in_hand = queries.in_hand(scope)
    return {
        "at": now,
        "waiting": [dict(row._mapping) for row in queries.waiting(scope)],
        "calls_waiting": [dict(row._mapping) for row in queries.calls_waiting(scope)],
        "on_duty": [{"desk": desk, "people": len(people)} for desk, people in on_duty.items()],
        "people": [
            {
                "id": person["staff_id"],
                "name": person["name"],
                "role": person["role"],
                "on_duty": person["staff_id"] in there,
                "open_cases": in_hand.get(person["staff_id"], 0),
                "capacity": person["capacity"],
            }
            for person in staffing.list_skills(scope)
        ],
    }


def _line(place: Place, shown: dict[str, Any]) -> list[spreadsheet.Cell]:
    day, channel = place
    figures = (shown[group][name] for group, names in _COLUMNS.items() for name in names)
    return [day.isoformat() if day else "total", channel or "", *(_cell(figure) for figure in figures)]


def _cell(figure: float | None) -> spreadsheet.Cell:
    return str(figure) if isinstance(figure, float) else figure
