"""HTTP of what members ask for: a clinic or the doctor on duty decides."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.referrals import request_schemas as schemas
from backend.referrals import service

blp = Blueprint(
    "referral-requests",
    __name__,
    url_prefix="/api/v1/referral-requests",
    description="Referrals that members ask for",
)

_DECIDERS = (Role.DOCTOR, Role.PROVIDER, Role.CLAIMS)


@blp.route("")
class Requests(MethodView):
    """All of them."""

    @blp.access(Role.MEMBER, Role.AGENT)
    @blp.idempotent
    @blp.arguments(schemas.NewReferralRequestSchema)
    @blp.response(201, schemas.ReferralRequestSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Ask for a referral; one that is open already comes back"""
        return answer(service.request_answer(scope, service.ask(scope, **data).id), 201)

    @blp.access(Role.MEMBER, Role.AGENT, *_DECIDERS)
    @blp.arguments(schemas.ReferralRequestQuerySchema, location="query")
    @blp.response(200, schemas.ReferralRequestListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """What was asked for, the newest first; a clinic sees what is put to it"""
        return answer(service.list_requests(scope, **query))


@blp.route("/<uuid:referral_request_id>")
class OneRequest(MethodView):
    """One of them."""

    @blp.access(Role.MEMBER, Role.AGENT, *_DECIDERS)
    @blp.response(200, schemas.ReferralRequestSchema)
    def get(self, scope: Scope, referral_request_id: UUID) -> Response:
        """A request and what became of it"""
        return answer(service.request_answer(scope, referral_request_id))


@blp.route("/<uuid:referral_request_id>/grant")
class Grant(MethodView):
    """Yes."""

    @blp.access(*_DECIDERS)
    @blp.idempotent
    @blp.arguments(schemas.ReferralGrantSchema)
    @blp.response(201, schemas.ReferralRequestSchema)
    def post(self, scope: Scope, data: dict[str, Any], referral_request_id: UUID) -> Response:
        """Issue what was asked for, by the same rules as any referral"""
        service.grant_request(scope, referral_request_id, **data)
        return answer(service.request_answer(scope, referral_request_id), 201)


@blp.route("/<uuid:referral_request_id>/decline")
class Decline(MethodView):
    """No."""

    @blp.access(*_DECIDERS)
    @blp.arguments(schemas.ReferralDeclineSchema)
    @blp.response(200, schemas.ReferralRequestSchema)
    def post(self, scope: Scope, data: dict[str, Any], referral_request_id: UUID) -> Response:
        """Say no, in words for the member"""
        service.decline(scope, referral_request_id, data["note"])
        return answer(service.request_answer(scope, referral_request_id))
