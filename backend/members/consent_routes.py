"""What a member agreed to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.errors import NotFound
from backend.members import consent_schemas as schemas
from backend.members.rules.consents import Purpose
from backend.members.service import consents

_ADDRESS = "/members/<uuid:member_id>/consents"
blp = Blueprint("consents", __name__, url_prefix="/api/v1", description="What a member agrees to and takes back")


@blp.route(_ADDRESS)
class Consents(MethodView):
    """All of them."""

    @blp.access(Role.MEMBER)
    @blp.response(200, schemas.ConsentListSchema)
    def get(self, scope: Scope, member_id: UUID) -> Response:
        """Everything this member agreed to or took back, and the words of what can be agreed to."""
        return answer(consents.list_consents(scope, member_id))


@blp.route(f"{_ADDRESS}/<string:purpose>")
class OneConsent(MethodView):
    """One purpose."""

    @blp.access(Role.MEMBER)
    @blp.arguments(schemas.ConsentGivenSchema)
    @blp.response(200, schemas.ConsentSchema)
    def put(self, scope: Scope, data: dict[str, Any], member_id: UUID, purpose: str) -> Response:
        """Agree, for oneself, in the words that were shown."""
        return answer(consents.give_consent(scope, member_id, _purpose(purpose), data["wording"]))

    @blp.access(Role.MEMBER)
    @blp.response(204)
    def delete(self, scope: Scope, member_id: UUID, purpose: str) -> None:
        """Take it back; the row stays with the time."""
        consents.withdraw_consent(scope, member_id, _purpose(purpose))


def _purpose(name: str) -> Purpose:
    try:
        return Purpose(name)
    except ValueError as error:
        raise NotFound() from error
