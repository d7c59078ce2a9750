"""HTTP of claims: the member's own, and the intake desk's; ``deciding_routes`` has what follows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.claims import deciding_routes, pattern_routes, schemas, service
from backend.settings import Settings

blp = Blueprint("claims", __name__, url_prefix="/api/v1/claims", description="Reimbursement claims")

_READERS = (Role.MEMBER, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.ADMIN)
_WRITERS = (Role.MEMBER, Role.AGENT, Role.CLAIMS)
_DESK = (Role.CLAIMS, Role.ADMIN)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp, deciding_routes.blp, pattern_routes.blp]


@blp.route("/requirements")
class Requirements(MethodView):
    """The checklist."""

    @blp.access(*_READERS)
    @blp.arguments(schemas.RequirementsQuerySchema, location="query")
    @blp.response(200, schemas.RequirementsSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Which documents a claim needs, and until when it may be sent"""
        query["circumstances"] = tuple(query.get("circumstances", ()))
        return answer(service.requirements(scope, query.pop("benefit"), **query))


@blp.route("")
class Claims(MethodView):
    """All of them."""

    @blp.access(*_WRITERS)
    @blp.idempotent
    @blp.arguments(schemas.NewClaimSchema)
    @blp.response(201, schemas.ClaimSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Begin a claim as a draft; documents and missing facts may follow one by one"""
        claim = service.start_claim(scope, data.pop("member_id"), data.pop("benefit_group"), **data)
        return answer(service.claim_answer(scope, claim.id), 201)

    @blp.access(*_READERS)
    @blp.arguments(schemas.ClaimListQuerySchema, location="query")
    @blp.response(200, schemas.ClaimListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Claims, the newest first"""
        return answer(service.list_claims(scope, **query))


@blp.route("/queue")
class Queue(MethodView):
    """What waits for the desk."""

    @blp.access(*_DESK)
    @blp.arguments(schemas.ClaimQueueQuerySchema, location="query")
    @blp.response(200, schemas.ClaimQueueSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Claims that wait for a person, the longest waiting first"""
        return answer(service.list_queue(scope, **query))


@blp.route("/<uuid:claim_id>")
class OneClaim(MethodView):
    """One of them."""

    @blp.access(*_READERS)
    @blp.response(200, schemas.ClaimSchema)
    def get(self, scope: Scope, claim_id: UUID) -> Response:
        """A claim with its lines, documents, what is missing and every step"""
        return answer(service.claim_answer(scope, claim_id))

    @blp.access(*_WRITERS)
    @blp.arguments(schemas.ClaimChangeSchema)
    @blp.response(200, schemas.ClaimSchema)
    def patch(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Change facts or lines of a claim that lies with the member; what is not named stays"""
        service.change_claim(scope, claim_id, data)
        return answer(service.claim_answer(scope, claim_id))


@blp.route("/<uuid:claim_id>/documents")
class ClaimDocuments(MethodView):
    """Its papers."""

    @blp.access(*_WRITERS)
    @blp.idempotent
    @blp.arguments(schemas.ClaimAttachmentSchema)
    @blp.response(201, schemas.ClaimSchema)
    def post(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Attach an uploaded document to a requirement; the same again changes nothing"""
        service.add_document(scope, claim_id, data["document_id"], data["requirement"])
        return answer(service.claim_answer(scope, claim_id), 201)


@blp.route("/<uuid:claim_id>/documents/<uuid:document_id>")
class ClaimDocument(MethodView):
    """One of its papers."""

    @blp.access(*_WRITERS)
    @blp.response(200, schemas.ClaimSchema)
    def delete(self, scope: Scope, claim_id: UUID, document_id: UUID) -> Response:
        """Take a document off a claim that lies with the member"""
        service.remove_document(scope, claim_id, document_id)
        return answer(service.claim_answer(scope, claim_id))


@blp.route("/<uuid:claim_id>/submit")
class Submission(MethodView):
    """Handing in."""

    @blp.access(*_WRITERS)
    @blp.response(200, schemas.ClaimSchema)
    def post(self, scope: Scope, claim_id: UUID) -> Response:
        """Hand the claim in, again after a return; doing it twice gives the same answer"""
        service.submit_claim(scope, claim_id)
        return answer(service.claim_answer(scope, claim_id))


@blp.route("/<uuid:claim_id>/withdraw")
class Withdrawal(MethodView):
    """Giving up."""

    @blp.access(*_WRITERS)
    @blp.arguments(schemas.ClaimNoteSchema)
    @blp.response(200, schemas.ClaimSchema)
    def post(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Withdraw a claim whose papers are not complete yet"""
        service.withdraw_claim(scope, claim_id, data["note"])
        return answer(service.claim_answer(scope, claim_id))


@blp.route("/<uuid:claim_id>/return")
class Return(MethodView):
    """Back to the member."""

    @blp.access(*_DESK)
    @blp.arguments(schemas.ClaimReturnSchema)
    @blp.response(200, schemas.ClaimSchema)
    def post(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Return a claim for the documents named, with words for the member"""
        service.return_claim(scope, claim_id, data["missing"], data["note"])
        return answer(service.claim_answer(scope, claim_id))


@blp.route("/<uuid:claim_id>/complete")
class Completion(MethodView):
    """Papers complete."""

    @blp.access(*_DESK)
    @blp.arguments(schemas.ClaimCompletionSchema)
    @blp.response(200, schemas.ClaimSchema)
    def post(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Confirm that the documents are complete; the time to settle counts from when they came"""
        service.complete_claim(scope, claim_id, accept_without=data.get("accept_without", ()), note=data["note"])
        return answer(service.claim_answer(scope, claim_id))


@blp.route("/<uuid:claim_id>/reinstate")
class Reinstatement(MethodView):
    """A second chance."""

    @blp.access(*_DESK)
    @blp.arguments(schemas.ClaimReasonSchema)
    @blp.response(200, schemas.ClaimSchema)
    def post(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Take up a claim that was refused as late or not covered"""
        service.reinstate_claim(scope, claim_id, data["note"])
        return answer(service.claim_answer(scope, claim_id))
