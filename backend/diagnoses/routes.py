"""The book for staff who write or read diagnoses."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from backend import api
from backend.access import Role, Scope
from backend.api import Blueprint
from backend.diagnoses.book import Diagnosis
from backend.diagnoses.finder import search
from backend.diagnoses.schemas import DiagnosisList, DiagnosisQuery
from backend.settings import Settings

blp = Blueprint("diagnoses", __name__, url_prefix="/api/v1", description="Diagnoses of ICD-10 (WHO).")


@blp.route("/diagnoses")
class DiagnosesView(MethodView):
    """The book."""

    @blp.access(Role.DOCTOR, Role.CLAIMS, Role.PROVIDER, Role.ADMIN)
    @blp.arguments(DiagnosisQuery, location="query")
    @blp.response(200, DiagnosisList)
    def get(self, scope: Scope, query: dict[str, Any]) -> Response:
        """Diagnoses by words in Indonesian, English or Portuguese (typos allowed) or by the beginning of a code."""
        found = search(query["q"], scope.language, query["limit"])
        return api.answer({"items": [_row(one, scope.language) for one in found]})


def _row(one: Diagnosis, language: str) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title(language),
        "book_title": one.book_title,
        "final": one.final,
        "now": one.now,
        "sex": one.limits.sex,
        "from_years": one.limits.from_years,
        "until_years": one.limits.until_years,
    }


def blueprints(settings: Settings) -> list[Blueprint]:
    """Every route of diagnoses."""
    return [blp]
