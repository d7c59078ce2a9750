"""Rosters, skills, hours and presence; and the two answers everybody else needs: who is on duty, is it open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from backend import languages
from backend.access import Scope
from backend.audit import service as audit
from backend.clients import queries as clients
from backend.clients.registry import client_by_id
from backend.errors import RuleRefused
from backend.jobs import enqueue, jobs
from backend.kit import clock, ids
from backend.kit.deadlines import WorkCalendar, local_date
from backend.kit.refusal import Refusal
from backend.kit.working_hours import NeverOpen, Spell, WorkingHours
from backend.staffing import queries, rules
from backend.staffing.models import ClosedDay, Desk, OpeningHours, Presence, PresenceState, Shift, StaffSkill
from backend.staffing.rules import Planned

ASSIGN = "helpline.assign"
"""The helpline's job that offers waiting cases; who comes and goes changes who gets them. We only name it."""

_SHOWN_BY_DEFAULT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody who can be given work now."""

    staff_id: UUID
    languages: tuple[str, ...]
    doctor: bool
    capacity: int


def on_duty(scope: Scope, at: datetime, desk: str = Desk.HELPLINE) -> list[OnDuty]:
    """Who works at a desk at ``at``: on shift and not away (S0-80, S0-92).

    Doctors sit at the doctors' desk, everybody else at the others.
    """
    spoken = client_by_id(scope.client_id).languages
    people = [
        OnDuty(
            row.staff_id,
            tuple(spoken if row.languages is None else row.languages),
            row.role == "doctor" if row.doctor is None else row.doctor,
            row.capacity or rules.DEFAULT_CAPACITY,
        )
        for row in queries.working_at(scope, at)
        if not rules.is_away(row.state, row.since, row.starts_at)
    ]
    return [one for one in people if one.doctor == (desk == Desk.DOCTOR)]


def working_hours(scope: Scope, at: datetime, desk: str = Desk.HELPLINE) -> WorkingHours:
    """The hours of a desk by the contract in force at ``at``; open day and night when nobody set any."""
    client = client_by_id(scope.client_id)
    spells = tuple(_spell(row) for row in queries.opening_hours(scope, desk))
    closed = frozenset(row.day for row in queries.closed_days(scope, desk))
    return WorkingHours(client.timezone, spells, _calendar(scope, at) if spells else None, closed)


def is_open(scope: Scope, at: datetime, desk: str = Desk.HELPLINE) -> bool:
    """Whether a desk is open at ``at``: its own hours, holidays, past midnight; no hours are day and night."""
    return working_hours(scope, at, desk).is_open(at)


def next_opening(scope: Scope, at: datetime, desk: str = Desk.HELPLINE) -> datetime | None:
    """``at`` itself while the desk is open, else when it opens again; None when it never does."""
    try:
        return working_hours(scope, at, desk).next_opening(at)
    except NeverOpen:
        return None


def list_shifts(scope: Scope, begin: datetime | None, end: datetime | None) -> dict[str, Any]:
    """The roster of a period, by default of the seven days from now on."""
    first = begin or clock.now()
    last = end or first + _SHOWN_BY_DEFAULT
    return {"from": first, "to": last, "items": [_shift(row) for row in queries.shifts(scope, first, last)]}


def plan_shifts(
    scope: Scope,
    begin: datetime,
    end: datetime,
    shifts: Sequence[Mapping[str, Any]],
    staff_ids: list[UUID] | None = None,
) -> dict[str, Any]:
    """Replace the shifts that begin in a period, of these people only when some are named.

    Raises RuleRefused naming the first shift that nobody can work; then the old roster stands. A shift that
    overlaps one outside the period is refused too.
    """
    planned = [
        Planned(one["staff_id"], one["starts_at"].astimezone(UTC), one["ends_at"].astimezone(UTC)) for one in shifts
    ]
    everybody = [row.id for row in queries.colleagues(scope)]
    named = everybody if staff_ids is None else [one for one in staff_ids if one in everybody]
    _refuse(rules.roster_problem(planned, begin, end, named))
    queries.remove_shifts(scope, begin, end, staff_ids)
    if planned:
        first, last = min(one.starts_at for one in planned), max(one.ends_at for one in planned)
        beside = [Planned(row.staff_id, row.starts_at, row.ends_at) for row in queries.shifts(scope, first, last)]
        _refuse(rules.overlap([*beside, *planned]))
        scope.session.execute(insert(Shift), [_new_shift(scope, one) for one in planned])
    audit.record(scope, "update", "roster", None, fields=["shifts"])
    return list_shifts(scope, begin, end)


def list_skills(scope: Scope) -> list[dict[str, Any]]:
    """Everybody who answers members, with what they can do."""
    spoken = client_by_id(scope.client_id).languages
    return [_skill(row, spoken) for row in queries.colleagues(scope)]


def look_at_skill(scope: Scope, staff_id: UUID) -> dict[str, Any]:
    """What somebody can do; raises NotFound."""
    return _skill(queries.colleague(scope, staff_id), client_by_id(scope.client_id).languages)


def set_skill(scope: Scope, staff_id: UUID, *, spoken: Sequence[str], doctor: bool, capacity: int) -> dict[str, Any]:
    """Say what somebody can do; raises NotFound, RuleRefused."""
    person = queries.colleague(scope, staff_id)
    _refuse(rules.skill_problem(person.role, doctor, spoken, languages.LANGUAGES))
    row = queries.skill(scope, staff_id)
    if row is None:
        row = StaffSkill(client_id=scope.client_id, id=ids.new_id(), staff_id=staff_id)
        scope.session.add(row)
    row.languages, row.doctor, row.capacity = list(dict.fromkeys(spoken)), doctor, capacity
    scope.session.flush()
    audit.record(scope, "update", "staff_skill", staff_id, fields=["languages", "doctor", "capacity"])
    return look_at_skill(scope, staff_id)


def list_hours(scope: Scope) -> list[dict[str, Any]]:
    """The hours of every desk, and whether it is open now."""
    now = clock.now()
    today = local_date(now, client_by_id(scope.client_id).timezone)
    week, closed = queries.opening_hours(scope), queries.closed_days(scope, since=today)
    return [
        {
            "desk": desk.value,
            "hours": [_hours(row) for row in week if row.desk == desk],
            "closed_days": [{"day": row.day, "name": row.name} for row in closed if row.desk == desk],
            "open_now": is_open(scope, now, desk),
            "opens_at": next_opening(scope, now, desk),
        }
        for desk in Desk
    ]


def set_hours(
    scope: Scope, desk: str, hours: Iterable[Mapping[str, Any]], closed_days: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Replace the hours of a desk; no hours are day and night. Raises RuleRefused when two spells overlap."""
    spells, closures = [Spell(**one) for one in hours], list(closed_days)
    _refuse(rules.hours_problem(spells))
    _refuse(rules.closures_problem(one["day"] for one in closures))
    queries.remove_hours(scope, desk)
    for one in spells:
        scope.session.add(
            OpeningHours(
                client_id=scope.client_id,
                desk=desk,
                weekday=one.weekday,
                opens=one.opens,
                closes=one.closes,
                on_holidays=one.on_holidays,
            )
        )
    for closure in closures:
        scope.session.add(ClosedDay(client_id=scope.client_id, desk=desk, day=closure["day"], name=closure["name"]))
    scope.session.flush()
    audit.record(scope, "update", "opening_hours", None, fields=[desk])
    return list_hours(scope)


def my_presence(scope: Scope) -> dict[str, Any]:
    """Whether the scope's actor is given work now."""
    assert scope.actor.id is not None
    now = clock.now()
    mine = next((row for row in queries.working_at(scope, now) if row.staff_id == scope.actor.id), None)
    said = queries.presence(scope, scope.actor.id)
    away = said is not None and rules.is_away(said.state, said.since, mine.starts_at if mine else said.since)
    return {
        "state": PresenceState.AWAY if away else PresenceState.AVAILABLE,
        "on_shift": mine is not None,
        "shift_ends_at": mine.ends_at if mine else None,
        "capacity": (mine.capacity if mine else None) or rules.DEFAULT_CAPACITY,
        "open_cases": queries.cases_in_hand(scope, scope.actor.id),
    }


def set_presence(scope: Scope, state: str) -> dict[str, Any]:
    """Say that one is there, or away for the rest of the shift; saying it again changes nothing."""
    assert scope.actor.id is not None
    row = queries.presence(scope, scope.actor.id)
    if row is None:
        row = Presence(client_id=scope.client_id, id=ids.new_id(), staff_id=scope.actor.id)
        scope.session.add(row)
    row.state, row.since = state, clock.now()
    scope.session.flush()
    enqueue(scope, jobs.tasks[ASSIGN], lock=f"assignment:{scope.client_id}", client_id=str(scope.client_id))
    return my_presence(scope)


def _calendar(scope: Scope, at: datetime) -> WorkCalendar:
    client = client_by_id(scope.client_id)
    terms, own = clients.terms_on(scope, local_date(at, client.timezone)), clients.calendar_changes(scope)
    return own.calendar(client.country, joint_leave_free=not terms.joint_leave_counts)


def _spell(row: OpeningHours) -> Spell:
    return Spell(row.weekday, row.opens, row.closes, row.on_holidays)


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RuleRefused.of(refusal)


def _new_shift(scope: Scope, one: Planned) -> dict[str, Any]:
    moment = clock.now()
    return {
        "client_id": scope.client_id,
        "id": ids.new_id(),
        "created_at": moment,
        "staff_id": one.staff_id,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
    }


def _shift(row: Shift) -> dict[str, Any]:
    return {"id": row.id, "staff_id": row.staff_id, "starts_at": row.starts_at, "ends_at": row.ends_at}


def _skill(row: Any, spoken: Sequence[str]) -> dict[str, Any]:
    return {
        "staff_id": row.id,
        "name": row.name,
        "role": row.role,
        "languages": list(spoken if row.languages is None else row.languages),
        "doctor": row.role == "doctor" if row.doctor is None else row.doctor,
        "capacity": row.capacity or rules.DEFAULT_CAPACITY,
    }


def _hours(row: OpeningHours) -> dict[str, Any]:
    return {
        "weekday": row.weekday,
        "opens": f"{row.opens:%H:%M}",
        "closes": f"{row.closes:%H:%M}",
        "on_holidays": row.on_holidays,
    }
