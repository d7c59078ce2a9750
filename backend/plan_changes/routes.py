"""HTTP of the changes of plans: proposed as a file, previewed, put in force by a second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request
from flask.views import MethodView
from werkzeug.datastructures import FileStorage

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.errors import InvalidShape
from backend.plan_changes import queries, schemas, service
from backend.plan_changes.service.propose import MOST_BYTES
from backend.settings import Settings

blp = Blueprint("plan_changes", __name__, url_prefix="/api/v1/plan-changes", description="Changing a plan's rules")

files_blp = Blueprint("plan_files", __name__, url_prefix="/api/v1/plans", description="Plans sent in as files")

_WORK_ON_PLANS = (Role.ADMIN, Role.CLAIMS)
_AROUND_THE_FILE = 10_000


def blueprints(_settings: Settings) -> list[Blueprint]:
    """What create_app registers."""
    return [blp, files_blp]


@blp.route("")
class PlanChanges(MethodView):
    """The changes of a client's plans."""

    @blp.access(*_WORK_ON_PLANS, Role.HR)
    @blp.response(200, schemas.PlanChangeList)
    def get(self, scope: Scope) -> Response:
        """Every change, the newest first"""
        return answer({"items": service.list_changes(scope)})

    @blp.access(*_WORK_ON_PLANS)
    @blp.idempotent
    @blp.takes_file()
    @blp.response(201, schemas.PlanChangeShown)
    def post(self, scope: Scope) -> Response:
        """Propose a plan file (YAML or XLSX, 2 MB) as a version from its `valid_from` on; nothing changes yet"""
        request.max_content_length = MOST_BYTES + _AROUND_THE_FILE
        upload = request.files.get("file")
        if upload is None:
            raise InvalidShape(figures={"file": ["missing"]})
        with upload.stream as body:
            change = service.propose(scope, body.read(), upload.filename or "plan")
        return answer(service.shown(scope, change), 201)


@blp.route("/<uuid:change_id>")
class OnePlanChange(MethodView):
    """One change."""

    @blp.access(*_WORK_ON_PLANS, Role.HR)
    @blp.response(200, schemas.PlanChangeShown)
    def get(self, scope: Scope, change_id: UUID) -> Response:
        """A change and what its preview found; an employer sees sums that no single person can be read from"""
        return answer(service.shown_after_a_look(scope, change_id))

    @blp.access(*_WORK_ON_PLANS)
    @blp.response(200, schemas.PlanChangeShown)
    def delete(self, scope: Scope, change_id: UUID) -> Response:
        """Withdraw a proposal"""
        return answer(service.shown(scope, service.withdraw(scope, change_id)))


@blp.route("/<uuid:change_id>/preview")
class PlanChangePreview(MethodView):
    """What a change would have done."""

    @blp.access(*_WORK_ON_PLANS)
    @blp.arguments(schemas.PreviewWindow)
    @blp.response(202, schemas.PlanChangeShown)
    def post(self, scope: Scope, data: dict[str, Any], change_id: UUID) -> Response:
        """Judge decided claims of the past months under both terms; an earlier preview is forgotten"""
        service.start_preview(scope, change_id, data["months"])
        return answer(service.shown(scope, queries.change(scope, change_id)), 202)


@blp.route("/<uuid:change_id>/claims")
class AffectedClaims(MethodView):
    """Whom it would have met."""

    @blp.access(*_WORK_ON_PLANS)
    @blp.arguments(schemas.AffectedQuery, location="query")
    @blp.response(200, schemas.AffectedPage)
    def get(self, scope: Scope, query: dict[str, Any], change_id: UUID) -> Response:
        """Claims that would have been decided otherwise, with both amounts and the first step that differs"""
        return answer(service.affected(scope, change_id, query["cursor"], query["limit"]))


@blp.route("/<uuid:change_id>/in-force")
class PlanChangeInForce(MethodView):
    """Making it true."""

    @blp.access(Role.ADMIN)
    @blp.response(200, schemas.PlanChangeShown)
    def post(self, scope: Scope, change_id: UUID) -> Response:
        """Put a previewed change in force from its day on; only somebody who did not propose it can"""
        return answer(service.shown(scope, service.put_in_force(scope, change_id)))


@files_blp.route("/import")
class PlanImports(MethodView):
    """A plan from a file."""

    @files_blp.access(Role.ADMIN)
    @files_blp.arguments(schemas.PlanFile, location="multipart")
    @files_blp.response(200, schemas.PlanImport)
    def post(self, scope: Scope, data: dict[str, Any]) -> Response:
        """Check a plan file (`dry_run`) or propose it; a second person puts it in force, a defect refuses all of it"""
        file = data["file"]
        if not isinstance(file, FileStorage):
            raise InvalidShape(figures={"file": ["a file belongs here"]})
        sent = service.introduce(scope, file.read(), file.filename or "plan", dry_run=data["dry_run"])
        return answer(service.sent_shown(scope, sent))
