"""HTTP of bringing a new client in."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.studio import schemas, service

blp = Blueprint("new_clients", __name__, url_prefix="/api/v1/clients", description="A new client company")


@blp.route("")
class Clients(MethodView):
    """The clients."""

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(schemas.NewClientSchema)
    @blp.response(201, schemas.NewClientAnswerSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Register a client; whoever does it administers it beside the client they are signed in at"""
        return answer(service.found_client(scope, **data), 201)
