"""Shapes of consents."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.api import Schema
from backend.members.rules.consents import Purpose

_purpose = validate.OneOf([purpose.value for purpose in Purpose])


class ConsentGivenSchema(Schema):
    """The words the member saw, exactly."""

    wording = fields.String(required=True, validate=validate.Length(1, 2000))


class ConsentSchema(Schema):
    """What was agreed to, when, and how; ``withdrawn_at`` when it no longer stands."""

    purpose = fields.String(required=True, validate=_purpose)
    wording = fields.String(required=True)
    language = fields.String(required=True)
    version = fields.Integer(required=True, allow_none=True)
    channel = fields.String(required=True)
    given_at = fields.AwareDateTime(required=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)


class ConsentOfferSchema(Schema):
    """What the member can agree to, in the reader's language; ``version`` is that of a legal text."""

    purpose = fields.String(required=True, validate=_purpose)
    wording = fields.String(required=True)
    language = fields.String(required=True)
    version = fields.Integer(required=True, allow_none=True)
    given = fields.Boolean(required=True)


class ConsentListSchema(Schema):
    """The latest first, and what can be asked."""

    items = fields.List(fields.Nested(ConsentSchema), required=True)
    offers = fields.List(fields.Nested(ConsentOfferSchema), required=True)
