"""The benefit table of a member."""

from __future__ import annotations

from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend import api
from backend.access import Role, Scope
from backend.api import Blueprint
from backend.benefits.schemas import BenefitTable
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


def blueprints(settings: Settings) -> list[Blueprint]:
    """Every route of benefits."""
    return [blp]
