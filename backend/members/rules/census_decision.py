"""What becomes of each line of a census: new, changed, unchanged or refused, given who is already there. Pure.

The same lines and the same members give the same decisions in the same order (employees, then
dependants, each by line), so an import that was interrupted goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from backend.members.rules.census import Line, Problem
from backend.members.rules.cover import Relative, may_add_dependant

DUPLICATE_LINE = "census.duplicate_line"
MEMBER_LEFT = "census.member_left"
UNKNOWN_PLAN = "census.unknown_plan"
NO_PLAN = "census.no_plan"
NO_EMPLOYEE = "census.no_employee"
PLAN_CHANGE_TOO_EARLY = "census.plan_change_too_early"
NATIONAL_ID_TWICE = "census.national_id_twice"
NATIONAL_ID_KNOWN = "members.national_id_known"

_KEPT = ("full_name", "birth_date", "sex", "phone", "email", "language")


@dataclass(slots=True)
class Known:
    """A member who is already there, or will be by an earlier line."""

    id: UUID
    relationship: str
    full_name: str
    birth_date: date
    sex: str
    phone: str | None
    email: str | None
    language: str
    left_on: date | None
    plan_id: UUID | None
    enrolled_since: date | None
    national_id_mark: bytes | None = None
    family: list[Relative] = field(default_factory=list)

    def relative(self) -> Relative:
        """As the rule about families sees the person."""
        return Relative(self.relationship, self.full_name, self.birth_date, self.left_on)


@dataclass(slots=True)
class Decision:
    """What becomes of a line; ``fields`` are those that change, ``plan_id`` the plan to enrol in if any."""

    line: Line
    outcome: str
    problems: list[Problem]
    member_id: UUID | None = None
    employee_id: UUID | None = None
    fields: list[str] = field(default_factory=list)
    plan_id: UUID | None = None
    starts_on: date | None = None
    national_id_mark: bytes | None = None


PersonKey = tuple[str, str, date]


def person_key(employee_number: str, name: str, born: date) -> PersonKey:
    """What makes two dependants of one employee the same person."""
    return employee_number, " ".join(name.casefold().split()), born


@dataclass(slots=True)
class Census:
    """Who is there before the first line: employees by number, dependants by person, plans by code."""

    employees: dict[str, Known]
    dependants: dict[PersonKey, Known]
    plans: Mapping[str, UUID]
    marks: dict[bytes, UUID]
    effective_on: date
    today: date


def decide(
    census: Census, lines: Iterable[tuple[Line, list[Problem], bytes | None]], fresh: Iterator[UUID]
) -> list[Decision]:
    """A decision per line; ``fresh`` gives ids for new members, the third of a line is its national id's mark."""
    ordered = sorted(lines, key=lambda one: (not one[0].is_employee, one[0].line))
    taken: dict[object, int] = {}
    marks_seen: dict[bytes, int] = {}
    decisions = []
    for line, problems, mark in ordered:
        decision = Decision(line, "refused", list(problems), national_id_mark=mark)
        key: object = line.employee_number if line.is_employee else _key(line)
        first = taken.setdefault(key, line.line)
        if first != line.line:
            decision.problems.append(Problem(DUPLICATE_LINE, {"line": first}))
        elif line.is_employee:
            _employee(census, decision, fresh)
        else:
            _dependant(census, decision, fresh)
        if decision.outcome != "refused" and mark is not None:
            _flag_national_id(census, decision, mark, marks_seen)
        decisions.append(decision)
    return decisions


def _key(line: Line) -> PersonKey:
    return person_key(line.employee_number, line.full_name, line.birth_date)


def _employee(census: Census, decision: Decision, ids: Iterator[UUID]) -> None:
    line = decision.line
    plan_id = census.plans.get(line.plan) if line.plan else None
    if line.plan and plan_id is None:
        decision.problems.append(Problem(UNKNOWN_PLAN, {"plan": line.plan}))
        return
    known = census.employees.get(line.employee_number)
    if known is not None:
        _update(census, decision, known, plan_id)
    elif plan_id is None:
        decision.problems.append(Problem(NO_PLAN))
    else:
        census.employees[line.employee_number] = _add(census, decision, ids, plan_id)


def _dependant(census: Census, decision: Decision, ids: Iterator[UUID]) -> None:
    line = decision.line
    employee = census.employees.get(line.employee_number)
    if employee is None or employee.plan_id is None:
        decision.problems.append(Problem(NO_EMPLOYEE, {"employee_number": line.employee_number}))
        return
    decision.employee_id = employee.id
    known = census.dependants.get(_key(line))
    if known is not None:
        _update(census, decision, known, None)
        return
    new = Relative(line.relationship, line.full_name, line.birth_date)
    refusal = may_add_dependant(employee.relative(), employee.family, new, census.today)
    if refusal is not None:
        decision.problems.append(Problem(refusal.reason, refusal.figures))
        return
    employee.family.append(new)
    census.dependants[_key(line)] = _add(census, decision, ids, employee.plan_id)


def _add(census: Census, decision: Decision, ids: Iterator[UUID], plan_id: UUID) -> Known:
    line = decision.line
    decision.outcome, decision.plan_id = "new", plan_id
    decision.starts_on = line.starts_on or max(census.effective_on, line.birth_date)
    decision.member_id = next(ids)
    return Known(
        decision.member_id,
        line.relationship,
        line.full_name,
        line.birth_date,
        line.sex,
        line.phone,
        line.email,
        line.language or "",
        None,
        plan_id,
        decision.starts_on,
    )


def _update(census: Census, decision: Decision, known: Known, plan_id: UUID | None) -> None:
    line = decision.line
    if known.left_on is not None and known.left_on < census.today:
        decision.problems.append(Problem(MEMBER_LEFT, {"day": known.left_on.isoformat()}))
        return
    decision.member_id = known.id
    given = {name: getattr(line, name) for name in _KEPT}
    decision.fields = [name for name, value in given.items() if value is not None and value != getattr(known, name)]
    if decision.national_id_mark is not None and decision.national_id_mark != known.national_id_mark:
        decision.fields.append("national_id")
    if plan_id is not None and plan_id != known.plan_id:
        starts_on = line.starts_on or census.effective_on
        if known.enrolled_since is not None and starts_on <= known.enrolled_since:
            decision.fields.clear()
            decision.problems.append(Problem(PLAN_CHANGE_TOO_EARLY, {"day": known.enrolled_since.isoformat()}))
            return
        decision.plan_id, decision.starts_on = plan_id, starts_on
    decision.outcome = "changed" if decision.fields or decision.plan_id else "unchanged"


def _flag_national_id(census: Census, decision: Decision, mark: bytes, seen: dict[bytes, int]) -> None:
    first = seen.setdefault(mark, decision.line.line)
    if first != decision.line.line:
        decision.problems.append(Problem(NATIONAL_ID_TWICE, {"line": first}, warning=True))
    elif census.marks.get(mark, decision.member_id) != decision.member_id:
        decision.problems.append(Problem(NATIONAL_ID_KNOWN, warning=True))
