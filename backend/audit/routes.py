"""The access log that a member reads."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.audit import schemas
from backend.audit.access_log import access_log
from backend.settings import Settings

blp = Blueprint("audit", __name__, url_prefix="/api/v1", description="Who saw or changed whose data")


@blp.route("/members/<uuid:member_id>/access-log")
class AccessLog(MethodView):
    """Who met a member's data."""

    @blp.access(Role.MEMBER, Role.ADMIN)
    @blp.arguments(schemas.AccessLogPageSchema, location="query")
    @blp.response(200, schemas.AccessLogSchema)
    def get(self, scope: Scope, page: dict[str, Any], member_id: UUID) -> Response:
        """Who looked at or changed this member's data, the latest first."""
        return answer(access_log(scope, member_id, **page))


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The routes of this domain."""
    return [blp]
