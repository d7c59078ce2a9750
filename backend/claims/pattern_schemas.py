"""Shapes of what providers do unlike their peers."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.claims import habits

_REASONS = (
    habits.COST,
    habits.ONE_DIAGNOSIS,
    habits.PER_DAY,
    habits.CLOSED_DAYS,
    habits.UNDER_LIMIT,
    habits.SAME_TOTALS,
)


class PatternProviderSchema(Schema):
    """Whose habit it is."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    kind = ma.fields.String(required=True)


class PatternRestSchema(Schema):
    """Until when (last day) it makes no flag, why, and who says so."""

    until = ma.fields.Date(required=True)
    note = ma.fields.String(required=True)
    by = ma.fields.String(required=True, allow_none=True)


class ProviderPatternSchema(Schema):
    """A habit that is far from what peers do."""

    provider = ma.fields.Nested(PatternProviderSchema, required=True)
    reason = ma.fields.String(required=True, validate=ma.validate.OneOf(_REASONS))
    sentence = ma.fields.String(required=True)
    first_seen_on = ma.fields.Date(required=True)
    seen_on = ma.fields.Date(required=True)
    rest = ma.fields.Nested(PatternRestSchema, required=True, allow_none=True)


class ProviderPatternList(Schema):
    """Every habit that was found, by the provider's name."""

    items = ma.fields.List(ma.fields.Nested(ProviderPatternSchema), required=True)


class PatternRestFormSchema(Schema):
    """Which habit is set aside until when, and why."""

    reason = ma.fields.String(required=True, validate=ma.validate.OneOf(_REASONS))
    until = ma.fields.Date(required=True)
    note = ma.fields.String(required=True, validate=ma.validate.Length(3, 500))
