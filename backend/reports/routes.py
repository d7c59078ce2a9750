"""Figures for those who supervise the helpline."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.reports import schemas, service
from backend.settings import Settings

blp = Blueprint("reports", __name__, url_prefix="/api/v1/reports", description="How the helpline does")


@blp.route("/helpline")
class HelplineReport(MethodView):
    """Load, service level, response, handling, containment, satisfaction."""

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.ReportQuery, location="query")
    @blp.response(200, schemas.HelplineReportSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """What waits now, and the figures of a period by day and channel."""
        return answer(service.helpline_report(scope, **query))


@blp.route("/helpline.csv")
class HelplineFile(MethodView):
    """The same figures as a file."""

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.ReportQuery, location="query")
    @blp.response(200, content_type="text/csv")
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """One line for each day and channel, as a file that no spreadsheet calculates with."""
        headers = {"Content-Disposition": 'attachment; filename="helpline.csv"'}
        return Response(service.helpline_file(scope, **query), mimetype="text/csv", headers=headers)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The reports' part of the API."""
    return [blp]
