"""HTTP of complaints: the member's own, and those who answer them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.complaints import schemas, service
from backend.settings import Settings

blp = Blueprint("complaints", __name__, url_prefix="/api/v1/complaints", description="Complaints and their deadlines")

_LODGERS = (Role.MEMBER, Role.AGENT, Role.CLAIMS, Role.ADMIN)
_ANSWERING = (Role.AGENT, Role.CLAIMS, Role.ADMIN)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp]


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
        return answer(service.complaint_answer(scope, complaint.id), 201)

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
    @blp.response(200, schemas.ComplaintListSchema)
    def get(self, scope: Scope) -> Response:
        """Complaints still to be answered, the nearest deadline first"""
        return answer(service.list_open(scope))


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
        service.supply_information(scope, complaint_id, data["text"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/reopen")
class Reopening(MethodView):
    """The answer did not help."""

    @blp.access(*_LODGERS)
    @blp.arguments(schemas.ComplaintWordsSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Take an answered complaint up again under the same number"""
        service.reopen(scope, complaint_id, data["text"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/acknowledge")
class Acknowledgement(MethodView):
    """A person has read it."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintNoteSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Acknowledge a complaint"""
        service.acknowledge(scope, complaint_id, data["note"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/request-information")
class InformationRequest(MethodView):
    """Something is missing."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintAnswerSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Ask the member for what is missing; the clock stands until it comes"""
        service.request_information(scope, complaint_id, data["note"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/extend")
class Extension(MethodView):
    """It takes longer."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintAnswerSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Extend the time to answer, once, and tell the member why"""
        service.extend(scope, complaint_id, data["note"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/resolve")
class Resolution(MethodView):
    """The answer."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintAnswerSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Answer a complaint"""
        service.resolve(scope, complaint_id, data["note"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/close")
class Closing(MethodView):
    """Put away."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintNoteSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Close an answered complaint"""
        service.close(scope, complaint_id, data["note"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/notes")
class Notes(MethodView):
    """Written down."""

    @blp.access(*_ANSWERING)
    @blp.idempotent
    @blp.arguments(schemas.ComplaintStaffNoteSchema)
    @blp.response(201, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Write a note; internal ones never reach the member"""
        service.add_note(scope, complaint_id, data["note"], internal=data["internal"])
        return answer(service.complaint_answer(scope, complaint_id), 201)
