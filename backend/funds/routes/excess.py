"""HTTP of excess claims and of what the bank says."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.funds import service
from backend.funds.routes.uploads import uploaded_file
from backend.funds.rules.excess import Part
from backend.funds.schemas import excess as schemas

blp = Blueprint("excess", __name__, url_prefix="/api/v1", description="Excess claims and bank statements")

_READERS = (Role.MEMBER, Role.HR, Role.FINANCE, Role.CLAIMS)


@blp.route("/excess")
class ExcessClaims(MethodView):
    """All of them."""

    @blp.access(*_READERS)
    @blp.arguments(schemas.ExcessQuerySchema, location="query")
    @blp.response(200, schemas.ExcessListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Excess claims, the newest first; a member reads their own"""
        return answer(service.list_excess(scope, **query))


@blp.route("/excess/<uuid:excess_id>")
class OneExcess(MethodView):
    """One of them."""

    @blp.access(*_READERS)
    @blp.response(200, schemas.ExcessSchema)
    def get(self, scope: Scope, excess_id: UUID) -> Response:
        """An excess with its positions and instalments; HR reads no positions"""
        return answer(service.excess_answer(scope, excess_id))


@blp.route("/excess/<uuid:excess_id>/letter.pdf")
class ExcessLetter(MethodView):
    """The letter."""

    @blp.access(*_READERS)
    def get(self, scope: Scope, excess_id: UUID) -> Response:
        """The letter as PDF: itemised for the member, by kind of care for HR"""
        data = service.excess_letter(scope, excess_id)
        return Response(data, mimetype="application/pdf", headers={"Cache-Control": "no-store"})


@blp.route("/excess/<uuid:excess_id>/dispute")
class ExcessDispute(MethodView):
    """Somebody does not agree."""

    @blp.access(Role.MEMBER, Role.FINANCE, Role.CLAIMS)
    @blp.arguments(schemas.DisputeSchema)
    @blp.response(200, schemas.ExcessSchema)
    def post(self, scope: Scope, data: dict[str, Any], excess_id: UUID) -> Response:
        """Object to an excess; its time stands still until that is answered"""
        return answer(service.excess_answer(scope, service.dispute(scope, excess_id, data["words"]).id))


@blp.route("/excess/<uuid:excess_id>/dispute/answer")
class ExcessDisputeAnswer(MethodView):
    """Our answer."""

    @blp.access(Role.FINANCE, Role.CLAIMS)
    @blp.arguments(schemas.DisputeAnswerSchema)
    @blp.response(200, schemas.ExcessSchema)
    def post(self, scope: Scope, data: dict[str, Any], excess_id: UUID) -> Response:
        """Uphold an objection, and the plan bears the excess; or reject it, and the rest of the time goes on"""
        return answer(service.excess_answer(scope, service.answer_dispute(scope, excess_id, **data).id))


@blp.route("/excess/<uuid:excess_id>/instalments")
class ExcessInstalments(MethodView):
    """In parts."""

    @blp.access(Role.FINANCE)
    @blp.arguments(schemas.InstalmentsSchema)
    @blp.response(200, schemas.ExcessSchema)
    def put(self, scope: Scope, data: dict[str, Any], excess_id: UUID) -> Response:
        """Agree parts that add up to what is open; a stopped card works again while they are kept"""
        parts = [Part(one["due_on"], one["amount"]) for one in data["parts"]]
        return answer(service.excess_answer(scope, service.agree_instalments(scope, excess_id, parts).id))


@blp.route("/bank-statements")
class BankStatements(MethodView):
    """What the bank says."""

    @blp.access(Role.FINANCE)
    @blp.idempotent
    @blp.takes_file()
    @blp.response(201, schemas.StatementSchema)
    def post(self, scope: Scope) -> Response:
        """Take in a statement: camt.053, MT940 or a table; clear money settles, unclear money waits in suspense"""
        return answer(service.statement_answer(scope, service.take_in_statement(scope, uploaded_file)), 201)


@blp.route("/bank-lines")
class BankLines(MethodView):
    """Movements."""

    @blp.access(Role.FINANCE)
    @blp.arguments(schemas.BankLinesQuerySchema, location="query")
    @blp.response(200, schemas.BankLineListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Movements that wait for a person with what they may be for, or those that are placed"""
        return answer(service.list_bank_lines(scope, **query))


@blp.route("/bank-lines/<uuid:line_id>/assign")
class BankLineAssignment(MethodView):
    """A person knows."""

    @blp.access(Role.FINANCE)
    @blp.arguments(schemas.AssignmentSchema)
    @blp.response(200, schemas.BankLineSchema)
    def post(self, scope: Scope, data: dict[str, Any], line_id: UUID) -> Response:
        """Say what unclear money is: an excess, a deposit, sent back; or why the bank took something"""
        return answer(service.line_answer(scope, service.assign_line(scope, line_id, **data)))
