"""HTTP of a person's rights: asking and fetching in the app, deciding at the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, g
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.documents.vault import vault_of
from backend.privacy import schemas, service
from backend.privacy.rules.requests import Kind, RefusalGround
from backend.settings import Settings

blp = Blueprint("privacy", __name__, url_prefix="/api/v1", description="A copy of one's data, and erasure")

_OWN = "/members/<uuid:member_id>/privacy-requests"
_ONE = f"{_OWN}/<uuid:privacy_request_id>"
_PRIVATE = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@blp.route(f"{_OWN}/code")
class PrivacyCodes(MethodView):
    """Codes for asking and fetching."""

    @blp.access(Role.MEMBER)
    @blp.response(202, schemas.PrivacyCodeSentSchema)
    def post(self, scope: Scope, member_id: UUID) -> Response:
        """Send a code to the asking person's phone"""
        return answer({"sent_to": service.send_code(scope, member_id)}, 202)


@blp.route(_OWN)
class OwnRequests(MethodView):
    """What a member asked for."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.PrivacyRequestListSchema)
    def get(self, scope: Scope, member_id: UUID) -> Response:
        """Requests with their clocks and history, and what an erasure would keep"""
        return answer(service.list_own(scope, member_id))

    @blp.access(Role.MEMBER)
    @blp.idempotent
    @blp.arguments(schemas.PrivacyAskSchema)
    @blp.response(201, schemas.PrivacyRequestSchema)
    def post(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> Response:
        """Ask for a copy of everything or for erasure; one that waits already comes back"""
        made = service.ask(scope, member_id, Kind(data["kind"]), data["code"], data["words"])
        return answer(service.read_request(scope, member_id, made.id), 201)


@blp.route(_ONE)
class OwnRequest(MethodView):
    """One of them."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.PrivacyRequestSchema)
    def get(self, scope: Scope, member_id: UUID, privacy_request_id: UUID) -> Response:
        """How far a request is"""
        return answer(service.read_request(scope, member_id, privacy_request_id))

    @blp.access(Role.MEMBER)
    @blp.response(204)
    def delete(self, scope: Scope, member_id: UUID, privacy_request_id: UUID) -> None:
        """Take it back while nobody decided"""
        service.withdraw(scope, member_id, privacy_request_id)


@blp.route(f"{_ONE}/copy")
class OwnCopy(MethodView):
    """The copy."""

    @blp.access(Role.MEMBER)
    @blp.repeatable("The same copy again, each time with a code of its own.")
    @blp.arguments(schemas.PrivacyFetchSchema)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type="application/zip")
    def post(self, scope: Scope, data: dict[str, Any], member_id: UUID, privacy_request_id: UUID) -> Response:
        """Fetch the copy as ZIP with a fresh code"""
        packed = service.fetch(scope, vault_of(g.integrations), member_id, privacy_request_id, data["code"])
        named = {"Content-Disposition": f'attachment; filename="my-data-{privacy_request_id}.zip"'}
        return Response(packed, mimetype="application/zip", headers=_PRIVATE | named)


@blp.route("/privacy-requests")
class WaitingRequests(MethodView):
    """The desk's list."""

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.PrivacyPageSchema, location="query")
    @blp.response(200, schemas.WaitingRequestListSchema)
    def get(self, scope: Scope, page: dict[str, Any]) -> Response:
        """Requests whose clock runs, with the hours left, the next deadline first"""
        return answer(service.list_waiting(scope, **page))


@blp.route("/privacy-requests/<uuid:privacy_request_id>")
class RequestToDecide(MethodView):
    """One of them."""

    @blp.access(Role.ADMIN)
    @blp.response(200, schemas.RequestToDecideSchema)
    def get(self, scope: Scope, privacy_request_id: UUID) -> Response:
        """A request with what is in the way of an erasure, what must be kept and what goes"""
        return answer(service.read_waiting(scope, privacy_request_id))


@blp.route("/privacy-requests/<uuid:privacy_request_id>/decision")
class Decision(MethodView):
    """What a person decides."""

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.PrivacyDecisionSchema)
    @blp.response(200, schemas.RequestToDecideSchema)
    def put(self, scope: Scope, data: dict[str, Any], privacy_request_id: UUID) -> Response:
        """Let an erasure go ahead, or refuse it for a ground that is true"""
        refusal = RefusalGround(data["refusal"]) if data["refusal"] else None
        service.decide(scope, privacy_request_id, refusal)
        return answer(service.read_waiting(scope, privacy_request_id))


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The routes of this domain."""
    return [blp]
