"""Positions of an estimate or a bill."""

from __future__ import annotations

import marshmallow as ma

from backend.adjudication.rules import Item
from backend.api import AmountSchema, MoneySchema, Schema

_ITEMS = [item.value for item in Item]


class HospitalPositionSchema(Schema):
    """One position; ``benefit`` is the code of the plan's benefit when the desk knows it, ``days`` of it if counted."""

    item = ma.fields.String(load_default=Item.OTHER.value, validate=ma.validate.OneOf(_ITEMS))
    amount = ma.fields.Nested(AmountSchema, required=True)
    quantity = ma.fields.Integer(load_default=1, strict=True, validate=ma.validate.Range(1, 9999))
    days = ma.fields.Integer(load_default=None, allow_none=True, strict=True, validate=ma.validate.Range(1, 366))
    service = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 60))
    benefit = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 60))
    name = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 200))


class ChosenServiceSchema(HospitalPositionSchema):
    """A service somebody means to use; without an amount the agreed price is taken."""

    item = ma.fields.String(load_default=Item.TREATMENT.value, validate=ma.validate.OneOf(_ITEMS))
    amount = ma.fields.Nested(AmountSchema, load_default=None, allow_none=True)


class LetterSplitSchema(Schema):
    """Who pays what. ``cost`` is the member's part paid at the desk, ``claim`` what is charged afterwards."""

    billed = ma.fields.Nested(MoneySchema, required=True)
    plan = ma.fields.Nested(MoneySchema, required=True)
    other = ma.fields.Nested(MoneySchema, required=True)
    cost = ma.fields.Nested(MoneySchema, required=True)
    claim = ma.fields.Nested(MoneySchema, required=True)
    provider = ma.fields.Nested(MoneySchema, required=True)
