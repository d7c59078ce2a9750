"""HTTP of teleconsultations for doctors: the desk, taking one, what they write, ending it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.telemedicine import paper_schemas, schemas, service

blp = Blueprint(
    "telemedicine_doctors", __name__, url_prefix="/api/v1/teleconsultations", description="The doctors' desk"
)


@blp.route("/desk")
class Desk(MethodView):
    """Who waits."""

    @blp.access(Role.DOCTOR)
    @blp.response(200, schemas.DoctorsDeskSchema)
    def get(self, scope: Scope) -> Response:
        """Who waits, in order; the doctor's appointments and the consultation the doctor is in"""
        return answer(service.desk(scope))


@blp.route("/<uuid:consultation_id>/take")
class Taking(MethodView):
    """One doctor gets it."""

    @blp.access(Role.DOCTOR)
    @blp.response(200, schemas.ConsultationSchema)
    def post(self, scope: Scope, consultation_id: UUID) -> Response:
        """Take it and have the member told; 409 with the colleague's name when somebody was first"""
        return answer(service.shown(scope, service.take(scope, consultation_id)))


@blp.route("/<uuid:consultation_id>/begin")
class Beginning(MethodView):
    """The member is there."""

    @blp.access(Role.DOCTOR)
    @blp.response(200, schemas.ConsultationSchema)
    def post(self, scope: Scope, consultation_id: UUID) -> Response:
        """The member writes or has picked up the telephone"""
        return answer(service.shown(scope, service.begin(scope, consultation_id)))


@blp.route("/<uuid:consultation_id>/no-show")
class NoShow(MethodView):
    """Nobody came."""

    @blp.access(Role.DOCTOR)
    @blp.response(200, schemas.ConsultationSchema)
    def post(self, scope: Scope, consultation_id: UUID) -> Response:
        """The member did not come within ten minutes"""
        return answer(service.shown(scope, service.miss(scope, consultation_id)))


@blp.route("/<uuid:consultation_id>/put-back")
class PuttingBack(MethodView):
    """The doctor cannot go on."""

    @blp.access(Role.DOCTOR)
    @blp.arguments(schemas.PuttingBackSchema)
    @blp.response(200, schemas.ConsultationSchema)
    def post(self, scope: Scope, data: dict[str, Any], consultation_id: UUID) -> Response:
        """Give it to the next doctor, before everybody who came later"""
        return answer(service.shown(scope, service.put_back(scope, consultation_id, data["why"])))


@blp.route("/<uuid:consultation_id>/emergency")
class Emergency(MethodView):
    """Not a matter for a consultation."""

    @blp.access(Role.DOCTOR)
    @blp.response(200, schemas.ConsultationSchema)
    def post(self, scope: Scope, consultation_id: UUID) -> Response:
        """Send the member to emergency care at once"""
        return answer(service.shown(scope, service.divert(scope, consultation_id)))


@blp.route("/<uuid:consultation_id>/call")
class Calling(MethodView):
    """By telephone."""

    @blp.access(Role.DOCTOR)
    @blp.arguments(schemas.CallingMemberSchema)
    @blp.response(200, schemas.ConsultationCallSchema)
    def post(self, scope: Scope, data: dict[str, Any], consultation_id: UUID) -> Response:
        """Ring the doctor's own telephone, then the member's"""
        return answer(service.call(scope, consultation_id, data["phone"]))


@blp.route("/<uuid:consultation_id>/notes")
class Notes(MethodView):
    """For doctors only."""

    @blp.access(Role.DOCTOR)
    @blp.response(200, schemas.DoctorNotesSchema)
    def get(self, scope: Scope, consultation_id: UUID) -> Response:
        """What doctors wrote; nobody else can read it"""
        return answer(service.doctor_notes(scope, consultation_id))

    @blp.access(Role.DOCTOR)
    @blp.idempotent
    @blp.arguments(schemas.NewDoctorNoteSchema)
    @blp.response(201, schemas.DoctorNoteSchema)
    def post(self, scope: Scope, data: dict[str, Any], consultation_id: UUID) -> Response:
        """Write a note that only doctors read"""
        return answer(service.write_note(scope, consultation_id, data["text"]), 201)


@blp.route("/<uuid:consultation_id>/diagnoses")
class Diagnoses(MethodView):
    """What it is."""

    @blp.access(Role.DOCTOR)
    @blp.arguments(schemas.DiagnosingSchema)
    @blp.response(200, schemas.DiagnosesSchema)
    def put(self, scope: Scope, data: dict[str, Any], consultation_id: UUID) -> Response:
        """Settle the diagnoses, the main one first; what does not fit the patient by the book is flagged"""
        return answer(service.diagnose(scope, consultation_id, data["codes"]))


@blp.route("/<uuid:consultation_id>/prescriptions")
class Prescriptions(MethodView):
    """What is prescribed."""

    @blp.access(Role.DOCTOR)
    @blp.idempotent
    @blp.arguments(paper_schemas.PrescribingSchema)
    @blp.response(201, paper_schemas.PrescriptionSchema)
    def post(self, scope: Scope, data: dict[str, Any], consultation_id: UUID) -> Response:
        """Write a prescription with the repeats of each item"""
        paper = service.prescribe(scope, consultation_id, data["items"])
        return answer(service.prescription_answer(scope, paper), 201)


@blp.route("/<uuid:consultation_id>/certificate")
class Certificate(MethodView):
    """Rest."""

    @blp.access(Role.DOCTOR)
    @blp.idempotent
    @blp.arguments(paper_schemas.CertifyingSchema)
    @blp.response(201, paper_schemas.RestCertificateSchema)
    def post(self, scope: Scope, data: dict[str, Any], consultation_id: UUID) -> Response:
        """Certify days of rest; the paper names no diagnosis"""
        return answer(service.certificate_answer(scope, service.certify(scope, consultation_id, **data)), 201)


@blp.route("/<uuid:consultation_id>/referral")
class Referral(MethodView):
    """To a specialist."""

    @blp.access(Role.DOCTOR)
    @blp.idempotent
    @blp.arguments(schemas.ReferringSchema)
    @blp.response(201, schemas.ReferredSchema)
    def post(self, scope: Scope, data: dict[str, Any], consultation_id: UUID) -> Response:
        """Refer the patient: the first step up, or onward from an earlier referral; the code comes back"""
        return answer({"code": service.refer(scope, consultation_id, **data)}, 201)


@blp.route("/<uuid:consultation_id>/end")
class Ending(MethodView):
    """It took place."""

    @blp.access(Role.DOCTOR)
    @blp.arguments(schemas.EndingConsultationSchema)
    @blp.response(200, schemas.ConsultationSchema)
    def post(self, scope: Scope, data: dict[str, Any], consultation_id: UUID) -> Response:
        """End it with what the member reads; it counts against the benefit by itself"""
        return answer(service.shown(scope, service.end(scope, consultation_id, **data)))
