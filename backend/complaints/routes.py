"""HTTP of complaints: the member's own, and those who answer them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.complaints import schemas, service
from backend.complaints.demo_clocks import blp as demo_clocks
from backend.complaints.dossier.routes import blp as dossiers
from backend.complaints.handling_routes import blp as handling
from backend.complaints.report_routes import blp as reports
from backend.settings import Settings

blp = Blueprint("complaints", __name__, url_prefix="/api/v1/complaints", description="Complaints and their deadlines")

_LODGERS = (Role.MEMBER, Role.AGENT, Role.CLAIMS, Role.ADMIN)
_ANSWERING = (Role.AGENT, Role.CLAIMS, Role.ADMIN)


def blueprints(settings: Settings) -> list[Blueprint]:
    """What create_app registers; the moved clock only in a rehearsal."""
    return [blp, handling, reports, dossiers, *([demo_clocks] if settings.rehearsal else [])]


@blp.route("")
class Complaints(MethodView):
    """All of them."""

    @blp.access(*_LODGERS)
    @blp.idempotent
    @blp.arguments(schemas.NewComplaintSchema)
    @blp.response(201, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Lodge a complaint; the answer has its number and deadlines"""
        if scope.actor.role is Role.MEMBER:
            data |= {"spoken": False, "channel": None}
        data["channel"] = data["channel"] or scope.channel
        complaint = service.lodge(scope, **data)
        return answer(service.lodged_answer(scope, complaint), 201)

    @blp.access(*_LODGERS)
    @blp.arguments(schemas.ComplaintListQuerySchema, location="query")
    @blp.response(200, schemas.ComplaintListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Complaints, the newest first"""
        return answer(service.list_complaints(scope, **query))


@blp.route("/open")
class OpenComplaints(MethodView):
    """What waits."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.OpenComplaintsQuerySchema, location="query")
    @blp.response(200, schemas.ComplaintListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Complaints still to be answered, the nearest deadline first"""
        return answer(service.list_open(scope, **query))


@blp.route("/<uuid:complaint_id>")
class OneComplaint(MethodView):
    """One of them."""

    @blp.access(*_LODGERS)
    @blp.response(200, schemas.ComplaintSchema)
    def get(self, scope: Scope, complaint_id: UUID) -> Response:
        """A complaint with its deadlines and every step"""
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/information")
class Information(MethodView):
    """What was asked for."""

    @blp.access(*_LODGERS)
    @blp.arguments(schemas.ComplaintWordsSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Send what was asked for; the time to answer starts again"""
        service.supply_information(scope, complaint_id, **data)
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/reopen")
class Reopening(MethodView):
    """The answer did not help."""

    @blp.access(*_LODGERS)
    @blp.arguments(schemas.ComplaintWordsSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Take an answered complaint up again under the same number"""
        service.reopen(scope, complaint_id, **data)
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/more-time")
class MoreTime(MethodView):
    """The papers take longer."""

    @blp.access(*_LODGERS)
    @blp.arguments(schemas.ComplaintNoteSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Take the second period for what was asked for, once"""
        service.take_more_time(scope, complaint_id, data["note"])
        return answer(service.complaint_answer(scope, complaint_id))
