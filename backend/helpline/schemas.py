"""The shape of cases at the edge."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.kit.pages import MAX_LIMIT

_TEXT = ma.validate.Length(min=1, max=4000)


class CaseQuery(Schema):
    """Which part of the queue."""

    state = ma.fields.String(validate=ma.validate.OneOf(["open", "taken", "closed"]), load_default=None)
    cursor = ma.fields.String(load_default=None)
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(min=1, max=MAX_LIMIT))


class CaseText(Schema):
    """What an agent writes."""

    text = ma.fields.String(required=True, validate=_TEXT)


class CaseOutcome(Schema):
    """What came of a case."""

    outcome = ma.fields.String(required=True, validate=_TEXT)


class CaseEventSchema(Schema):
    """One step of a case."""

    id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True)
    text = ma.fields.String(allow_none=True)
    by = ma.fields.String(required=True)
    at = ma.fields.AwareDateTime(required=True)


class CaseSchema(Schema):
    """A case in the queue."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    priority = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    language = ma.fields.String(required=True)
    channel = ma.fields.String(required=True)
    member_id = ma.fields.UUID(allow_none=True)
    conversation_id = ma.fields.UUID(required=True)
    assigned_to = ma.fields.UUID(allow_none=True)
    opened_at = ma.fields.AwareDateTime(required=True)
    taken_at = ma.fields.AwareDateTime(allow_none=True)
    closed_at = ma.fields.AwareDateTime(allow_none=True)


class CaseDetailSchema(CaseSchema):
    """A case with its history."""

    summary = ma.fields.String(required=True)
    outcome = ma.fields.String(allow_none=True)
    events = ma.fields.List(ma.fields.Nested(CaseEventSchema), required=True)


class CasePageSchema(Schema):
    """A page of the queue."""

    items = ma.fields.List(ma.fields.Nested(CaseSchema), required=True)
    next_cursor = ma.fields.String(allow_none=True)
