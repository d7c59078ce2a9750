"""What changes while a desk is open."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from backend.access import HELPLINE, Role, Scope
from backend.api import Blueprint, answer
from backend.helpline import live, schemas

live_blueprint = Blueprint("desk-updates", __name__, url_prefix="/api/v1/desk", description="What changes at the desk")
blp = live_blueprint


@blp.route("/updates")
class DeskUpdates(MethodView):
    """Changes of cases, threads and calls."""

    @blp.access(*HELPLINE, Role.ADMIN)
    @blp.arguments(schemas.UpdatesQuery, location="query")
    @blp.response(200, schemas.UpdatesSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """What changed since the cursor; waits for it. Without a cursor, or with an old one: read everything again."""
        return answer(live.wait_for_changes(scope, query["since"], query["wait"]))
