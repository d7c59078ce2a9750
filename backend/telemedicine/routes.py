"""HTTP of teleconsultations for members: ask, wait, join, cancel, read what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.settings import Settings
from backend.telemedicine import schemas, service
from backend.telemedicine.doctor_routes import blp as doctors
from backend.telemedicine.paper_routes import blp as papers

blp = Blueprint("telemedicine", __name__, url_prefix="/api/v1/teleconsultations", description="Doctors at a distance")


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp, doctors, papers]


@blp.route("")
class Consultations(MethodView):
    """All of them."""

    @blp.access(Role.MEMBER)
    @blp.idempotent
    @blp.arguments(schemas.NewConsultationSchema)
    @blp.response(201, schemas.ConsultationSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Ask for a doctor, now or at a time; one that is open already comes back, danger goes to emergency care"""
        return answer(service.shown(scope, service.request(scope, **data)), 201)

    @blp.access(Role.MEMBER)
    @blp.arguments(schemas.ConsultationQuerySchema, location="query")
    @blp.response(200, schemas.ConsultationPage)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Consultations, the newest first"""
        return answer(service.list_own(scope, **query))


@blp.route("/questions")
class Questions(MethodView):
    """What is asked before."""

    @blp.access(Role.MEMBER)
    @blp.arguments(schemas.QuestionsQuerySchema, location="query")
    @blp.response(200, schemas.TriageQuestionsSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Complaints and their questions for one patient, in the reader's language"""
        return answer(service.questions(scope, query["member_id"]))


@blp.route("/slots")
class Slots(MethodView):
    """Appointments."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.ConsultationSlotsSchema)
    def get(self, scope: Scope) -> Response:
        """When a doctor is free, from the roster"""
        return answer(service.free_times(scope))


@blp.route("/<uuid:consultation_id>")
class OneConsultation(MethodView):
    """One of them."""

    @blp.access(Role.MEMBER, Role.DOCTOR)
    @blp.response(200, schemas.ConsultationSchema)
    def get(self, scope: Scope, consultation_id: UUID) -> Response:
        """A consultation: place in the queue while it waits, afterwards what came of it"""
        return answer(service.answer(scope, consultation_id))


@blp.route("/<uuid:consultation_id>/join")
class Joining(MethodView):
    """The member is there."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.ConsultationSchema)
    def post(self, scope: Scope, consultation_id: UUID) -> Response:
        """Join the doctor who is ready; said again it changes nothing"""
        return answer(service.shown(scope, service.join(scope, consultation_id)))


@blp.route("/<uuid:consultation_id>/cancel")
class Cancelling(MethodView):
    """Not needed any more."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.ConsultationSchema)
    def post(self, scope: Scope, consultation_id: UUID) -> Response:
        """Cancel before it has begun; nothing counts against the benefit"""
        return answer(service.shown(scope, service.cancel(scope, consultation_id)))
