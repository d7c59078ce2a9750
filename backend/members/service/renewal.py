"""Renewal: the next plan year, and every enrolment in the version of its plan that is sold then (S2-5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, insert, literal, update

from backend.access import Scope
from backend.audit import service as audit
from backend.clients import service as clients
from backend.clients.rules import PlanYearFacts
from backend.kit import clock, ids
from backend.members import bulk_queries, queries
from backend.members.models import Enrolment


@dataclass(frozen=True, slots=True)
class Renewal:
    """The plan year that follows, and how many members change to a new version of their plan with it."""

    year: PlanYearFacts
    moved: int


def renew_plan_year(scope: Scope, contract_id: UUID) -> Renewal:
    """Open the plan year after the running one and move enrolments to the plan versions of its first day.

    The old enrolment ends the day before, so each year is read by its own table; yearly limits begin anew because
    they count by plan year, lifetime limits go on because they count by benefit. A plan without a new version goes
    on as it is. Renewing again changes nothing. Raises NotFound, RuleRefused like ``clients.renew_plan_year``.
    """
    year = clients.renew_plan_year(scope, contract_id)
    moved = 0
    for plan_id, code in bulk_queries.plans_in_use(scope, year.starts_on):
        version = queries.plan_id_of(scope, code, year.starts_on)
        if version is not None and version != plan_id:
            moved += change_version(scope, plan_id, version, year.starts_on)
    if moved:
        audit.record(scope, "update", "plan_year", year.id, fields=["enrolments"])
    return Renewal(year, moved)


def change_version(scope: Scope, old: UUID, new: UUID, first_day: date) -> int:
    """Every enrolment in the plan version ``old`` goes on in ``new`` from a day on; answers how many.

    One that runs across the day ends the day before and begins anew with it, so that each day is read by its own table.
    """
    of_old = (Enrolment.client_id == scope.client_id, Enrolment.plan_id == old)
    crossing = bulk_queries.enrolments_across(scope, old, first_day)
    later = scope.session.execute(
        update(Enrolment).where(*of_old, Enrolment.starts_on >= first_day).values(plan_id=new).returning(Enrolment.id)
    ).all()
    if crossing:
        scope.session.execute(
            update(Enrolment)
            .where(*of_old, Enrolment.id == any_(literal([row.id for row in crossing], ARRAY(Uuid))))
            .values(ends_on=first_day - timedelta(days=1))
        )
        facts = {"client_id": scope.client_id, "plan_id": new, "starts_on": first_day, "created_at": clock.now()}
        scope.session.execute(
            insert(Enrolment),
            [facts | {"id": ids.new_id(), "member_id": row.member_id, "ends_on": row.ends_on} for row in crossing],
        )
    return len(crossing) + len(later)
