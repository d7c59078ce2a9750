"""HTTP of the question before one goes."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.guarantees import service
from backend.guarantees.rules.admission import Care
from backend.guarantees.schemas import estimates as schemas

blp = Blueprint("estimates", __name__, url_prefix="/api/v1/estimates", description="Before you go")


@blp.route("")
class Estimates(MethodView):
    """Nothing is kept of them."""

    @blp.access(Role.MEMBER, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.PROVIDER)
    @blp.arguments(schemas.EstimateQuestionSchema)
    @blp.response(200, schemas.EstimateSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Who would pay what, the rule behind each figure, and what would change it"""
        return answer(service.estimate(scope, service.Plans(**data | {"care": Care(data["care"])})))
