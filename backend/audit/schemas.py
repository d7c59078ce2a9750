"""Shapes of the access log."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.kit.pages import MAX_LIMIT


class AccessLogPageSchema(Schema):
    """Which page."""

    cursor = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 300))
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(1, MAX_LIMIT))


class AccessSchema(Schema):
    """One look or change."""

    at = ma.fields.AwareDateTime(required=True)
    role = ma.fields.String(required=True)
    name = ma.fields.String(allow_none=True, metadata={"description": "Of staff only."})
    organisation = ma.fields.String(
        required=True, allow_none=True, metadata={"description": "The hospital or the employer; empty: ours."}
    )
    purpose = ma.fields.String(required=True)
    action = ma.fields.String(required=True)
    object_type = ma.fields.String(required=True)
    object_id = ma.fields.UUID(allow_none=True)
    fields_changed = ma.fields.List(ma.fields.String(), data_key="fields", required=True)
    channel = ma.fields.String(required=True)


class AccessLogSchema(Schema):
    """A page of the log, the latest first."""

    items = ma.fields.List(ma.fields.Nested(AccessSchema), required=True)
    next_cursor = ma.fields.String(allow_none=True)
