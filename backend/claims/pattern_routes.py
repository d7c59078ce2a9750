"""HTTP of what providers do unlike their peers: the list, and a person's word that there is a good reason."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.claims import service
from backend.claims.pattern_schemas import PatternRestFormSchema, ProviderPatternList

blp = Blueprint(
    "provider_patterns", __name__, url_prefix="/api/v1/provider-patterns", description="Providers unlike their peers"
)


@blp.route("")
class ProviderPatterns(MethodView):
    """What the nightly comparison found."""

    @blp.access(Role.CLAIMS, Role.ADMIN)
    @blp.response(200, ProviderPatternList)
    def get(self, scope: Scope) -> Response:
        """Every habit far from what peers do, with its figures and until when it is set aside"""
        return answer(service.list_patterns(scope))


@blp.route("/<uuid:provider_id>/rest")
class ProviderPatternRests(MethodView):
    """Setting a habit aside."""

    @blp.access(Role.CLAIMS, Role.ADMIN)
    @blp.idempotent
    @blp.arguments(PatternRestFormSchema)
    @blp.response(201, ProviderPatternList)
    def post(self, scope: Scope, data: dict[str, Any], provider_id: UUID) -> Response:
        """No flag for one habit of a provider until a day has passed, with the reason; a year at most"""
        return answer(service.set_aside(scope, provider_id, **data), 201)
