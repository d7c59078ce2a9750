"""What members change about themselves, each change with a fresh code from the phone on file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.clients.registry import client_by_id
from backend.errors import InvalidShape
from backend.kit import phone as phones
from backend.members import detail_schemas as schemas
from backend.members.service import details

_MEMBER = "/members/<uuid:member_id>"
blp = Blueprint("details", __name__, url_prefix="/api/v1", description="What members change about themselves")


def _with_e164(scope: Scope, data: dict[str, Any]) -> dict[str, Any]:
    if "phone" not in data:
        return data
    try:
        return {**data, "phone": phones.normalise(data["phone"], client_by_id(scope.client_id).country)}
    except phones.InvalidPhone as error:
        raise InvalidShape(figures={"json": {"phone": ["not a telephone number"]}}) from error


@blp.route(f"{_MEMBER}/change-code")
class ChangeCodes(MethodView):
    """Codes to change something with."""

    @blp.access(Role.MEMBER)
    @blp.arguments(schemas.ChangeCodeSchema)
    @blp.response(202, schemas.CodeSentSchema)
    def post(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> Response:
        """Send a code to the phone on file, and one to a new number."""
        return answer({"sent_to": details.send_codes(scope, member_id, _with_e164(scope, data).get("phone"))}, 202)


@blp.route(f"{_MEMBER}/contact")
class Contact(MethodView):
    """How a member is reached."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.ContactSchema)
    def get(self, scope: Scope, member_id: UUID) -> Response:
        """One's own phone, e-mail and postal address."""
        return answer(details.read_contact(scope, member_id))

    @blp.access(Role.MEMBER)
    @blp.arguments(schemas.ContactChangeSchema)
    @blp.response(200, schemas.ContactSchema)
    def put(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> Response:
        """Change them, with the code; the address that was is told."""
        changes = _with_e164(scope, data)
        code, new_phone_code = changes.pop("code"), changes.pop("new_phone_code", None)
        return answer(details.change_contact(scope, member_id, code, changes, new_phone_code))


@blp.route(f"{_MEMBER}/bank-account")
class BankAccounts(MethodView):
    """Where reimbursements go."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.BankAccountSchema)
    def get(self, scope: Scope, member_id: UUID) -> Response:
        """One's own bank account, the number by its ending."""
        return answer(details.read_bank_account(scope, member_id))

    @blp.access(Role.MEMBER)
    @blp.arguments(schemas.BankAccountChangeSchema)
    @blp.response(200, schemas.BankAccountSchema)
    def put(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> Response:
        """Another account, with the code."""
        return answer(details.change_bank_account(scope, member_id, **data))
