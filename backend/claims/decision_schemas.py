"""Shapes of deciding a claim: the receipt of a decision, appeals, what the rules would decide."""

from __future__ import annotations

import marshmallow as ma

from backend.api import MoneySchema, Schema


class ClaimAppealTextSchema(Schema):
    """Why the member does not agree."""

    text = ma.fields.String(required=True, validate=ma.validate.Length(3, 2000))


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


class ClaimReceiptWordsSchema(Schema):
    """The decision as a message and as a voice reads it."""

    number = ma.fields.String(required=True)
    text = ma.fields.String(required=True)
    speech = ma.fields.String(required=True)


class ClaimFlagSchema(Schema):
    """Something a person should look at, with its figures."""

    class Meta:
        unknown = ma.INCLUDE

    reason = ma.fields.String(required=True)


class ClaimDecisionSchema(Schema):
    """Who decided, when, and every line's trace in the reader's language."""

    kind = ma.fields.String(required=True)
    decided_at = ma.fields.AwareDateTime(required=True)
    note = ma.fields.String(required=True, allow_none=True)
    receipt = ma.fields.Nested(ReceiptSchema, required=True)


class ClaimAppealSchema(Schema):
    """An objection and by when it is answered."""

    at = ma.fields.AwareDateTime(required=True)
    text = ma.fields.String(required=True)
    answer_by = ma.fields.Date(required=True)
    answered_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class ClaimProposalSchema(Schema):
    """What the rules would decide now."""

    uncoded = ma.fields.Integer(required=True)
    flags = ma.fields.List(ma.fields.Nested(ClaimFlagSchema), required=True)
    receipt = ma.fields.Nested(ReceiptSchema, required=True)
