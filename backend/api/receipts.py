"""The shape of a decision receipt, wherever a judgement is shown: a claim's decision, a letter's split, an estimate."""

from __future__ import annotations

import marshmallow as ma

from backend.api.shapes import MoneySchema, Schema


class ReceiptTotalsSchema(Schema):
    """Who pays what; the four payers add up to what was billed, cost and claim to the member's part."""

    billed = ma.fields.Nested(MoneySchema, required=True)
    plan = ma.fields.Nested(MoneySchema, required=True)
    other = ma.fields.Nested(MoneySchema, required=True)
    member = ma.fields.Nested(MoneySchema, required=True)
    provider = ma.fields.Nested(MoneySchema, required=True)
    excess_cost = ma.fields.Nested(MoneySchema, required=True)
    excess_claim = ma.fields.Nested(MoneySchema, required=True)


class ReceiptStepSchema(Schema):
    """One rule: its sentence and sum, what moved to whom, what stays open."""

    rule = ma.fields.String(required=True)
    clause = ma.fields.String(required=True)
    sentence = ma.fields.String(required=True)
    arithmetic = ma.fields.String(required=True)
    moved = ma.fields.Nested(MoneySchema, required=True)
    result = ma.fields.Nested(MoneySchema, required=True)
    payer = ma.fields.String(required=True, allow_none=True)
    payer_name = ma.fields.String(required=True, allow_none=True)


class ReceiptLineSchema(Schema):
    """A line with its trace."""

    description = ma.fields.String(required=True)
    totals = ma.fields.Nested(ReceiptTotalsSchema, required=True)
    steps = ma.fields.List(ma.fields.Nested(ReceiptStepSchema), required=True)


class ReceiptSchema(Schema):
    """A judgement in the reader's language, with the way to a person."""

    title = ma.fields.String(required=True)
    version = ma.fields.String(required=True)
    totals = ma.fields.Nested(ReceiptTotalsSchema, required=True)
    summary = ma.fields.List(ma.fields.String(), required=True)
    lines = ma.fields.List(ma.fields.Nested(ReceiptLineSchema), required=True)
    person = ma.fields.String(required=True)
