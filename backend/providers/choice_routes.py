"""The first-tier provider of a member over HTTP: seen and chosen by the member, HR and the helpline."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.providers import service
from backend.providers.choice_schemas import ChoiceRow, Choices, NewChoice
from backend.providers.choices_shown import shown_choice, shown_choices

blp = Blueprint("first_choice", __name__, url_prefix="/api/v1", description="The first-tier provider of a member")

_CHOOSERS = (Role.MEMBER, Role.HR, Role.AGENT, Role.ADMIN)


@blp.route("/members/<uuid:member_id>/primary-provider")
class PrimaryProviderView(MethodView):
    """Where somebody goes first."""

    @blp.access(*_CHOOSERS, Role.DOCTOR, Role.CLAIMS)
    @blp.response(200, Choices)
    def get(self, scope: Scope, member_id: UUID) -> Response:
        """The member's first-tier provider now, planned and before, and from when a new choice would count."""
        return answer(shown_choices(scope, member_id))

    @blp.access(*_CHOOSERS)
    @blp.idempotent
    @blp.arguments(NewChoice)
    @blp.response(201, ChoiceRow)
    def post(self, scope: Scope, data: dict[str, Any], member_id: UUID) -> Response:
        """Choose or change it; the contract says from which day it counts. The present one again takes a plan back."""
        return answer(shown_choice(scope, service.choose(scope, member_id, data["provider_id"])), 201)
