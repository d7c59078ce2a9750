"""The import of facilities and prices over HTTP: send a file, look at every line, apply it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response, request
from flask.views import MethodView

from backend.access import Role, Scope
from backend.api import Blueprint, answer
from backend.errors import InvalidShape
from backend.providers import import_queries
from backend.providers.import_file import MOST_BYTES
from backend.providers.import_schemas import (
    ImportLinePage,
    ImportLineQuery,
    ProviderImportForm,
    ProviderImportList,
    ProviderImportRow,
)
from backend.providers.models import ImportKind, ProviderImport
from backend.providers.service import importing
from backend.providers.service.importing import Meaning

blp = Blueprint("provider_imports", __name__, url_prefix="/api/v1/provider-imports", description="The network by file")

_AROUND_THE_FILE = 10_000
_FORM: dict[str, dict[str, Any]] = {
    "kind": {"type": "string", "enum": [kind.value for kind in ImportKind]},
    "common": {"type": "boolean", "default": True},
    "network": {"type": "string"},
    "valid_from": {"type": "string", "format": "date"},
}


@blp.route("")
class ProviderImports(MethodView):
    """Files of facilities and prices."""

    @blp.access(Role.ADMIN)
    @blp.response(200, ProviderImportList)
    def get(self, scope: Scope) -> Response:
        """The newest imports."""
        return answer({"items": [importing.shown_import(scope, row) for row in import_queries.provider_imports(scope)]})

    @blp.access(Role.ADMIN)
    @blp.idempotent
    @blp.takes_file(**_FORM)
    @blp.response(201, ProviderImportRow)
    def post(self, scope: Scope) -> Response:
        """Send a CSV or XLSX file (300 MB, 2,000,000 lines); it is checked, nothing is written yet."""
        return answer(importing.shown_import(scope, _receive(scope)), 201)


@blp.route("/<uuid:import_id>")
class OneProviderImport(MethodView):
    """One file."""

    @blp.access(Role.ADMIN)
    @blp.response(200, ProviderImportRow)
    def get(self, scope: Scope, import_id: UUID) -> Response:
        """How far the import is: state, lines done, outcomes counted."""
        return answer(importing.shown_import(scope, import_queries.provider_import(scope, import_id)))


@blp.route("/<uuid:import_id>/rows")
class ProviderImportLines(MethodView):
    """The lines of a file."""

    @blp.access(Role.ADMIN)
    @blp.arguments(ImportLineQuery, location="query")
    @blp.response(200, ImportLinePage)
    def get(self, scope: Scope, query: dict[str, Any], import_id: UUID) -> Response:
        """What becomes of each line and why, in the reader's language."""
        return answer(importing.shown_rows(scope, import_id, **query))


@blp.route("/<uuid:import_id>/application")
class ProviderImportApplication(MethodView):
    """Making it true."""

    @blp.access(Role.ADMIN)
    @blp.response(202, ProviderImportRow)
    def post(self, scope: Scope, import_id: UUID) -> Response:
        """Apply a checked import; asking again changes nothing."""
        return answer(importing.shown_import(scope, importing.apply_import(scope, import_id)), 202)


def _receive(scope: Scope) -> ProviderImport:
    request.max_content_length = MOST_BYTES + _AROUND_THE_FILE
    upload = request.files.get("file")
    if upload is None:
        raise InvalidShape(figures={"file": ["missing"]})
    try:
        fields = ProviderImportForm().load(request.form)
    except ma.ValidationError as error:
        raise InvalidShape(figures=dict(error.normalized_messages())) from error
    meaning = Meaning(**fields | {"kind": ImportKind(fields["kind"])})
    with upload.stream as body:
        return importing.receive_import(scope, body, upload.filename or fields["kind"], meaning)
