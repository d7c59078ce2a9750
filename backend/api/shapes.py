"""The base of every shape, and those that many routes share."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.kit.money import Money

_LARGEST_MINOR = 10**15


class Schema(ma.Schema):
    """Base of every request and answer shape."""

    class Meta:
        ordered = True


class MoneySchema(Schema):
    """An amount in ISO 4217 minor units."""

    amount_minor = ma.fields.Integer(required=True, strict=True)
    currency = ma.fields.String(required=True, validate=ma.validate.Regexp(r"^[A-Z]{3}$"))


class AmountSchema(MoneySchema):
    """An amount that somebody sends and that becomes Money: not below zero, no larger than a bill can be."""

    amount_minor = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(0, _LARGEST_MINOR))

    @ma.post_load
    def to_money(self, data: dict[str, Any], **_: Any) -> Money:
        """Raises ValidationError for a currency nobody pays in."""
        try:
            return Money(data["amount_minor"], data["currency"])
        except ValueError as error:
            raise ma.ValidationError("unknown currency", "currency") from error


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
