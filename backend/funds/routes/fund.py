"""HTTP of a client's fund, for those who look after its money and for its HR."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.funds import service
from backend.funds.schemas import fund as schemas

blp = Blueprint(
    "funds", __name__, url_prefix="/api/v1/fund", description="The client's fund: deposit, promises, payments"
)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READERS = (Role.FINANCE, Role.HR, Role.ADMIN)


@blp.route("")
class TheFund(MethodView):
    """The client's fund."""

    @blp.access(*READERS)
    @blp.response(200, schemas.FundSchema)
    def get(self, scope: Scope) -> Response:
        """Balance, what is owed and promised, what is free, how much of the deposit is used"""
        return answer(service.fund_answer(scope))

    @blp.access(Role.FINANCE, Role.ADMIN)
    @blp.idempotent
    @blp.arguments(schemas.NewFundSchema)
    @blp.response(201, schemas.FundSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Open the fund on its dedicated account; the deposit is three twelfths of the yearly amount"""
        service.open_fund(scope, **data)
        return answer(service.fund_answer(scope), 201)

    @blp.access(Role.FINANCE, Role.ADMIN)
    @blp.arguments(schemas.YearlyAmountSchema)
    @blp.response(200, schemas.FundSchema)
    def put(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Another yearly amount was agreed; the deposit follows it"""
        service.agree_deposit(scope, data["yearly"])
        return answer(service.fund_answer(scope))


@blp.route("/leftover")
class TheLeftover(MethodView):
    """What is left of a year."""

    @blp.access(Role.FINANCE)
    @blp.arguments(schemas.LeftoverYearSchema)
    @blp.response(200, schemas.LeftoverSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Share what is left of a year; the next run pays the employer's part"""
        return answer(asdict(service.share_leftover(scope, data["year"])))


@blp.route("/deposits")
class Deposits(MethodView):
    """What the client sent."""

    @blp.access(Role.FINANCE)
    @blp.idempotent
    @blp.arguments(schemas.NewDepositSchema)
    @blp.response(201, schemas.DepositSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Record a deposit or top-up that arrived on the dedicated account"""
        receipt = service.record_deposit(scope, **data)
        return answer(service.deposit_answer(scope, receipt), 201)


@blp.route("/cockpit")
class Cockpit(MethodView):
    """The fund at a glance."""

    @blp.access(*READERS)
    @blp.response(200, schemas.CockpitSchema)
    def get(self, scope: Scope) -> Response:
        """Balance, promised, paid, the pace, the next top-up with an interval, amounts by kind of care"""
        return answer(service.cockpit(scope))


@blp.route("/statement")
class MonthStatement(MethodView):
    """A month."""

    @blp.access(*READERS)
    @blp.arguments(schemas.MonthQuerySchema, location="query")
    @blp.response(200, schemas.MonthSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """A month of the account, from the opening to the closing balance"""
        return answer(service.month_figures(scope, **query))


@blp.route("/statement.pdf")
class MonthStatementPaper(MethodView):
    """A month on paper."""

    @blp.access(*READERS)
    @blp.arguments(schemas.MonthQuerySchema, location="query")
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """The month's statement as PDF"""
        return _file(service.statement_pdf(scope, **query), "application/pdf", f"fund-{query['month']:%Y-%m}.pdf")


@blp.route("/statement.xlsx")
class MonthStatementWorkbook(MethodView):
    """A month to calculate with."""

    @blp.access(*READERS)
    @blp.arguments(schemas.MonthQuerySchema, location="query")
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """The month's statement as a workbook"""
        return _file(service.statement_workbook(scope, **query), _XLSX, f"fund-{query['month']:%Y-%m}.xlsx")


def _file(data: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, mimetype=media_type, headers=headers)
