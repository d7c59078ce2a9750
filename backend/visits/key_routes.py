"""HTTP of the keys of hospital systems."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.visits import service
from backend.visits.schemas import desk as schemas
from backend.visits.service.keys import key_answer

blp = Blueprint("api_keys", __name__, url_prefix="/api/v1/api-keys", description="Keys of hospital systems")


@blp.route("")
class Keys(MethodView):
    """All of them."""

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.NewApiKeySchema)
    @blp.response(201, schemas.NewApiKeyAnswerSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Make a key for a facility's system; its text is in this answer and nowhere else"""
        key, text = service.make_key(scope, **data)
        return answer(key_answer(scope, key) | {"key": text}, 201)

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.ApiKeyQuerySchema, location="query")
    @blp.response(200, schemas.ApiKeyListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """The client's keys, the newest first"""
        return answer({"items": service.list_keys(scope, **query)})


@blp.route("/<uuid:key_id>/revoke")
class Revocation(MethodView):
    """The end of a key."""

    @blp.access(Role.ADMIN)
    @blp.response(200, schemas.ApiKeySchema)
    def post(self, scope: Scope, key_id: UUID) -> Response:
        """Revoke a key: it opens nothing from now on"""
        return answer(key_answer(scope, service.revoke_key(scope, key_id)))
