"""The base of every shape, and those that many routes share."""

from __future__ import annotations

import marshmallow as ma


class Schema(ma.Schema):
    """Base of every request and answer shape."""

    class Meta:
        ordered = True


class MoneySchema(Schema):
    """An amount in ISO 4217 minor units."""

    amount_minor = ma.fields.Integer(required=True, strict=True)
    currency = ma.fields.String(required=True, validate=ma.validate.Regexp(r"^[A-Z]{3}$"))


class ErrorSchema(Schema):
    """The one error envelope; programs switch on ``reason``."""

    code = ma.fields.Integer(required=True)
    status = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    message = ma.fields.String(required=True)
    errors = ma.fields.Dict()


class CreatedSchema(Schema):
    """The id of what was made."""

    id = ma.fields.UUID(required=True)
