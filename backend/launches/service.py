"""What is done with a launch: begun, planned, given to people, ticked off, and at last let go."""

from __future__ import annotations

from datetime import date
from typing import Any

from backend.access import Scope
from backend.audit import service as audit
from backend.branding import loader
from backend.clients import queries as clients
from backend.clients.registry import client_by_id
from backend.errors import Conflict, NotFound, RuleRefused
from backend.kit import clock, ids
from backend.kit.deadlines import WorkCalendar
from backend.kit.refusal import Refusal
from backend.launches import queries, rules
from backend.launches.models import Launch, LaunchTask
from backend.launches.rules import CHECKLIST, TASKS, Evidence
from backend.studio.gate import defects

BEGUN = "launches.begun"


def begin(scope: Scope, launch_on: date) -> None:
    """Set the client's checklist up, due backwards from the day of the launch; until then nobody can sign in.

    Raises Conflict ``launches.begun`` when there is one, RuleRefused ``launches.in_the_past``.
    """
    if queries.launch(scope) is not None:
        raise Conflict(BEGUN)
    _refuse(rules.may_plan(launch_on, _today(scope), launched=False))
    row = Launch(client_id=scope.client_id, id=ids.new_id(), launch_on=launch_on)
    scope.session.add(row)
    scope.session.flush()
    calendar = _calendar(scope, launch_on)
    for task in CHECKLIST:
        due = rules.due_on(task, launch_on, calendar)
        scope.session.add(LaunchTask(client_id=scope.client_id, launch_id=row.id, code=task.code, due_on=due))
    audit.record(scope, "create", "launch", row.id)


def plan(scope: Scope, launch_on: date) -> None:
    """Move the launch; what is not done yet is due anew. Raises RuleRefused."""
    row = queries.launch_for_update(scope)
    _refuse(rules.may_plan(launch_on, _today(scope), launched=row.launched_at is not None))
    row.launch_on = launch_on
    calendar = _calendar(scope, launch_on)
    for task in queries.tasks(scope):
        if task.done_at is None:
            task.due_on = rules.due_on(TASKS[task.code], launch_on, calendar)
    audit.record(scope, "update", "launch", row.id, fields=["launch_on"])


def assign(scope: Scope, code: str, changes: dict[str, Any]) -> None:
    """Say who sees to a task, until when, and what there is to note; raises NotFound."""
    queries.launch_for_update(scope)
    row = _task(scope, code)
    for name, value in changes.items():
        setattr(row, name, value)
    audit.record(scope, "update", "launch_task", row.id, fields=sorted(changes))


def finish(scope: Scope, code: str, paper: str | None = None) -> None:
    """Tick a task off; raises NotFound, RuleRefused ``launches.blocked``, ``not_there_yet``, ``paper_missing``."""
    queries.launch_for_update(scope)
    row, task = _task(scope, code), TASKS[code]
    evidence = {one: task.evidence is one and _seen(scope, one) for one in Evidence}
    _refuse(rules.may_finish(task, _done(scope), evidence, has_paper=bool(paper or row.paper)))
    row.paper = paper or row.paper
    row.done_at, row.done_by = clock.now(), scope.actor.id
    audit.record(scope, "update", "launch_task", row.id, fields=["done"])


def reopen(scope: Scope, code: str) -> None:
    """Take a tick back; raises NotFound, RuleRefused."""
    launch = queries.launch_for_update(scope)
    row = _task(scope, code)
    _refuse(rules.may_reopen(TASKS[code], _done(scope), launched=launch.launched_at is not None))
    row.done_at = row.done_by = None
    audit.record(scope, "update", "launch_task", row.id, fields=["reopened"])


def go(scope: Scope) -> None:
    """Let the members in (S0-79); raises RuleRefused while something is not done or the day has not come."""
    row = queries.launch_for_update(scope)
    launched = row.launched_at is not None
    _refuse(rules.may_launch(row.launch_on, _today(scope), _done(scope), launched=launched))
    row.launched_at, row.launched_by = clock.now(), scope.actor.id
    audit.record(scope, "update", "launch", row.id, fields=["launched"])


def first_day(scope: Scope) -> date | None:
    """The day planned for the client's first sign-in; None once its members may sign in (S0-79)."""
    row = queries.launch(scope)
    return None if row is None or row.launched_at is not None else row.launch_on


def checklist(scope: Scope) -> dict[str, Any]:
    """The launch as it stands: every task, what it waits for, and what is late. Raises NotFound."""
    row = queries.launch(scope)
    if row is None:
        raise NotFound()
    done, today = _done(scope), _today(scope)
    return {
        "launch_on": row.launch_on,
        "launched_at": row.launched_at,
        "ready": len(done) == len(CHECKLIST),
        "tasks": [_shown(task, done, today) for task in queries.tasks(scope)],
    }


def _shown(row: LaunchTask, done: set[str], today: date) -> dict[str, Any]:
    task = TASKS[row.code]
    return {
        "code": row.code,
        "step": task.step,
        "side": task.side,
        "owner": row.owner,
        "due_on": row.due_on,
        "late": row.done_at is None and row.due_on < today,
        "done_at": row.done_at,
        "waits_for": [] if row.done_at else rules.blocked_by(task, done),
        "needs_paper": task.paper,
        "paper": row.paper,
        "note": row.note,
    }


def _seen(scope: Scope, evidence: Evidence) -> bool:
    """What the platform itself knows of a task."""
    today = _today(scope)
    match evidence:
        case Evidence.BENEFITS:
            return queries.has_benefits(scope)
        case Evidence.CENSUS:
            return queries.has_members(scope, today)
        case Evidence.CARDS:
            return queries.has_members(scope, today) and not queries.somebody_without_card(scope, today)
        case Evidence.BRAND:
            brand = loader.brands().get(client_by_id(scope.client_id).slug)
            return brand is not None and not defects(brand, loader.brands())


def _task(scope: Scope, code: str) -> LaunchTask:
    found = next((row for row in queries.tasks(scope) if row.code == code), None)
    if found is None:
        raise NotFound()
    return found


def _done(scope: Scope) -> set[str]:
    return {row.code for row in queries.tasks(scope) if row.done_at is not None}


def _today(scope: Scope) -> date:
    return clock.today(client_by_id(scope.client_id).timezone)


def _calendar(scope: Scope, on: date) -> WorkCalendar:
    joint_leave_free = not clients.terms_on(scope, on).joint_leave_counts
    country = client_by_id(scope.client_id).country
    return clients.calendar_changes(scope).calendar(country, joint_leave_free=joint_leave_free)


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RuleRefused.of(refusal)
