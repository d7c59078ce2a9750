"""The census import over HTTP: send a file, look at every line, apply it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response, request
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.errors import InvalidShape
from backend.members import census_queries, schemas
from backend.members.census_file import MOST_BYTES
from backend.members.models import CensusImport
from backend.members.service import census

blp = Blueprint("census", __name__, url_prefix="/api/v1/census-imports", description="Members by file")

_ENROLLERS = (Role.HR, Role.ADMIN)
_AROUND_THE_FILE = 10_000


@blp.route("")
class CensusImports(MethodView):
    """Files of members."""

    @blp.access(*_ENROLLERS)
    @blp.response(200, schemas.CensusImportListSchema)
    def get(self, scope: Scope) -> Response:
        """The client's imports, the newest first."""
        return answer({"items": [census.shown_import(scope, row) for row in census_queries.census_imports(scope)]})

    @blp.access(*_ENROLLERS)
    @blp.idempotent
    @blp.takes_file(effective_on={"type": "string", "format": "date"})
    @blp.response(201, schemas.CensusImportSchema)
    def post(self, scope: Scope) -> Response:
        """Send a CSV or XLSX file (16 MB, 100,000 lines); it is checked, nothing is written yet."""
        return answer(census.shown_import(scope, _receive(scope)), 201)


@blp.route("/<uuid:import_id>")
class OneCensusImport(MethodView):
    """One file."""

    @blp.access(*_ENROLLERS)
    @blp.response(200, schemas.CensusImportSchema)
    def get(self, scope: Scope, import_id: UUID) -> Response:
        """How far the import is: state, lines done, outcomes counted."""
        return answer(census.shown_import(scope, census_queries.census_import(scope, import_id)))


@blp.route("/<uuid:import_id>/rows")
class CensusRows(MethodView):
    """The lines of a file."""

    @blp.access(*_ENROLLERS)
    @blp.arguments(schemas.CensusRowQuerySchema, location="query")
    @blp.response(200, schemas.CensusRowPageSchema)
    def get(self, scope: Scope, query: dict[str, Any], import_id: UUID) -> Response:
        """What becomes of each line and why, in the reader's language."""
        return answer(census.shown_rows(scope, import_id, **({"outcome": None} | query)))


@blp.route("/<uuid:import_id>/application")
class CensusApplication(MethodView):
    """Making it true."""

    @blp.access(*_ENROLLERS)
    @blp.response(202, schemas.CensusImportSchema)
    def post(self, scope: Scope, import_id: UUID) -> Response:
        """Apply a checked import; asking again changes nothing."""
        return answer(census.shown_import(scope, census.apply_census(scope, import_id)), 202)


def _receive(scope: Scope) -> CensusImport:
    request.max_content_length = MOST_BYTES + _AROUND_THE_FILE
    upload = request.files.get("file")
    if upload is None:
        raise InvalidShape(figures={"file": ["missing"]})
    try:
        fields = schemas.CensusFormSchema().load(request.form)
    except ma.ValidationError as error:
        raise InvalidShape(figures=dict(error.normalized_messages())) from error
    with upload.stream as body:
        data = body.read()
    return census.receive_census(scope, data, upload.filename or "census", fields.get("effective_on"))
