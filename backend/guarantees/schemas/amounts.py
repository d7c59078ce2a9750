"""Amounts that become Money, and positions of an estimate or a bill."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.adjudication.rules import Item
from backend.api import MoneySchema, Schema
from backend.kit.money import Money

_LARGEST_MINOR = 10**15
_ITEMS = [item.value for item in Item]


class LetterAmountSchema(MoneySchema):
    """An amount that becomes Money."""

    @ma.post_load
    def to_money(self, data: dict[str, Any], **_: Any) -> Money:
        """Raises ValidationError for a currency nobody pays in, or an amount no bill has."""
        if not 0 <= data["amount_minor"] <= _LARGEST_MINOR:
            raise ma.ValidationError("out of range", "amount_minor")
        try:
            return Money(data["amount_minor"], data["currency"])
        except ValueError as error:
            raise ma.ValidationError("unknown currency", "currency") from error


class HospitalPositionSchema(Schema):
    """One position; ``benefit`` is the code of the plan's benefit when the desk knows it, ``days`` of it if counted."""

    item = ma.fields.String(load_default=Item.OTHER.value, validate=ma.validate.OneOf(_ITEMS))
    amount = ma.fields.Nested(LetterAmountSchema, required=True)
    quantity = ma.fields.Integer(load_default=1, strict=True, validate=ma.validate.Range(1, 9999))
    days = ma.fields.Integer(load_default=None, allow_none=True, strict=True, validate=ma.validate.Range(1, 366))
    service = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 60))
    benefit = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 60))
    name = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 200))


class ChosenServiceSchema(HospitalPositionSchema):
    """A service somebody means to use; without an amount the agreed price is taken."""

    item = ma.fields.String(load_default=Item.TREATMENT.value, validate=ma.validate.OneOf(_ITEMS))
    amount = ma.fields.Nested(LetterAmountSchema, load_default=None, allow_none=True)


class LetterSplitSchema(Schema):
    """Who pays what. ``cost`` is the member's part paid at the desk, ``claim`` what is charged afterwards."""

    billed = ma.fields.Nested(MoneySchema, required=True)
    plan = ma.fields.Nested(MoneySchema, required=True)
    other = ma.fields.Nested(MoneySchema, required=True)
    cost = ma.fields.Nested(MoneySchema, required=True)
    claim = ma.fields.Nested(MoneySchema, required=True)
    provider = ma.fields.Nested(MoneySchema, required=True)


class LetterReceiptTotalsSchema(Schema):
    """Who pays what of a line or of everything; the member's part is cost (at the desk) and claim (afterwards)."""

    billed = ma.fields.Nested(MoneySchema, required=True)
    plan = ma.fields.Nested(MoneySchema, required=True)
    other = ma.fields.Nested(MoneySchema, required=True)
    member = ma.fields.Nested(MoneySchema, required=True)
    provider = ma.fields.Nested(MoneySchema, required=True)
    excess_cost = ma.fields.Nested(MoneySchema, required=True)
    excess_claim = ma.fields.Nested(MoneySchema, required=True)


class LetterReceiptStepSchema(Schema):
    """A rule that looked at a line: a sentence for the reader, its clause and sum, what it moved to whom."""

    rule = ma.fields.String(required=True)
    clause = ma.fields.String(required=True)
    sentence = ma.fields.String(required=True)
    arithmetic = ma.fields.String(required=True)
    moved = ma.fields.Nested(MoneySchema, required=True)
    result = ma.fields.Nested(MoneySchema, required=True)
    payer = ma.fields.String(required=True, allow_none=True)
    payer_name = ma.fields.String(required=True, allow_none=True)


class LetterReceiptLineSchema(Schema):
    """A line with the rules behind its figures."""

    description = ma.fields.String(required=True)
    totals = ma.fields.Nested(LetterReceiptTotalsSchema, required=True)
    steps = ma.fields.List(ma.fields.Nested(LetterReceiptStepSchema), required=True)


class LetterReceiptSchema(Schema):
    """The split in the reader's words."""

    title = ma.fields.String(required=True)
    version = ma.fields.String(required=True)
    totals = ma.fields.Nested(LetterReceiptTotalsSchema, required=True)
    summary = ma.fields.List(ma.fields.String(), required=True)
    lines = ma.fields.List(ma.fields.Nested(LetterReceiptLineSchema), required=True)
    person = ma.fields.String(required=True)
