"""The six steps of a launch as a checklist: what comes before what, until when, what is done (S0-70..S0-79)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.kit.deadlines import WorkCalendar, working_days_before
from backend.kit.refusal import Refusal

ALREADY_DONE = "launches.already_done"
BLOCKED = "launches.blocked"
NOT_THERE_YET = "launches.not_there_yet"
PAPER_MISSING = "launches.paper_missing"
NOT_DONE = "launches.not_done"
LAUNCHED = "launches.launched"
NOT_THE_DAY = "launches.not_the_day"
IN_THE_PAST = "launches.in_the_past"


class Side(StrEnum):
    """Who usually does a task: the administrator, or the client's personnel department."""

    ADMINISTRATOR = "admin"
    CLIENT = "hr"


class Evidence(StrEnum):
    """What the platform itself can see; a task that names one is not done before it is true."""

    BENEFITS = "benefits"
    CENSUS = "census"
    CARDS = "cards"
    BRAND = "brand"


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the checklist. ``days_before`` are working days before the launch on which it is due."""

    code: str
    step: int
    row: str
    days_before: int
    side: Side = Side.ADMINISTRATOR
    needs: tuple[str, ...] = ()
    paper: bool = False
    evidence: Evidence | None = None


CHECKLIST = (
    Task("appointment_letter", 1, "S0-70", 40, Side.CLIENT, paper=True),
    Task("technical_discussion", 1, "S0-71", 35, needs=("appointment_letter",)),
    Task("card_design", 2, "S0-72", 25, needs=("technical_discussion",), evidence=Evidence.BRAND),
    Task("card_approved", 2, "S0-72", 20, Side.CLIENT, needs=("card_design",)),
    Task("benefits_set_up", 2, "S0-73", 25, needs=("technical_discussion",), evidence=Evidence.BENEFITS),
    Task("benefits_approved", 2, "S0-73", 20, Side.CLIENT, needs=("benefits_set_up",), paper=True),
    Task("census_uploaded", 2, "S0-74", 15, Side.CLIENT, needs=("benefits_approved",), evidence=Evidence.CENSUS),
    Task("cards_issued", 2, "S0-75", 10, needs=("census_uploaded", "card_approved"), evidence=Evidence.CARDS),
    Task("internal_session", 3, "S0-76", 10, needs=("benefits_approved",)),
    Task("provider_session", 4, "S0-77", 7, needs=("internal_session",)),
    Task("member_session", 5, "S0-78", 5, Side.CLIENT, needs=("cards_issued", "internal_session")),
)
"""Steps 1 to 5; the sixth is the launch itself (S0-79)."""

TASKS = {task.code: task for task in CHECKLIST}


def due_on(task: Task, launch_on: date, calendar: WorkCalendar) -> date:
    """The working day on which a task has to be done for the launch on ``launch_on``."""
    return working_days_before(launch_on, task.days_before, calendar)


def blocked_by(task: Task, done: Collection[str]) -> list[str]:
    """Codes of the tasks that have to be done first, in the order of the checklist."""
    return [one.code for one in CHECKLIST if one.code in task.needs and one.code not in done]


def may_finish(task: Task, done: Collection[str], seen: Mapping[Evidence, bool], *, has_paper: bool) -> Refusal | None:
    """May the task be ticked? Not twice, not before what it needs, not without its paper, not against what we see."""
    if task.code in done:
        return Refusal(ALREADY_DONE)
    waiting = blocked_by(task, done)
    if waiting:
        return Refusal(BLOCKED, {"needs": ", ".join(waiting)})
    if task.paper and not has_paper:
        return Refusal(PAPER_MISSING)
    if task.evidence is not None and not seen[task.evidence]:
        return Refusal(NOT_THERE_YET, {"evidence": task.evidence.value})
    return None


def may_reopen(task: Task, done: Collection[str], *, launched: bool) -> Refusal | None:
    """May a tick be taken back? Not after the launch, and not while something that was built on it is done."""
    if launched:
        return Refusal(LAUNCHED)
    if task.code not in done:
        return Refusal(NOT_DONE, {"missing": task.code})
    later = [one.code for one in CHECKLIST if task.code in one.needs and one.code in done]
    return Refusal(BLOCKED, {"needs": ", ".join(later)}) if later else None


def may_plan(launch_on: date, today: date, *, launched: bool) -> Refusal | None:
    """May the launch be set to this day?"""
    if launched:
        return Refusal(LAUNCHED)
    return Refusal(IN_THE_PAST, {"launch_on": launch_on}) if launch_on < today else None


def may_launch(launch_on: date, today: date, done: Collection[str], *, launched: bool) -> Refusal | None:
    """May the members be let in (S0-79)? Everything is done, and the day has come."""
    if launched:
        return Refusal(LAUNCHED)
    missing = [task.code for task in CHECKLIST if task.code not in done]
    if missing:
        return Refusal(NOT_DONE, {"missing": ", ".join(missing)})
    return Refusal(NOT_THE_DAY, {"launch_on": launch_on}) if today < launch_on else None
