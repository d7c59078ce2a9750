"""Shapes of deciding a claim: what an analyst assesses, the receipt of a decision, appeals."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.adjudication.rules import Item
from backend.api import MoneySchema, Schema

_CODE = ma.validate.Regexp(r"^[A-Za-z0-9._/-]{1,40}$")
_DIAGNOSIS = ma.validate.Regexp(r"^[A-Z][0-9]{2}(\.[0-9A-Z]{1,2})?$")
_ITEMS = ma.validate.OneOf([item.value for item in Item])
_FINDINGS = ma.validate.OneOf(["quantity", "diagnosis", "quality", "anomaly"])
_DIOPTRE = ma.validate.Regexp(r"^[+-]?[0-9]{1,2}(\.[0-9]{1,2})?$")


class RefractionSchema(Schema):
    """Dioptres of the stronger eye."""

    sphere = ma.fields.String(load_default="0", validate=_DIOPTRE)
    cylinder = ma.fields.String(load_default="0", validate=_DIOPTRE)


class GlassesSchema(Schema):
    """What the papers of spectacles say (S1-23..S1-27)."""

    refraction = ma.fields.Nested(RefractionSchema, required=True)
    earlier = ma.fields.Nested(RefractionSchema)
    prescribed = ma.fields.Boolean()
    approved = ma.fields.Boolean()
    specialist_letter = ma.fields.Boolean()
    other_conditions = ma.fields.Boolean()


class AssessedLineSchema(Schema):
    """What a line is; positions count from 1 as the claim shows them."""

    position = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(1, 9999))
    benefit_code = ma.fields.String(allow_none=True, validate=_CODE)
    item = ma.fields.String(validate=_ITEMS)
    service_code = ma.fields.String(allow_none=True, validate=_CODE)
    diagnosis = ma.fields.String(allow_none=True, validate=_DIAGNOSIS)
    accepted_minor = ma.fields.Integer(allow_none=True, strict=True, validate=ma.validate.Range(0, 10**15))
    finding = ma.fields.String(allow_none=True, validate=_FINDINGS)

    @ma.validates_schema
    def check_finding(self, data: dict[str, Any], **_: Any) -> None:
        """Raises ValidationError when less is accepted and nobody says why: nothing is refused silently."""
        if data.get("accepted_minor") is not None and not data.get("finding"):
            raise ma.ValidationError("say why", "finding")


class ClaimAssessmentSchema(Schema):
    """What an analyst reads from the papers; what is not named stays."""

    diagnosis = ma.fields.String(allow_none=True, validate=_DIAGNOSIS)
    emergency = ma.fields.Boolean()
    surgery = ma.fields.Boolean()
    referral = ma.fields.Boolean()
    approved = ma.fields.Boolean()
    hours = ma.fields.Integer(strict=True, validate=ma.validate.Range(0, 24 * 366))
    glasses = ma.fields.Nested(GlassesSchema)
    lines = ma.fields.List(ma.fields.Nested(AssessedLineSchema), validate=ma.validate.Length(max=200))


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
