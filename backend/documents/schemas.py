"""Shapes of the documents API, for its OpenAPI document."""

from __future__ import annotations

import marshmallow as ma

from backend.api import MoneySchema, Schema
from backend.documents import rules


class QualitySchema(Schema):
    """How well a photo can be read; ``ok`` is null while ``measured`` is false."""

    measured = ma.fields.Boolean(required=True)
    ok = ma.fields.Boolean(required=True, allow_none=True)
    problems = ma.fields.List(ma.fields.String(validate=ma.validate.OneOf(rules.PROBLEMS)), required=True)
    brightness = ma.fields.Float(metadata={"description": "grey level of the paper, 0 to 255"})
    sharpness = ma.fields.Float(metadata={"description": "0 (blurred) to 1 (sharp)"})


class ProposalSchema(Schema):
    """How much to trust what was read (0..1); what is doubtful is shown as that and never taken over silently."""

    confidence = ma.fields.Float(required=True)
    doubtful = ma.fields.Boolean(required=True)


class TextProposalSchema(ProposalSchema):
    """A proposed text."""

    value = ma.fields.String(required=True)


class DateProposalSchema(ProposalSchema):
    """A proposed date."""

    value = ma.fields.Date(required=True)


class MoneyProposalSchema(ProposalSchema):
    """A proposed amount."""

    value = ma.fields.Nested(MoneySchema, required=True)


class LineProposalSchema(ProposalSchema):
    """A proposed position of the bill."""

    text = ma.fields.String(required=True)
    quantity = ma.fields.Integer(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)


class ExtractedSchema(Schema):
    """What a machine proposes to have read; empty until it has. A person confirms it."""

    provider = ma.fields.Nested(TextProposalSchema, allow_none=True)
    number = ma.fields.Nested(TextProposalSchema, allow_none=True)
    date = ma.fields.Nested(DateProposalSchema, allow_none=True)
    total = ma.fields.Nested(MoneyProposalSchema, allow_none=True)
    lines = ma.fields.List(ma.fields.Nested(LineProposalSchema))


class ReceivedSchema(Schema):
    """The answer to an upload."""

    id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf(("jpeg", "png", "webp", "heic", "pdf")))
    pages = ma.fields.Integer(required=True, allow_none=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf(("received", "ready", "refused")))
    quality = ma.fields.Nested(QualitySchema, required=True)
    extracted = ma.fields.Nested(ExtractedSchema, required=True)


class DocumentSchema(ReceivedSchema):
    """A document as it stands now; ``read`` says whether ``extracted`` is final."""

    refusal = ma.fields.String(required=True, allow_none=True)
    read = ma.fields.Boolean(required=True)
    bytes = ma.fields.Integer(required=True)
    created_at = ma.fields.AwareDateTime(required=True)
