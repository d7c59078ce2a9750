"""HTTP of deciding claims: the analyst's workbench, decisions, the second pair of eyes, receipts, appeals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.claims import assessment_schemas, decision_schemas, schemas, service, workbench_schemas
from backend.settings import Settings

blp = Blueprint("claim_decisions", __name__, url_prefix="/api/v1/claims", description="Deciding claims")

_READERS = (Role.MEMBER, Role.AGENT, Role.DOCTOR, Role.CLAIMS, Role.ADMIN)
_DESK = (Role.CLAIMS, Role.ADMIN)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp]


@blp.route("/<uuid:claim_id>/workbench")
class Workbench(MethodView):
    """A claim with everything beside it."""

    @blp.access(*_DESK)
    @blp.response(200, workbench_schemas.WorkbenchSchema)
    def get(self, scope: Scope, claim_id: UUID) -> Response:
        """What was read, the plan's benefits, who may decide, the member's other claims and those like it"""
        return answer(service.workbench(scope, claim_id))


@blp.route("/<uuid:claim_id>/assessment")
class Assessment(MethodView):
    """What an analyst reads from the papers."""

    @blp.access(*_DESK)
    @blp.response(200, decision_schemas.ClaimProposalSchema)
    def get(self, scope: Scope, claim_id: UUID) -> Response:
        """What the rules would decide now, with the trace of every line; nothing is kept"""
        return answer(service.propose(scope, claim_id))

    @blp.access(*_DESK)
    @blp.arguments(assessment_schemas.ClaimAssessmentSchema)
    @blp.response(200, decision_schemas.ClaimProposalSchema)
    def put(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Take over diagnosis, circumstances and what each line is; what is not named stays"""
        service.assess_claim(scope, claim_id, data)
        return answer(service.propose(scope, claim_id))


@blp.route("/<uuid:claim_id>/decision")
class Decision(MethodView):
    """An analyst's decision."""

    @blp.access(Role.CLAIMS)
    @blp.idempotent
    @blp.arguments(schemas.ClaimNoteSchema)
    @blp.response(201, schemas.ClaimSchema)
    def post(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Decide by the rules and what was assessed; from the contract's amount on a second person confirms"""
        service.decide_claim(scope, claim_id, data["note"])
        return answer(service.claim_answer(scope, claim_id), 201)


@blp.route("/<uuid:claim_id>/decision/confirmation")
class Confirmation(MethodView):
    """The second pair of eyes."""

    @blp.access(Role.CLAIMS)
    @blp.response(200, schemas.ClaimSchema)
    def post(self, scope: Scope, claim_id: UUID) -> Response:
        """Put somebody else's decision in force"""
        service.confirm_claim(scope, claim_id)
        return answer(service.claim_answer(scope, claim_id))


@blp.route("/<uuid:claim_id>/decision/objection")
class Objection(MethodView):
    """The second pair of eyes sees it otherwise."""

    @blp.access(Role.CLAIMS)
    @blp.arguments(schemas.ClaimReasonSchema)
    @blp.response(200, schemas.ClaimSchema)
    def post(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Do not agree with somebody else's decision: it is made again"""
        service.send_back(scope, claim_id, data["note"])
        return answer(service.claim_answer(scope, claim_id))


@blp.route("/<uuid:claim_id>/appeal")
class Appeal(MethodView):
    """The member does not agree."""

    @blp.access(Role.MEMBER, Role.AGENT)
    @blp.idempotent
    @blp.arguments(decision_schemas.ClaimAppealTextSchema)
    @blp.response(201, schemas.ClaimSchema)
    def post(self, scope: Scope, data: dict[str, Any], claim_id: UUID) -> Response:
        """Have a decision made again by somebody who had no part in it, by the day that comes back"""
        service.appeal_claim(scope, claim_id, data["text"])
        return answer(service.claim_answer(scope, claim_id), 201)


@blp.route("/<uuid:claim_id>/receipt")
class Receipt(MethodView):
    """The decision in words."""

    @blp.access(*_READERS)
    @blp.response(200, decision_schemas.ClaimReceiptWordsSchema)
    def get(self, scope: Scope, claim_id: UUID) -> Response:
        """The decision as a message and as about thirty seconds of speech"""
        return answer(service.receipt_words(scope, claim_id))


@blp.route("/<uuid:claim_id>/receipt.pdf")
class ReceiptPaper(MethodView):
    """The decision on paper."""

    @blp.access(*_READERS)
    @blp.response(200, content_type="application/pdf")
    def get(self, scope: Scope, claim_id: UUID) -> Response:
        """The decision as PDF, every line with its rules and sums"""
        response = Response(service.receipt_pdf(scope, claim_id), mimetype="application/pdf")
        response.headers["Cache-Control"] = "no-store"
        return response
