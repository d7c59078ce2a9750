"""The shape of a brand as the API answers it."""

from __future__ import annotations

from marshmallow import fields

from backend.api import Schema


class HotlineSchema(Schema):
    """The helpline's numbers (E.164), as people know them, and its hours in local time."""

    voice = fields.String(required=True)
    whatsapp = fields.String(required=True)
    shown = fields.String(required=True)
    hours = fields.String(required=True)


class CardDeskSchema(Schema):
    """Where a lost card is reported by telephone, and when."""

    phone = fields.String(required=True)
    hours = fields.String(required=True)


class SupportSchema(Schema):
    """Where people write to; '' where the client has no such address."""

    mail = fields.String(required=True)
    page = fields.String(required=True)
    post = fields.String(required=True)


class BrandSchema(Schema):
    """The effective brand: a client's own file over the defaults."""

    slug = fields.String(required=True)
    name = fields.String(required=True)
    short_name = fields.String(required=True)
    country = fields.String(required=True)
    currency = fields.String(required=True)
    languages = fields.List(fields.String(), required=True)
    colours = fields.Dict(required=True)
    shape = fields.Dict(required=True)
    logo = fields.Dict(required=True)
    features = fields.Dict(required=True)
    hotline = fields.Nested(HotlineSchema, required=True)
    card_desk = fields.Nested(CardDeskSchema, required=True)
    support = fields.Nested(SupportSchema, required=True)
    legal_versions = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    emergency_number = fields.String(required=True)
    emergency_numbers = fields.List(fields.Dict(), required=True)
    texts = fields.Dict(required=True)
    glossary = fields.Dict(required=True)
    wording = fields.Dict(required=True)
