"""Shapes of the complaints API."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.complaints.models import ComplaintStatus, StepKind
from backend.complaints.rules import Category
from backend.kit.pages import MAX_LIMIT

CHANNELS = ("voice", "whatsapp", "mail", "letter", "visit")
_TEXT = ma.validate.Length(1, 4000)


class NewComplaintSchema(Schema):
    """A complaint in the member's own words."""

    member_id = ma.fields.UUID(required=True)
    category = ma.fields.String(
        load_default=Category.OTHER.value, validate=ma.validate.OneOf([category.value for category in Category])
    )
    text = ma.fields.String(required=True, validate=_TEXT)
    claim_id = ma.fields.UUID(load_default=None, allow_none=True)
    spoken = ma.fields.Boolean(load_default=False)
    """Told to a person who writes it down; only staff can say so."""
    channel = ma.fields.String(load_default=None, validate=ma.validate.OneOf(CHANNELS))
    """How it reached the person who enters it; only staff can say so."""


class ComplaintWordsSchema(Schema):
    """What the member adds."""

    text = ma.fields.String(required=True, validate=_TEXT)


class ComplaintNoteSchema(Schema):
    """Words for the member, where the step needs none."""

    note = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(max=4000))


class ComplaintAnswerSchema(Schema):
    """Words for the member."""

    note = ma.fields.String(required=True, validate=ma.validate.Length(3, 4000))


class ComplaintStaffNoteSchema(ComplaintAnswerSchema):
    """Words for colleagues, unless they may be read by the member."""

    internal = ma.fields.Boolean(load_default=True)


class ComplaintListQuerySchema(Schema):
    """Which complaints, which page."""

    member_id = ma.fields.UUID()
    number = ma.fields.String(validate=ma.validate.Length(max=40))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class ComplaintStepSchema(Schema):
    """One step and the deadline it left."""

    kind = ma.fields.String(required=True, validate=ma.validate.OneOf([kind.value for kind in StepKind]))
    at = ma.fields.AwareDateTime(required=True)
    note = ma.fields.String(required=True, allow_none=True)
    by = ma.fields.String(required=True)
    internal = ma.fields.Boolean(required=True)
    resolve_by = ma.fields.Date(required=True, allow_none=True)


class ComplaintSummarySchema(Schema):
    """A complaint as a list shows it."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    member_id = ma.fields.UUID(required=True)
    claim_id = ma.fields.UUID(required=True, allow_none=True)
    category = ma.fields.String(required=True)
    status = ma.fields.String(required=True, validate=ma.validate.OneOf([status.value for status in ComplaintStatus]))
    channel = ma.fields.String(required=True)
    spoken = ma.fields.Boolean(required=True)
    rule_set = ma.fields.String(required=True)
    received_at = ma.fields.AwareDateTime(required=True)
    acknowledge_by = ma.fields.Date(required=True)
    resolve_by = ma.fields.Date(required=True)
    extended = ma.fields.Boolean(required=True)
    overdue = ma.fields.Boolean(required=True)
    reopened_count = ma.fields.Integer(required=True)


class ComplaintSchema(ComplaintSummarySchema):
    """A complaint with its words and steps."""

    text = ma.fields.String(required=True)
    steps = ma.fields.List(ma.fields.Nested(ComplaintStepSchema), required=True)


class ComplaintListSchema(Schema):
    """A page of complaints."""

    items = ma.fields.List(ma.fields.Nested(ComplaintSummarySchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)
