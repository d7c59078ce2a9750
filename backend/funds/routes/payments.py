"""HTTP of what is owed and paid: for finance, and for the second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.funds import service
from backend.funds.routes.uploads import uploaded_file
from backend.funds.schemas import payments as schemas

blp = Blueprint("payments", __name__, url_prefix="/api/v1", description="Payables, payment runs, bank files")

_PAYERS = (Role.FINANCE, Role.ADMIN)


@blp.route("/payables")
class Payables(MethodView):
    """What is owed."""

    @blp.access(*_PAYERS)
    @blp.arguments(schemas.PayablesQuerySchema, location="query")
    @blp.response(200, schemas.PayableListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Approved amounts, the newest first; those that the next run would pay too late are marked"""
        return answer(service.list_payables(scope, **query))


@blp.route("/payables/<uuid:payable_id>/take-back")
class TakingBack(MethodView):
    """It was wrong."""

    @blp.access(Role.FINANCE)
    @blp.arguments(schemas.TakenBackSchema)
    @blp.response(204)
    def post(self, scope: Scope, data: dict[str, Any], payable_id: UUID) -> Response:
        """Reverse an approved amount that is not in a run yet"""
        service.take_back(scope, payable_id, data["reason"])
        return answer(b"", 204)


@blp.route("/payee-accounts")
class PayeeAccounts(MethodView):
    """Accounts of providers and of the company."""

    @blp.access(*_PAYERS)
    @blp.response(200, schemas.PayeeAccountListSchema)
    def get(self, scope: Scope) -> Response:
        """Accounts that wait for a second person"""
        return answer(service.list_accounts_to_confirm(scope))

    @blp.access(Role.FINANCE)
    @blp.idempotent
    @blp.arguments(schemas.PayeeAccountGivenSchema)
    @blp.response(201, schemas.PayeeAccountSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Write down where a provider's or the company's money goes; a second person confirms it"""
        return answer(service.account_answer(scope, service.give_account(scope, **data)), 201)


@blp.route("/payee-accounts/<uuid:account_id>/confirm")
class PayeeAccountConfirmation(MethodView):
    """The second person."""

    @blp.access(*_PAYERS)
    @blp.response(200, schemas.PayeeAccountSchema)
    def post(self, scope: Scope, account_id: UUID) -> Response:
        """Confirm an account that somebody else wrote down; it is paid to a day later"""
        return answer(service.account_answer(scope, service.confirm_account(scope, account_id)))


@blp.route("/payment-runs")
class PaymentRuns(MethodView):
    """All of them."""

    @blp.access(*_PAYERS)
    @blp.arguments(schemas.RunPageQuerySchema, location="query")
    @blp.response(200, schemas.RunListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Payment runs, the newest first"""
        return answer(service.list_runs(scope, **query))

    @blp.access(Role.FINANCE)
    @blp.idempotent
    @blp.arguments(schemas.NewRunSchema)
    @blp.response(201, schemas.RunSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Prepare a run for the calendar's next payment day, or for any day on demand"""
        return answer(service.run_answer(scope, service.prepare_run(scope, **data).id), 201)


@blp.route("/payment-runs/<uuid:run_id>")
class OnePaymentRun(MethodView):
    """One of them."""

    @blp.access(*_PAYERS)
    @blp.response(200, schemas.RunSchema)
    def get(self, scope: Scope, run_id: UUID) -> Response:
        """A run with every transfer, and what it leaves out with the reason"""
        return answer(service.run_answer(scope, run_id))


@blp.route("/payment-runs/<uuid:run_id>/approve")
class RunApproval(MethodView):
    """The second person."""

    @blp.access(*_PAYERS)
    @blp.response(200, schemas.RunSchema)
    def post(self, scope: Scope, run_id: UUID) -> Response:
        """Approve a run that somebody else prepared"""
        return answer(service.run_answer(scope, service.approve_run(scope, run_id).id))


@blp.route("/payment-runs/<uuid:run_id>/cancel")
class RunCancelling(MethodView):
    """Not this time."""

    @blp.access(*_PAYERS)
    @blp.response(200, schemas.RunSchema)
    def post(self, scope: Scope, run_id: UUID) -> Response:
        """Cancel a run that did not go to the bank; what it would have paid waits again"""
        return answer(service.run_answer(scope, service.cancel_run(scope, run_id).id))


@blp.route("/payment-runs/<uuid:run_id>/send")
class RunSending(MethodView):
    """To the bank."""

    @blp.access(Role.FINANCE)
    @blp.response(200, schemas.RunSchema)
    def post(self, scope: Scope, run_id: UUID) -> Response:
        """Close an approved run for the bank; accounts that changed meanwhile stay behind"""
        return answer(service.run_answer(scope, service.send_run(scope, run_id).id))


@blp.route("/payment-runs/<uuid:run_id>/file")
class RunFile(MethodView):
    """What the bank reads."""

    @blp.access(Role.FINANCE)
    @blp.arguments(schemas.BankFileQuerySchema, location="query")
    def get(self, scope: Scope, query: dict[str, Any], run_id: UUID) -> Response:
        """The run as ISO 20022 pain.001 or as a table; taking it is on record"""
        made = service.bank_file(scope, run_id, query["form"])
        headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "no-store"}
        return Response(made.data, mimetype=made.media_type, headers=headers)


@blp.route("/payment-runs/<uuid:run_id>/statuses")
class RunStatuses(MethodView):
    """The bank's answer."""

    @blp.access(Role.FINANCE)
    @blp.takes_file()
    @blp.response(200, schemas.RunSchema)
    def post(self, scope: Scope, run_id: UUID) -> Response:
        """Take in pain.002 or a table: what was paid is posted and told, what failed waits again"""
        return answer(service.run_answer(scope, service.record_statuses(scope, run_id, uploaded_file).id))
