"""The benefit table of a member, and the plans of a client."""

from __future__ import annotations

from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend import api
from backend.access import Role, Scope
from backend.api import Blueprint
from backend.benefits import catalogue, service
from backend.benefits.schemas import BenefitTable, PlanVersions
from backend.benefits.table import benefit_table
from backend.settings import Settings

blp = Blueprint("benefits", __name__, url_prefix="/api/v1", description="What a plan gives, and what is left of it.")


@blp.route("/members/<uuid:member_id>/benefits")
class MemberBenefitsView(MethodView):
    """The benefit table of one member."""

    @blp.access(Role.MEMBER, Role.HR, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.ADMIN)
    @blp.response(200, BenefitTable)
    def get(self, scope: Scope, member_id: UUID) -> Response:
        """Every benefit: limit, used, held, remaining, co-payment, waiting, exclusions."""
        return api.answer(benefit_table(scope, member_id))


@blp.route("/plans")
class PlansView(MethodView):
    """The client's plans."""

    @blp.access(Role.ADMIN, Role.HR, Role.CLAIMS)
    @blp.response(200, PlanVersions)
    def get(self, scope: Scope) -> Response:
        """Every plan version, the newest of each plan first."""
        return api.answer({"items": catalogue.versions(scope)})


@blp.route("/plans/<uuid:plan_id>/export")
class PlanExportView(MethodView):
    """A plan as a file."""

    @blp.access(Role.ADMIN)
    @blp.response(200, content_type="application/yaml")
    def get(self, scope: Scope, plan_id: UUID) -> Response:
        """The plan version as YAML that can be imported again."""
        return Response(service.export_plan(scope, plan_id), mimetype="application/yaml")


def blueprints(settings: Settings) -> list[Blueprint]:
    """Every route of benefits."""
    return [blp]
