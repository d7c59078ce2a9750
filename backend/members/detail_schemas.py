"""Shapes of what members change about themselves."""

from __future__ import annotations

from marshmallow import fields, validate

from backend.api import Schema

_code = validate.Regexp(r"^\d{6}$")


class ChangeCodeSchema(Schema):
    """What the code is for: a new phone number gets one too."""

    phone = fields.String(validate=validate.Length(min=5, max=32))


class CodeSentSchema(Schema):
    """Where the code went."""

    sent_to = fields.String()


class ContactSchema(Schema):
    """How somebody is reached."""

    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    postal_address = fields.String(allow_none=True)


class ContactChangeSchema(Schema):
    """Only what is named changes; a phone needs the code that was sent to it as well."""

    code = fields.String(required=True, validate=_code)
    new_phone_code = fields.String(validate=_code)
    phone = fields.String(validate=validate.Length(min=5, max=32))
    email = fields.Email(allow_none=True, validate=validate.Length(max=200))
    postal_address = fields.String(allow_none=True, validate=validate.Length(min=5, max=300))


class BankAccountSchema(Schema):
    """Where reimbursements go; the number is shown by its ending."""

    bank = fields.String(allow_none=True)
    account_number = fields.String(allow_none=True)
    holder_name = fields.String(allow_none=True)
    changed_at = fields.AwareDateTime(allow_none=True)


class BankAccountChangeSchema(Schema):
    """Another account."""

    code = fields.String(required=True, validate=_code)
    bank = fields.String(required=True, validate=validate.Length(min=2, max=60))
    account_number = fields.String(required=True, load_only=True, validate=validate.Length(min=6, max=50))
    holder_name = fields.String(required=True, validate=validate.Length(min=2, max=120))
