"""Cases for the people of the helpline."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask.views import MethodView

from backend.access import HELPLINE, Scope
from backend.api import Blueprint, answer
from backend.helpline import service
from backend.helpline.schemas import (
    CaseDetailSchema,
    CaseEventSchema,
    CaseOutcome,
    CasePageSchema,
    CaseQuery,
    CaseText,
)
from backend.settings import Settings

blp = Blueprint("helpline", __name__, url_prefix="/api/v1", description="Cases for the people of the helpline")


@blp.route("/cases")
class Cases(MethodView):
    @blp.access(*HELPLINE)
    @blp.arguments(CaseQuery, location="query")
    @blp.response(200, CasePageSchema)
    def get(self, scope: Scope, query: dict[str, Any]) -> Any:
        """The queue: the most urgent case first, then the oldest."""
        return answer(service.page(scope, query["state"], query["cursor"], query["limit"]))


@blp.route("/cases/<uuid:case_id>")
class OneCase(MethodView):
    @blp.access(*HELPLINE)
    @blp.response(200, CaseDetailSchema)
    def get(self, scope: Scope, case_id: UUID) -> Any:
        """A case with everything that happened to it."""
        return answer(service.look(scope, case_id))


@blp.route("/cases/<uuid:case_id>/take")
class Take(MethodView):
    @blp.access(*HELPLINE)
    @blp.response(200, CaseDetailSchema)
    def post(self, scope: Scope, case_id: UUID) -> Any:
        """Take a case."""
        return answer(service.take(scope, case_id))


@blp.route("/cases/<uuid:case_id>/reply")
class Reply(MethodView):
    @blp.access(*HELPLINE)
    @blp.idempotent
    @blp.arguments(CaseText)
    @blp.response(201, CaseEventSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Answer the member in the thread and on the channel they wrote from."""
        return answer(service.reply(scope, case_id, data["text"]), 201)


@blp.route("/cases/<uuid:case_id>/notes")
class Notes(MethodView):
    @blp.access(*HELPLINE)
    @blp.idempotent
    @blp.arguments(CaseText)
    @blp.response(201, CaseEventSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Write a note that only colleagues see."""
        return answer(service.note(scope, case_id, data["text"]), 201)


@blp.route("/cases/<uuid:case_id>/close")
class Close(MethodView):
    @blp.access(*HELPLINE)
    @blp.arguments(CaseOutcome)
    @blp.response(200, CaseDetailSchema)
    def post(self, scope: Scope, data: dict[str, Any], case_id: UUID) -> Any:
        """Close a case with what came of it."""
        return answer(service.close(scope, case_id, data["outcome"]))


def blueprints(_settings: Settings) -> list[Blueprint]:
    """The helpline's part of the API."""
    return [blp]
