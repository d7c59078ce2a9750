"""HTTP of what comes out of a consultation: prescriptions for pharmacies, certificates for members and employers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.telemedicine import paper_schemas, service

blp = Blueprint("prescriptions", __name__, url_prefix="/api/v1", description="Prescriptions and rest certificates")


@blp.route("/prescriptions/look-up")
class LookUp(MethodView):
    """By its number."""

    @blp.access(Role.PROVIDER, Role.DOCTOR, Role.CLAIMS)
    @blp.arguments(paper_schemas.PrescriptionNumberSchema)
    @blp.response(200, paper_schemas.PrescriptionSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """The prescription that somebody shows: items, what was dispensed, what is left"""
        return answer(service.prescription_answer(scope, service.look_up(scope, data["number"])))


@blp.route("/prescriptions/<uuid:prescription_id>/prescription.pdf")
class PrescriptionPaper(MethodView):
    """On paper."""

    @blp.access(Role.MEMBER, Role.DOCTOR)
    @blp.response(200, content_type="application/pdf")
    def get(self, scope: Scope, prescription_id: UUID) -> Response:
        """The prescription in the client's brand, in its first language and in English, its number as a QR"""
        response = Response(service.prescription_pdf(scope, prescription_id), mimetype="application/pdf")
        response.headers["Cache-Control"] = "no-store"
        return response


@blp.route("/prescriptions/<uuid:prescription_id>/dispensings")
class Dispensings(MethodView):
    """At the pharmacy."""

    @blp.access(Role.PROVIDER)
    @blp.idempotent
    @blp.response(201, paper_schemas.DispensingSchema)
    def post(self, scope: Scope, prescription_id: UUID) -> Response:
        """Dispense now, for the first time or as a repeat; 409 says which rule is in the way"""
        row, items = service.dispense(scope, prescription_id)
        shown = {"id": row.id, "ordinal": row.ordinal, "dispensed_on": row.dispensed_on, "items": items}
        return answer(shown, 201)


@blp.route("/prescriptions/<uuid:prescription_id>/approval")
class Approval(MethodView):
    """The medical team."""

    @blp.access(Role.DOCTOR, Role.CLAIMS)
    @blp.arguments(paper_schemas.RepeatApprovalSchema)
    @blp.response(200, paper_schemas.PrescriptionSchema)
    def put(self, scope: Scope, data: dict[str, Any], prescription_id: UUID) -> Response:
        """Allow more repeats in writing, until a day"""
        return answer(service.prescription_answer(scope, service.approve(scope, prescription_id, **data)))


@blp.route("/prescriptions/<uuid:prescription_id>/withdraw")
class WithdrawPrescription(MethodView):
    """It counts no longer."""

    @blp.access(Role.DOCTOR)
    @blp.response(200, paper_schemas.PrescriptionSchema)
    def post(self, scope: Scope, prescription_id: UUID) -> Response:
        """Take a prescription back that was not dispensed yet"""
        return answer(service.prescription_answer(scope, service.withdraw_prescription(scope, prescription_id)))


@blp.route("/rest-certificates/verify")
class Verification(MethodView):
    """Is it genuine?"""

    @blp.access(Role.HR, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.PROVIDER, Role.ADMIN)
    @blp.arguments(paper_schemas.CertificateQrSchema)
    @blp.response(200, paper_schemas.GenuineCertificateSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """What the QR of a certificate says, and whether it still counts; never why"""
        return answer(service.verify_certificate(scope, data["qr"]))


@blp.route("/rest-certificates/<uuid:certificate_id>/certificate.pdf")
class CertificatePaper(MethodView):
    """On paper."""

    @blp.access(Role.MEMBER, Role.DOCTOR)
    @blp.response(200, content_type="application/pdf")
    def get(self, scope: Scope, certificate_id: UUID) -> Response:
        """The certificate in the client's brand, in its first language and in English"""
        response = Response(service.certificate_pdf(scope, certificate_id), mimetype="application/pdf")
        response.headers["Cache-Control"] = "no-store"
        return response


@blp.route("/rest-certificates/<uuid:certificate_id>/withdraw")
class WithdrawCertificate(MethodView):
    """It counts no longer."""

    @blp.access(Role.DOCTOR)
    @blp.response(200, paper_schemas.RestCertificateSchema)
    def post(self, scope: Scope, certificate_id: UUID) -> Response:
        """Take a certificate back; its QR says so from now on"""
        return answer(service.certificate_answer(scope, service.withdraw_certificate(scope, certificate_id)))
