"""Shapes of the regulator's report."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema


class QuarterQuerySchema(Schema):
    """Which quarter: ``2026Q4``."""

    quarter = ma.fields.String(required=True, validate=ma.validate.Regexp(r"^20\d\dQ[1-4]$"))


class ReportSentSchema(QuarterQuerySchema):
    """When the report went out and what the regulator calls it; without a day, today."""

    reference = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    sent_on = ma.fields.Date(load_default=None, allow_none=True)


class ReportLineSchema(Schema):
    """One line of the report; ``average_days`` are calendar days from receipt to answer."""

    breakdown = ma.fields.String(required=True, validate=ma.validate.OneOf(["total", "category", "channel"]))
    value = ma.fields.String(required=True)
    received = ma.fields.Integer(required=True)
    reopened = ma.fields.Integer(required=True)
    resolved_in_time = ma.fields.Integer(required=True)
    resolved_late = ma.fields.Integer(required=True)
    closed_without_answer = ma.fields.Integer(required=True)
    open_at_end = ma.fields.Integer(required=True)
    overdue_at_end = ma.fields.Integer(required=True)
    extended = ma.fields.Integer(required=True)
    to_dispute_body = ma.fields.Integer(required=True)
    average_days = ma.fields.String(required=True, allow_none=True)


class RegulatorReportSchema(Schema):
    """A quarter's report; ``regulator`` and ``due_on`` are null where nobody asks for one."""

    quarter = ma.fields.String(required=True)
    regulator = ma.fields.String(required=True, allow_none=True)
    due_on = ma.fields.Date(required=True, allow_none=True)
    sent_on = ma.fields.Date(required=True, allow_none=True)
    reference = ma.fields.String(required=True, allow_none=True)
    lines = ma.fields.List(ma.fields.Nested(ReportLineSchema), required=True)
