"""A plan with claims that were decided, and changes of it as somebody sends them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import select, text

from backend.access import Actor, Role, Scope, working_for
from backend.benefits import queries as benefit_queries
from backend.benefits import service as benefits
from backend.claims import service as claims
from backend.claims.models import Claim
from backend.clients.models import Contract
from backend.database import load_models
from backend.kit import clock, ids
from backend.kit.money import Money
from backend.plan_changes import preview_work, service
from backend.plan_changes.models import PlanChange
from tests.factories.accounts import make_staff
from tests.factories.benefits import limit, make_benefit
from tests.factories.claims import Household, make_claim, make_household
from tests.factories.members import make_member

Edit = Callable[[dict[str, Any]], None]
"""What somebody does to the first benefit of the plan."""

ANALYST = Actor(Role.CLAIMS, id=ids.new_id())
MAY_CHANGE = {"plan", "benefit", "benefit_limit", "enrolment", "plan_change", "plan_preview", "plan_preview_claim"}
"""Tables that a change of a plan writes in, beside the record of who did what."""


def rp(amount: int) -> Money:
    """Whole rupiah."""
    return Money.of_major(amount, "IDR")


def make_insured(limits: Sequence[dict[str, Any]] = (), **terms: Any) -> Household:
    """A household whose plan pays outpatient care, by default Rp 350.000 a visit and Rp 1.000.000 a year."""
    home = make_household()
    given = limits or [limit("visit", 350_000_00), limit("year", 1_000_000_00)]
    with working_for(home.client.id) as scope:
        make_benefit(scope, home.plan_id, code="OP", benefit_group="outpatient", limits=given)
        contract = scope.session.scalars(select(Contract).where(Contract.client_id == scope.client_id)).one()
        contract.terms = {**contract.terms, **terms}
    return home


def make_decided(home: Household, amount: int, *, days_ago: int = 5, member_id: UUID | None = None) -> Claim:
    """A claim of whole rupiah that an analyst decided by the rules, five days after the visit or today."""
    with clock.at(clock.now() - timedelta(days=max(days_ago - 5, 0))):
        claim = make_claim(home, submitted=True, claimed=rp(amount), days_ago=min(days_ago, 5), member_id=member_id)
        with working_for(home.client.id, ANALYST) as scope:
            claims.complete_claim(scope, claim.id)
            return claims.decide_claim(scope, claim.id)


def neighbour(home: Household, plan_id: UUID | None = None) -> Household:
    """Another employee of the same client, in the same plan unless another is given."""
    plan = plan_id or home.plan_id
    with working_for(home.client.id) as scope:
        member_id = make_member(scope, plan_id=plan).id
    return replace(home, employee_id=member_id, child_id=member_id, plan_id=plan)


def plan_file(home: Household, edit: Edit, effective_on: date | None = None) -> bytes:
    """The plan as it is, edited, from a day on: tomorrow unless told otherwise."""
    with working_for(home.client.id) as scope:
        plan = yaml.safe_load(benefits.export_plan(scope, home.plan_id))
    plan["valid_from"] = effective_on or home.today() + timedelta(days=1)
    edit(plan["benefits"][0])
    return yaml.safe_dump(plan).encode()


def visits_pay(amount: int) -> Edit:
    """Another limit for each visit, in whole rupiah."""

    def edit(benefit: dict[str, Any]) -> None:
        benefit["limits"][0]["amount"] = amount

    return edit


def administrator(home: Household) -> Actor:
    """An administrator of the client, somebody else each time."""
    return Actor(Role.ADMIN, id=make_staff(home.client, Role.ADMIN))


def make_change(
    home: Household, edit: Edit | None = None, effective_on: date | None = None, *, by: Actor | None = None
) -> PlanChange:
    """A proposal, by default to pay Rp 200.000 a visit from tomorrow on."""
    with working_for(home.client.id, by or administrator(home)) as scope:
        return service.propose(scope, plan_file(home, edit or visits_pay(200_000), effective_on), "plan.yml")


def preview(home: Household, change: PlanChange, months: int = 3) -> dict[str, Any]:
    """What the change does to the claims of the past months, as an administrator sees it."""
    with working_for(home.client.id, administrator(home)) as scope:
        row = service.start_preview(scope, change.id, months)
    preview_work.run(home.client.id, row.id)
    return look(home, change, administrator(home))["preview"]


def previewed_change_of(home: Household) -> UUID:
    """A change of a plan that gets its first benefit by it, previewed."""
    with working_for(home.client.id) as scope:
        code = benefit_queries.plan(scope, home.plan_id).code
    line = {"code": "OP", "group": "outpatient", "names": {"en": "Visits", "id": "Rawat jalan", "pt": "Consultas"}}
    plan = {
        "code": code,
        "names": {"en": "Basic", "id": "Dasar", "pt": "Básico"},
        "product": "managed_care",
        "currency": home.client.currency,
        "valid_from": home.today() + timedelta(days=1),
        "benefits": [line],
    }
    with working_for(home.client.id, administrator(home)) as scope:
        change = service.propose(scope, yaml.safe_dump(plan).encode(), "plan.yml")
    preview(home, change)
    return change.id


def look(home: Household, change: PlanChange, who: Actor) -> dict[str, Any]:
    """What somebody sees of a change."""
    with working_for(home.client.id, who, language="en") as scope:
        return service.shown_after_a_look(scope, change.id)


def affected(home: Household, change: PlanChange) -> list[dict[str, Any]]:
    """The claims that the preview found."""
    with working_for(home.client.id, administrator(home), language="en") as scope:
        return service.affected(scope, change.id, None, 100)["items"]


def put_in_force(home: Household, change: PlanChange) -> UUID:
    """Previewed, looked at and put in force by somebody else; the new version."""
    preview(home, change)
    second = administrator(home)
    look(home, change, second)
    with working_for(home.client.id, second) as scope:
        made = service.put_in_force(scope, change.id).new_plan_id
    assert made is not None
    return made


def everything_else(scope: Scope) -> dict[str, str | None]:
    """A fingerprint of every row the client has, table by table, but for those that a change of a plan writes in."""
    return {
        table.name: scope.session.scalar(
            text(
                f"SELECT md5(string_agg(row::text, '|' ORDER BY row::text)) FROM {table.name} AS row "
                "WHERE client_id = :client"
            ),
            {"client": scope.client_id},
        )
        for table in load_models().sorted_tables
        if "client_id" in table.columns and table.name not in MAY_CHANGE | {"audit_record", "staff_client"}
    }
