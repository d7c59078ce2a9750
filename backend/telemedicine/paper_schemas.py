"""Shapes of what comes out of a consultation: prescriptions with their repeats, rest certificates."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema

_SHORT = ma.validate.Length(1, 200)


class PrescribedItemSchema(Schema):
    """One item of a prescription: what, how much, how to take it, how often it may be repeated (*iter*)."""

    name = ma.fields.String(required=True, validate=_SHORT)
    quantity = ma.fields.String(required=True, validate=ma.validate.Length(1, 60))
    directions = ma.fields.String(required=True, validate=_SHORT)
    repeats = ma.fields.Integer(load_default=0, validate=ma.validate.Range(0, 12))


class PrescribingSchema(Schema):
    """The items of a prescription."""

    items = ma.fields.List(ma.fields.Nested(PrescribedItemSchema), required=True, validate=ma.validate.Length(1, 15))


class PrescriptionSchema(Schema):
    """A prescription: how often it was dispensed, how often it still may be, until when."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    written_on = ma.fields.Date(required=True)
    doctor = ma.fields.String(required=True, allow_none=True)
    member_name = ma.fields.String()
    birth_date = ma.fields.Date()
    items = ma.fields.List(ma.fields.Nested(PrescribedItemSchema), required=True)
    withdrawn = ma.fields.Boolean(required=True)
    approved_repeats = ma.fields.Integer(required=True, allow_none=True)
    approved_until = ma.fields.Date(required=True, allow_none=True)
    dispensed_on = ma.fields.List(ma.fields.Date(), required=True)
    dispensed = ma.fields.Integer(required=True)
    left = ma.fields.Integer(required=True)
    until = ma.fields.Date(required=True, allow_none=True)


class RestCertificateSchema(Schema):
    """A rest certificate: its days and no reason."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    from_on = ma.fields.Date(required=True)
    until_on = ma.fields.Date(required=True)
    issued_at = ma.fields.AwareDateTime(required=True)
    withdrawn = ma.fields.Boolean(required=True)


class CertifyingSchema(Schema):
    """First and last day of rest."""

    from_on = ma.fields.Date(required=True)
    until_on = ma.fields.Date(required=True)


class PrescriptionNumberSchema(Schema):
    """The number on a prescription."""

    number = ma.fields.String(required=True, validate=ma.validate.Length(6, 40))


class RepeatApprovalSchema(Schema):
    """The medical team's written approval of more repeats (S1-73)."""

    allowed = ma.fields.Integer(required=True, validate=ma.validate.Range(1, 12))
    until = ma.fields.Date(required=True)
    text = ma.fields.String(required=True, validate=ma.validate.Length(10, 1000))


class DispensingSchema(Schema):
    """One time it was dispensed: which, and the items it covers (from 0)."""

    id = ma.fields.UUID(required=True)
    ordinal = ma.fields.Integer(required=True)
    dispensed_on = ma.fields.Date(required=True)
    items = ma.fields.List(ma.fields.Integer(), required=True)


class CertificateQrSchema(Schema):
    """What was scanned."""

    qr = ma.fields.String(required=True, validate=ma.validate.Length(10, 2000))


class GenuineCertificateSchema(Schema):
    """What a certificate's QR says, and whether it still counts."""

    number = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    from_on = ma.fields.Date(required=True)
    until_on = ma.fields.Date(required=True)
    issued_at = ma.fields.AwareDateTime(required=True)
    withdrawn = ma.fields.Boolean(required=True)
