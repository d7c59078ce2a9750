"""Shapes of deciding a claim: the receipt of a decision, appeals, what the rules would decide."""

from __future__ import annotations

import marshmallow as ma

from backend.api import ReceiptSchema, Schema


class ClaimAppealTextSchema(Schema):
    """Why the member does not agree."""

    text = ma.fields.String(required=True, validate=ma.validate.Length(3, 2000))


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
