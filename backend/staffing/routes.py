"""Rosters, skills and hours for those who administer them; presence for everybody at the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from backend.access import HELPLINE, Role, Scope
from backend.api import Blueprint, answer
from backend.settings import Settings
from backend.staffing import schemas, service

blp = Blueprint("staffing", __name__, url_prefix="/api/v1", description="Who works at the helpline, and when")


@blp.route("/staffing/shifts")
class Shifts(MethodView):
    """The roster."""

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.ShiftQuery, location="query")
    @blp.response(200, schemas.ShiftListSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Who works in a period."""
        return answer(service.list_shifts(scope, query["begin"], query["end"]))

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.RosterSchema)
    @blp.response(200, schemas.ShiftListSchema)
    def put(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Replace the shifts that begin in a period."""
        return answer(service.plan_shifts(scope, **data))


@blp.route("/staffing/skills")
class Skills(MethodView):
    """What people can do."""

    @blp.access(Role.ADMIN)
    @blp.response(200, schemas.SkillListSchema)
    def get(self, scope: Scope) -> Response:
        """Everybody who answers members, by name."""
        return answer({"items": service.list_skills(scope)})


@blp.route("/staffing/skills/<uuid:staff_id>")
class OneSkill(MethodView):
    """What somebody can do."""

    @blp.access(Role.ADMIN)
    @blp.response(200, schemas.SkillSchema)
    def get(self, scope: Scope, staff_id: UUID) -> Response:
        """Languages, desk and capacity of somebody."""
        return answer(service.look_at_skill(scope, staff_id))

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.NewSkillSchema)
    @blp.response(200, schemas.SkillSchema)
    def put(self, scope: Scope, data: dict[str, Any], staff_id: UUID) -> Response:
        """Say what somebody can do."""
        return answer(service.set_skill(scope, staff_id, spoken=data.pop("languages"), **data))


@blp.route("/staffing/hours")
class Hours(MethodView):
    """Opening hours."""

    @blp.access(*HELPLINE, Role.ADMIN)
    @blp.response(200, schemas.HoursListSchema)
    def get(self, scope: Scope) -> Response:
        """The hours and closed days of every desk, and whether it is open now."""
        return answer({"items": service.list_hours(scope)})

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.DeskHoursSchema)
    @blp.response(200, schemas.HoursListSchema)
    def put(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Replace the hours and closed days of a desk."""
        return answer({"items": service.set_hours(scope, **data)})


@blp.route("/desk/presence")
class MyPresence(MethodView):
    """Whether I am given work."""

    @blp.access(*HELPLINE, Role.ADMIN)
    @blp.response(200, schemas.PresenceSchema)
    def get(self, scope: Scope) -> Response:
        """My state, my shift and what I have in hand."""
        return answer(service.my_presence(scope))

    @blp.access(*HELPLINE, Role.ADMIN)
    @blp.arguments(schemas.NewPresenceSchema)
    @blp.response(200, schemas.PresenceSchema)
    def put(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Say that I am there, or away for the rest of my shift."""
        return answer(service.set_presence(scope, data["state"]))


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The staffing part of the API."""
    return [blp]
