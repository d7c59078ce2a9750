"""HTTP of the quarterly report to the regulator. It holds counts and names nobody."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.complaints import report_schemas as schemas
from backend.complaints import service

blp = Blueprint("complaint_reports", __name__, url_prefix="/api/v1/complaints", description="The regulator's report")


@blp.route("/regulator-report")
class Report(MethodView):
    """The figures."""

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.QuarterQuerySchema, location="query")
    @blp.response(200, schemas.RegulatorReportSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """A quarter's complaints in figures, when the report is due and whether it went out"""
        return answer(service.regulator_report(scope, **query))

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.ReportSentSchema)
    @blp.response(200, schemas.RegulatorReportSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Record that the report went out; the reminders stop"""
        return answer(service.record_sent(scope, **data))


@blp.route("/regulator-report.csv")
class ReportFile(MethodView):
    """The file."""

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.QuarterQuerySchema, location="query")
    @blp.response(200, content_type="text/csv")
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """The same as a comma-separated file that no spreadsheet calculates with"""
        headers = {"Content-Disposition": f'attachment; filename="complaints-{query["quarter"]}.csv"'}
        return Response(service.regulator_file(scope, **query), mimetype="text/csv", headers=headers)
