"""HTTP of the front desk: eligibility and visits; bills and keys stand in files of their own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer, keys
from backend.benefits.rules import BenefitGroup
from backend.settings import Settings
from backend.visits import bill_routes, bridge, code_routes, key_routes, service
from backend.visits.rules.keys import KeyScope
from backend.visits.schemas import desk as schemas
from backend.visits.service import read
from backend.visits.service.attendance import Reception
from backend.visits.service.identify import Asked

blp = Blueprint("visits", __name__, url_prefix="/api/v1", description="The front desk: eligibility and visits")

READERS = (Role.CLAIMS, Role.DOCTOR, Role.AGENT, Role.PROVIDER)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    keys.read_with(bridge.actor_of)
    return [blp, bill_routes.blp, key_routes.blp, code_routes.blp]


@blp.route("/eligibility")
class Eligibility(MethodView):
    """Whoever stands at the desk."""

    @blp.access(Role.PROVIDER, key_scope=KeyScope.ELIGIBILITY)
    @blp.arguments(schemas.ShownSchema)
    @blp.response(200, schemas.EligibilitySchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Who it is, whether they are covered, and what is covered here and now in plain words"""
        return answer(service.check_eligibility(scope, Asked(**data)))


@blp.route("/front-desk")
class Desk(MethodView):
    """Where one sits."""

    @blp.access(Role.PROVIDER, key_scope=KeyScope.ELIGIBILITY)
    @blp.response(200, schemas.FrontDeskSchema)
    def get(self, scope: Scope) -> Response:
        """The facility of whoever is signed in"""
        return answer(read.desk_of(scope))


@blp.route("/visits")
class Visits(MethodView):
    """All of them."""

    @blp.access(Role.PROVIDER, key_scope=KeyScope.VISITS)
    @blp.idempotent
    @blp.arguments(schemas.NewVisitSchema)
    @blp.response(201, schemas.VisitSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Open a visit; one that is open here already comes back"""
        reception = Reception(BenefitGroup(data.pop("benefit_group")), emergency=data.pop("emergency"))
        return answer(read.visit_answer(scope, service.open_visit(scope, Asked(**data), reception).id), 201)

    @blp.access(*READERS, key_scope=KeyScope.VISITS)
    @blp.arguments(schemas.VisitQuerySchema, location="query")
    @blp.response(200, schemas.VisitPageSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Visits, the newest first; a desk sees its own"""
        return answer(service.list_visits(scope, **query))


@blp.route("/visits/<uuid:visit_id>")
class OneVisit(MethodView):
    """One of them."""

    @blp.access(*READERS, key_scope=KeyScope.VISITS)
    @blp.response(200, schemas.VisitSchema)
    def get(self, scope: Scope, visit_id: UUID) -> Response:
        """A visit and how far its bill is"""
        return answer(service.visit_answer(scope, visit_id))


@blp.route("/visits/<uuid:visit_id>/close")
class ClosedVisit(MethodView):
    """The patient goes."""

    @blp.access(Role.PROVIDER, key_scope=KeyScope.VISITS)
    @blp.response(200, schemas.VisitSchema)
    def post(self, scope: Scope, visit_id: UUID) -> Response:
        """Close a visit; the bill can be sent from now on"""
        service.close_visit(scope, visit_id)
        return answer(service.visit_answer(scope, visit_id))


@blp.route("/visits/<uuid:visit_id>/cancel")
class CancelledVisit(MethodView):
    """It was nothing."""

    @blp.access(Role.PROVIDER, key_scope=KeyScope.VISITS)
    @blp.arguments(schemas.VisitCancelSchema)
    @blp.response(200, schemas.VisitSchema)
    def post(self, scope: Scope, data: dict[str, Any], visit_id: UUID) -> Response:
        """Cancel a visit: the patient left untreated, or it was the wrong person"""
        service.cancel_visit(scope, visit_id, data["reason"])
        return answer(service.visit_answer(scope, visit_id))


@blp.route("/visits/<uuid:visit_id>/referrals/<string:referral_code>/accept")
class VisitReferral(MethodView):
    """The patient shows a referral."""

    @blp.access(Role.PROVIDER, key_scope=KeyScope.REFERRALS)
    @blp.idempotent
    @blp.response(200, schemas.VisitSchema)
    def post(self, scope: Scope, visit_id: UUID, referral_code: str) -> Response:
        """Accept a referral for this visit; the code of a QR is what scanning it answers"""
        service.take_referral(scope, visit_id, referral_code)
        return answer(service.visit_answer(scope, visit_id))


@blp.route("/visits/<uuid:visit_id>/letters/<uuid:letter_id>")
class VisitLetter(MethodView):
    """The letter that pays for it."""

    @blp.access(Role.PROVIDER, key_scope=KeyScope.LETTERS)
    @blp.response(200, schemas.VisitSchema)
    def put(self, scope: Scope, visit_id: UUID, letter_id: UUID) -> Response:
        """Keep with the visit the letter of guarantee that was asked for it"""
        service.attach_letter(scope, visit_id, letter_id)
        return answer(service.visit_answer(scope, visit_id))
