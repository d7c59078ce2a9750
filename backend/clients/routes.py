"""The client's contracts, plan years and HR contacts, for those who administer them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, CreatedSchema, answer
from backend.clients import schemas, service
from backend.clients.code_routes import codes_blueprint
from backend.settings import Settings

blp = Blueprint("clients", __name__, url_prefix="/api/v1", description="The client's contracts and contacts")


@blp.route("/contracts")
class Contracts(MethodView):
    """The client's contracts."""

    @blp.access(Role.ADMIN, Role.HR, Role.CLAIMS, Role.FINANCE)
    @blp.response(200, schemas.ContractListSchema)
    def get(self, scope: Scope) -> Response:
        """Every contract with its terms and plan years, the newest first."""
        return answer({"items": service.list_contracts(scope)})

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(schemas.NewContractSchema)
    @blp.response(201, CreatedSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Record a contract."""
        return answer({"id": service.sign_contract(scope, **data).id}, 201)


@blp.route("/contracts/<uuid:contract_id>/plan-years")
class PlanYears(MethodView):
    """The plan years of a contract."""

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(schemas.PlanYearSchema)
    @blp.response(201, CreatedSchema)
    def post(self, scope: Scope, data: dict[str, Any], contract_id: UUID) -> Response:
        """Open a plan year within a contract."""
        return answer({"id": service.open_plan_year(scope, contract_id, **data).id}, 201)


@blp.route("/hr-contacts")
class HrContacts(MethodView):
    """The client's HR contacts."""

    @blp.access(Role.ADMIN, Role.HR)
    @blp.response(200, schemas.HrContactListSchema)
    def get(self, scope: Scope) -> Response:
        """Who gets letters and reports, by name."""
        return answer({"items": service.list_hr_contacts(scope)})

    @blp.access(Role.ADMIN, Role.HR)
    @blp.idempotent
    @blp.arguments(schemas.HrContactSchema)
    @blp.response(201, CreatedSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Add somebody."""
        return answer({"id": service.add_hr_contact(scope, **data).id}, 201)


@blp.route("/hr-contacts/<uuid:contact_id>")
class OneHrContact(MethodView):
    """One HR contact."""

    @blp.access(Role.ADMIN, Role.HR)
    @blp.response(204)
    def delete(self, scope: Scope, contact_id: UUID) -> None:
        """Nobody writes to this contact any more."""
        service.remove_hr_contact(scope, contact_id)


@blp.route("/calendar-days")
class CalendarDays(MethodView):
    """The client's own calendar."""

    @blp.access(Role.ADMIN, Role.CLAIMS)
    @blp.response(200, schemas.CalendarDayListSchema)
    def get(self, scope: Scope) -> Response:
        """Days that are free or worked at this client against the public calendar, the latest first."""
        return answer({"items": service.list_calendar_days(scope)})

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.CalendarDaySchema)
    @blp.response(200, schemas.CalendarDaySchema)
    def put(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Say that a day is free or worked; deadlines set from now on count with it."""
        service.keep_calendar_day(scope, **data)
        return answer(data)

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.CalendarDayQuerySchema, location="query")
    @blp.response(204)
    def delete(self, scope: Scope, query: dict[str, Any]) -> None:
        """The public calendar holds for the day again."""
        service.forget_calendar_day(scope, **query)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The routes of this domain."""
    return [blp, codes_blueprint]
