"""What a census import needs to know of those who are already there."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from backend.access import Scope
from backend.errors import NotFound
from backend.members.models import CensusImport, CensusRow, Enrolment, Member
from backend.members.rules.census_decision import Census, Known, person_key


def locked(scope: Scope, import_id: UUID) -> CensusImport:
    """The import, held until the transaction ends; raises NotFound."""
    found = scope.session.get(CensusImport, (scope.client_id, import_id), with_for_update=True)
    if found is None:
        raise NotFound()
    return found


def census(scope: Scope, effective_on: date, today: date) -> Census:
    """Everybody of the client with the plan they are in, and the plans by code."""
    known = _known(scope, effective_on)
    members = scope.session.execute(
        select(Member.id, Member.employee_id, Member.employee_number).where(Member.client_id == scope.client_id)
    ).all()
    number_of = {row.id: row.employee_number for row in members if row.employee_id is None}
    employees, dependants = {}, {}
    for row in members:
        person = known[row.id]
        if row.employee_id is None:
            employees[row.employee_number or ""] = person
        else:
            key = person_key(number_of.get(row.employee_id) or "", person.full_name, person.birth_date)
            dependants[key] = person
            known[row.employee_id].family.append(person.relative())
    marks = {person.national_id_mark: person.id for person in known.values() if person.national_id_mark}
    return Census(employees, dependants, _plans(scope, effective_on), marks, effective_on, today)


def _known(scope: Scope, on: date) -> dict[UUID, Known]:
    """Everybody with the enrolment that has begun on the day, else the next: a version of the plan that holds later is
    no other plan."""
    latest = (
        select(Enrolment.member_id, Enrolment.plan_id, Enrolment.starts_on)
        .where(Enrolment.client_id == scope.client_id)
        .ext(distinct_on(Enrolment.member_id))
        .order_by(Enrolment.member_id, (Enrolment.starts_on <= on).desc(), Enrolment.starts_on.desc())
        .subquery()
    )
    rows = scope.session.execute(
        select(
            Member.id,
            Member.relationship,
            Member.full_name,
            Member.birth_date,
            Member.sex,
            Member.phone,
            Member.email,
            Member.language,
            Member.left_on,
            latest.c.plan_id,
            latest.c.starts_on,
            Member.national_id_fingerprint,
        )
        .outerjoin(latest, latest.c.member_id == Member.id)
        .where(Member.client_id == scope.client_id)
    )
    return {row.id: Known(*row) for row in rows}


def _plans(scope: Scope, on: date) -> dict[str, UUID]:
    rows = scope.session.execute(
        text(
            "SELECT DISTINCT ON (code) code, id FROM plan WHERE client_id = :client "
            "ORDER BY code, (valid_from <= :day) DESC, abs(valid_from - :day)"
        ),
        {"client": scope.client_id, "day": on},
    )
    return {row.code: row.id for row in rows}


def counts(scope: Scope, import_id: UUID) -> dict[str, int]:
    """How many lines ended how, and how many carry a warning."""
    rows = scope.session.execute(
        select(CensusRow.outcome, func.count(), func.count().filter(CensusRow.problems.op("@>")([{"warning": True}])))
        .where(CensusRow.client_id == scope.client_id, CensusRow.import_id == import_id)
        .group_by(CensusRow.outcome)
    )
    found: Counter[str] = Counter()
    for outcome, count, warned in rows:
        found[outcome] += count
        found["warnings"] += warned
    return {name: found[name] for name in ("new", "changed", "unchanged", "refused", "warnings")}
