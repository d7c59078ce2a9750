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
from backend.kit.money import Money

blp = Blueprint(
    "funds", __name__, url_prefix="/api/v1/fund", description="The client's fund: deposit, promises, payments"
)

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
        service.open_fund(scope, **data | {"yearly": Money(**data["yearly"])})
        return answer(service.fund_answer(scope), 201)

    @blp.access(Role.FINANCE, Role.ADMIN)
    @blp.arguments(schemas.YearlyAmountSchema)
    @blp.response(200, schemas.FundSchema)
    def put(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Another yearly amount was agreed; the deposit follows it"""
        service.agree_deposit(scope, Money(**data["yearly"]))
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
        receipt = service.record_deposit(scope, **data | {"amount": Money(**data["amount"])})
        return answer(service.deposit_answer(scope, receipt), 201)
