"""HTTP of those who answer complaints; nobody whom a complaint is about gets past its address (404)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.complaints import schemas, service
from backend.complaints.models import ExternalBody, Outcome
from backend.complaints.rules import Category, Priority

blp = Blueprint("complaints_handling", __name__, url_prefix="/api/v1/complaints", description="Answering complaints")

_ANSWERING = (Role.AGENT, Role.CLAIMS, Role.ADMIN)


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
    @blp.arguments(schemas.ComplaintExtensionSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Extend the time to answer, once, for a listed reason; the member is told the new day"""
        service.extend(scope, complaint_id, **data)
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/convert")
class Conversion(MethodView):
    """Said, and now written."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintNoteSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Go on in writing with what was only said; the written clock counts"""
        service.convert(scope, complaint_id, data["note"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/assign")
class Assignment(MethodView):
    """Who has it."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintAssignmentSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Take a complaint, or give it to a colleague; never to whom it is about"""
        service.assign(scope, complaint_id, data["staff_id"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/priority")
class PriorityChange(MethodView):
    """How urgent it is."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintPrioritySchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Set another priority than the rule's, with the reason"""
        service.set_priority(scope, complaint_id, Priority(data["priority"]), data["reason"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/escalate")
class Escalation(MethodView):
    """One level up."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintEscalationSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Escalate a complaint before its deadline does"""
        service.escalate(scope, complaint_id, data["reason"])
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/refer")
class Referral(MethodView):
    """Outside too."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintReferralSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Record that the dispute body, the regulator or a court has it, with date and number"""
        service.refer(scope, complaint_id, ExternalBody(data.pop("body")), **data)
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/resolve")
class Resolution(MethodView):
    """The answer."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintResolutionSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def post(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Answer a complaint: upheld, partly or rejected, and the redress"""
        service.resolve(scope, complaint_id, outcome=Outcome(data.pop("outcome")), **data)
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


@blp.route("/<uuid:complaint_id>/subject")
class SubjectCorrection(MethodView):
    """What it is about."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintSubjectSchema)
    @blp.response(200, schemas.ComplaintSchema)
    def put(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> Response:
        """Correct the category and what the complaint disputes"""
        service.correct_subject(scope, complaint_id, Category(data.pop("category")), **data)
        return answer(service.complaint_answer(scope, complaint_id))


@blp.route("/<uuid:complaint_id>/respondents")
class Respondents(MethodView):
    """Whom it is about."""

    @blp.access(*_ANSWERING)
    @blp.arguments(schemas.ComplaintRespondentsSchema)
    @blp.response(204)
    def put(self, scope: Scope, data: dict[str, Any], complaint_id: UUID) -> None:
        """Name the staff whom the complaint is about; they neither see nor handle it any more"""
        service.name_respondents(scope, complaint_id, data["staff_ids"])


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
