"""Waiting cases are offered to people on duty, and come back when nobody takes them or a shift ends (S0-91, S0-95).

An offered case is open and has ``assigned_to``; whoever takes it first has it. One round at a time works on a client,
so that two workers never offer one case twice and nobody gets more than fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from backend import languages
from backend.access import Scope
from backend.accounts import queries as accounts
from backend.clients.registry import client_by_id
from backend.helpline import queries
from backend.helpline.models import Desk, HelplineCase
from backend.helpline.rules import assignment as rules
from backend.helpline.rules.assignment import Person, Waiting
from backend.helpline.service.handling import let_go
from backend.helpline.service.steps import write_step
from backend.kit import clock
from backend.staffing import service as staffing

_ONE_ROUND = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
_MOST = 200
_DESKS = (Desk.HELPLINE, Desk.DOCTOR)


def assign_waiting(scope: Scope) -> int:
    """Take back what was not taken, then offer what waits in the order of the queue; returns how many were offered."""
    scope.session.execute(_ONE_ROUND, {"key": f"{scope.client_id}:assignment"})
    now = clock.now()
    _shifts_that_ended(scope, now)
    people = _on_duty(scope, now)
    _offers_that_passed(scope, now, set(people))
    waiting = queries.waiting_cases(scope, _MOST)
    passed = queries.passed_offers(scope, [case.id for case in waiting])
    offered = [_offer(scope, case, people, passed.get(case.id, ())) for case in waiting]
    _name(scope, [case for case, staff_id in zip(waiting, offered, strict=True) if staff_id is not None])
    return sum(staff_id is not None for staff_id in offered)


def _on_duty(scope: Scope, now: datetime) -> dict[UUID, Person]:
    load = queries.load(scope)
    found = {one.staff_id: one for desk in _DESKS for one in staffing.on_duty(scope, now, desk.value)}
    return {
        staff_id: Person(staff_id, one.languages, one.doctor, one.capacity, load.get(staff_id, 0))
        for staff_id, one in found.items()
    }


def _offer(scope: Scope, case: HelplineCase, people: dict[UUID, Person], passed: Sequence[UUID]) -> UUID | None:
    waiting = Waiting(case.desk, case.language, case.priority, passed)
    if people and rules.needs_anybody(waiting, sum(person.doctor for person in people.values())):
        case.desk = Desk.HELPLINE
        write_step(scope, case, "no_doctor", _note(scope, "no_doctor"), {"desk": case.desk}, is_work=False)
        waiting = replace(waiting, desk=case.desk)
    chosen = rules.choose(waiting, list(people.values()))
    if chosen is not None:
        case.assigned_to, case.assigned_at = chosen, clock.now()
        people[chosen] = replace(people[chosen], open_cases=people[chosen].open_cases + 1)
    return chosen


def _name(scope: Scope, cases: Sequence[HelplineCase]) -> None:
    names = accounts.display_names(scope, {case.assigned_to for case in cases if case.assigned_to})
    for case in cases:
        facts = {"to": names.get(case.assigned_to) if case.assigned_to else None, "staff_id": str(case.assigned_to)}
        write_step(scope, case, "offered", facts=facts, is_work=False)


def _offers_that_passed(scope: Scope, now: datetime, present: set[UUID]) -> None:
    """Whoever has a roster and is not there loses an offer at once, everybody else after its time."""
    offered = queries.offered_cases(scope)
    rostered = queries.rostered(scope, now) if offered else set()
    for case in offered:
        since = case.assigned_at or now
        gone = case.assigned_to in rostered - present
        if gone or rules.offer_has_passed(case.priority, since, now):
            _back(scope, [case], "not_taken_in_time")


def _shifts_that_ended(scope: Scope, now: datetime) -> None:
    """What somebody who went home was working on waits for the others, with a note that says so."""
    _back(scope, queries.cases_of_ended_shifts(scope, now), "shift_ended")


def _back(scope: Scope, cases: Sequence[HelplineCase], why: str) -> None:
    names: Mapping[UUID, str] = accounts.display_names(scope, {case.assigned_to for case in cases if case.assigned_to})
    for case in cases:
        holder = case.assigned_to
        let_go(scope, case)
        name = names.get(holder, "–") if holder else "–"
        facts = {"why": why, "from": name, "staff_id": str(holder)}
        write_step(scope, case, "returned", _note(scope, why, name), facts, is_work=False)


def _note(scope: Scope, why: str, name: str = "") -> str:
    """What colleagues read in the case, in the client's first language."""
    return languages.message(f"helpline.{why}", client_by_id(scope.client_id).default_language, {"name": name})
