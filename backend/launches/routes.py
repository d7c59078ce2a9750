"""HTTP of a client's launch: planned by administrators, worked on with the client's HR."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer, open_scope
from backend.clients.registry import client_by_slug
from backend.launches import schemas, service
from backend.settings import Settings

blp = Blueprint("launches", __name__, url_prefix="/api/v1/launch", description="The way to a client's first day")

public_blp = Blueprint("first_day", __name__, url_prefix="/api/v1/clients", description="A client's first day")

_BOTH = (Role.ADMIN, Role.HR)


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp, public_blp]


@blp.route("")
class OwnLaunch(MethodView):
    """The checklist."""

    @blp.access(*_BOTH)
    @blp.response(200, schemas.LaunchSchema)
    def get(self, scope: Scope) -> Response:
        """The checklist: who does what until when, what waits for what, what is late"""
        return answer(service.checklist(scope))

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.arguments(schemas.LaunchDaySchema)
    @blp.response(201, schemas.LaunchSchema)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Begin to prepare a launch: until it comes no member of the client can sign in"""
        service.begin(scope, **data)
        return answer(service.checklist(scope), 201)

    @blp.access(Role.ADMIN)
    @blp.arguments(schemas.LaunchDaySchema)
    @blp.response(200, schemas.LaunchSchema)
    def put(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Move the launch; what is not done yet is due anew"""
        service.plan(scope, **data)
        return answer(service.checklist(scope))


@blp.route("/tasks/<code>")
class OneTask(MethodView):
    """A line of the checklist."""

    @blp.access(*_BOTH)
    @blp.arguments(schemas.LaunchAssignmentSchema)
    @blp.response(200, schemas.LaunchSchema)
    def patch(self, scope: Scope, data: dict[str, Any], code: str) -> Response:
        """Say who sees to a task, until when, and note something"""
        service.assign(scope, code, data)
        return answer(service.checklist(scope))


@blp.route("/tasks/<code>/tick")
class Tick(MethodView):
    """Done or not."""

    @blp.access(*_BOTH)
    @blp.arguments(schemas.LaunchTickSchema)
    @blp.response(200, schemas.LaunchSchema)
    def put(self, scope: Scope, data: dict[str, Any], code: str) -> Response:
        """Tick a task off; what the platform can see itself must be there"""
        service.finish(scope, code, **data)
        return answer(service.checklist(scope))

    @blp.access(Role.ADMIN)
    @blp.response(200, schemas.LaunchSchema)
    def delete(self, scope: Scope, code: str) -> Response:
        """Take a tick back while nothing that is done was built on it"""
        service.reopen(scope, code)
        return answer(service.checklist(scope))


@blp.route("/go")
class Go(MethodView):
    """The first day."""

    @blp.access(Role.ADMIN)
    @blp.response(200, schemas.LaunchSchema)
    def post(self, scope: Scope) -> Response:
        """Let the members in"""
        service.go(scope)
        return answer(service.checklist(scope))


@public_blp.route("/<slug>/first-day")
class FirstDay(MethodView):
    """What a member reads who comes too early."""

    @public_blp.public("said before anybody can sign in; a day, and nothing of anybody")
    @public_blp.response(200, schemas.FirstDaySchema)
    def get(self, slug: str) -> Response:
        """The day on which members can sign in for the first time; null when they can already"""
        scope = open_scope(client_by_slug(slug).id)
        return answer({"begins_on": service.first_day(scope)})
