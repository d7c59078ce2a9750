"""Members: search, enrolment by HR and administrators, requests by members."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend import languages
from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.members import card_routes, census_routes, consent_routes, detail_routes, schemas
from backend.members.service import reading, registration, renewal
from backend.members.service.registration import Registered
from backend.settings import Settings

blp = Blueprint("members", __name__, url_prefix="/api/v1", description="Employees, dependants and their enrolment")

_ENROLLERS = (Role.HR, Role.ADMIN)
_READERS = (Role.HR, Role.ADMIN, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.FINANCE)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The blueprints of this domain."""
    return [blp, card_routes.blp, census_routes.blp, consent_routes.blp, detail_routes.blp]


@blp.route("/members")
class Members(MethodView):
    """All members of the client."""

    @blp.access(*_READERS)
    @blp.arguments(schemas.MemberQuerySchema, location="query")
    @blp.response(200, schemas.MemberPageSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Search members by name or number, the newest first."""
        return answer(reading.list_members(scope, **query))

    @blp.access(*_ENROLLERS)
    @blp.idempotent
    @blp.arguments(schemas.NewEmployeeSchema)
    @blp.response(201, schemas.RegisteredSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Take in an employee, enrol them and issue their card."""
        return answer(_registered(scope, registration.register_employee(scope, **data)), 201)


@blp.route("/members/<uuid:member_id>")
class OneMember(MethodView):
    """One member."""

    @blp.access(Role.MEMBER, *_READERS)
    @blp.response(200, schemas.OneMemberSchema)
    def get(self, scope: Scope, member_id: UUID) -> Response:
        """A member with cover and family."""
        return answer(reading.read_member(scope, member_id))


@blp.route("/members/<uuid:member_id>/dependants")
class Dependants(MethodView):
    """An employee's family."""

    @blp.access(*_ENROLLERS)
    @blp.idempotent
    @blp.arguments(schemas.NewDependantSchema)
    @blp.response(201, schemas.RegisteredSchema)
    def post(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> Response:
        """Add a spouse or child."""
        return answer(_registered(scope, registration.add_dependant(scope, member_id, **data)), 201)


@blp.route("/members/<uuid:member_id>/termination")
class Termination(MethodView):
    """The end of a membership."""

    @blp.access(*_ENROLLERS)
    @blp.arguments(schemas.TerminationSchema)
    @blp.response(200, schemas.MemberPageSchema)
    def post(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> Response:
        """End the membership after a day; an employee's dependants leave too."""
        gone = registration.terminate(scope, member_id, data["last_day"])
        return answer({"items": [{"id": one.id, "left_on": one.left_on} for one in gone], "next_cursor": None})


@blp.route("/enrolment-requests")
class EnrolmentRequests(MethodView):
    """Dependants whom members ask to add."""

    @blp.access(Role.MEMBER, *_ENROLLERS)
    @blp.arguments(schemas.RequestQuerySchema, location="query")
    @blp.response(200, schemas.EnrolmentRequestListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Requests for dependants: one's own, or everybody's for HR."""
        return answer(reading.list_requests(scope, **query))

    @blp.access(Role.MEMBER)
    @blp.idempotent
    @blp.arguments(schemas.NewEnrolmentRequestSchema)
    @blp.response(201, schemas.EnrolmentRequestSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Ask to add a dependant."""
        return answer(reading.shown_request(scope, registration.request_dependant(scope, **data)), 201)


@blp.route("/enrolment-requests/<uuid:request_id>/decision")
class RequestDecision(MethodView):
    """What HR says to a request."""

    @blp.access(*_ENROLLERS)
    @blp.arguments(schemas.DecisionSchema)
    @blp.response(200, schemas.EnrolmentRequestSchema)
    def post(self, scope: Scope, data: dict[str, Any], request_id: UUID) -> Response:
        """Accept the request, or refuse it with a note."""
        return answer(reading.shown_request(scope, registration.decide_request(scope, request_id, **data)))


@blp.route("/contracts/<uuid:contract_id>/renewal")
class PlanRenewal(MethodView):
    """The next plan year."""

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.response(201, schemas.RenewalSchema)
    def post(self, scope: Scope, contract_id: UUID) -> Response:
        """Open the next plan year and move everybody to the plan versions of its first day; again changes nothing."""
        made = renewal.renew_plan_year(scope, contract_id)
        year = {"id": made.year.id, "starts_on": made.year.starts_on, "ends_on": made.year.ends_on}
        return answer({"plan_year": year, "moved": made.moved}, 201)


def _registered(scope: Scope, made: Registered) -> dict[str, Any]:
    warnings = [{"reason": reason, "message": languages.message(reason, scope.language)} for reason in made.warnings]
    return {"id": made.member.id, "member_number": made.member.number, "warnings": warnings}
