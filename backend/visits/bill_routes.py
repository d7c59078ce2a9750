"""HTTP of the bills that facilities send and claims verify."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.visits import service
from backend.visits.rules.bills import NewBill
from backend.visits.rules.keys import KeyScope
from backend.visits.schemas import billing as schemas

blp = Blueprint("provider_bills", __name__, url_prefix="/api/v1", description="Bills of facilities, until verified")

_READERS = (Role.CLAIMS, Role.FINANCE, Role.PROVIDER)


@blp.route("/visits/<uuid:visit_id>/bill")
class VisitBill(MethodView):
    """What a visit cost."""

    @blp.access(Role.PROVIDER, key_scope=KeyScope.BILLS)
    @blp.idempotent
    @blp.arguments(schemas.NewBillSchema)
    @blp.response(201, schemas.BillSchema)
    def post(self, scope: Scope, data: NewBill, visit_id: UUID) -> Response:
        """Send the bill of an ended visit, or send it again after it came back"""
        return answer(service.bill_answer(scope, service.send_bill(scope, visit_id, data).id), 201)


@blp.route("/provider-bills")
class Bills(MethodView):
    """All of them."""

    @blp.access(*_READERS, key_scope=KeyScope.BILLS)
    @blp.arguments(schemas.BillQuerySchema, location="query")
    @blp.response(200, schemas.BillPageSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Bills, the newest first; a desk sees its own"""
        return answer(service.list_bills(scope, **query))


@blp.route("/provider-bills/<uuid:bill_id>")
class OneBill(MethodView):
    """One of them."""

    @blp.access(*_READERS, key_scope=KeyScope.BILLS)
    @blp.response(200, schemas.BillSchema)
    def get(self, scope: Scope, bill_id: UUID) -> Response:
        """A bill, what the checks noticed and what became of it"""
        return answer(service.bill_answer(scope, bill_id))


@blp.route("/provider-bills/<uuid:bill_id>/accept")
class Acceptance(MethodView):
    """It is right."""

    @blp.access(Role.CLAIMS)
    @blp.response(200, schemas.BillSchema)
    def post(self, scope: Scope, bill_id: UUID) -> Response:
        """Accept a verified bill"""
        service.accept_bill(scope, bill_id)
        return answer(service.bill_answer(scope, bill_id))


@blp.route("/provider-bills/<uuid:bill_id>/return")
class Return(MethodView):
    """It is not."""

    @blp.access(Role.CLAIMS)
    @blp.arguments(schemas.BillReturnSchema)
    @blp.response(200, schemas.BillSchema)
    def post(self, scope: Scope, data: dict[str, Any], bill_id: UUID) -> Response:
        """Send a bill back to the facility and say why"""
        service.return_bill(scope, bill_id, data["reason"])
        return answer(service.bill_answer(scope, bill_id))
