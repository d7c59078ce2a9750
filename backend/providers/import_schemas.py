"""Shapes of the imports of facilities and prices."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.providers.import_queries import OUTCOMES
from backend.providers.models import ImportKind, ImportState


class ProviderImportForm(Schema):
    """What is said beside the file."""

    kind = ma.fields.String(required=True, validate=ma.validate.OneOf([kind.value for kind in ImportKind]))
    common = ma.fields.Boolean(load_default=True)
    network = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 60))
    valid_from = ma.fields.Date(load_default=None)


class ImportCounts(Schema):
    """How many lines ended how."""

    new = ma.fields.Integer()
    changed = ma.fields.Integer()
    unchanged = ma.fields.Integer()
    refused = ma.fields.Integer()
    held = ma.fields.Integer()


class ImportColumns(Schema):
    """Which headers were understood."""

    recognised = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())
    ignored = ma.fields.List(ma.fields.String())


class ImportProblem(Schema):
    """Why, in the reader's language."""

    reason = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class ProviderImportRow(Schema):
    """A file and how far it is: ``done_rows`` grows while it is read, and again while it is written."""

    id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True)
    filename = ma.fields.String(required=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf([state.value for state in ImportState]))
    common = ma.fields.Boolean(required=True)
    network = ma.fields.String(required=True, allow_none=True)
    valid_from = ma.fields.Date(required=True)
    total_rows = ma.fields.Integer(required=True)
    done_rows = ma.fields.Integer(required=True)
    counts = ma.fields.Nested(ImportCounts, required=True)
    columns = ma.fields.Nested(ImportColumns, required=True)
    refusal = ma.fields.Nested(ImportProblem, required=True, allow_none=True)
    uploaded_at = ma.fields.AwareDateTime(required=True)
    applied_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    lines_purged_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class ProviderImportList(Schema):
    """The newest imports."""

    items = ma.fields.List(ma.fields.Nested(ProviderImportRow), required=True)


class ImportLineQuery(Schema):
    """Which lines."""

    outcome = ma.fields.String(load_default=None, validate=ma.validate.OneOf(OUTCOMES))
    problems = ma.fields.Boolean(load_default=False)
    after = ma.fields.Integer(load_default=0)
    limit = ma.fields.Integer(load_default=100, validate=ma.validate.Range(1, 1000))


class ImportLine(Schema):
    """A line and what became of it; ``held`` waits for other lines of the same provider.

    ``service_code`` is the doctor's code in a file of doctors.
    """

    line = ma.fields.Integer(required=True)
    outcome = ma.fields.String(required=True)
    code = ma.fields.String(required=True)
    service_code = ma.fields.String(required=True, allow_none=True)
    room_class = ma.fields.String(required=True, allow_none=True)
    problems = ma.fields.List(ma.fields.Nested(ImportProblem), required=True)


class ImportLinePage(Schema):
    """Some lines and the number of the last when there are more."""

    items = ma.fields.List(ma.fields.Nested(ImportLine), required=True)
    next_after = ma.fields.Integer(required=True, allow_none=True)
