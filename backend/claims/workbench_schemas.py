"""Shapes of a claim as an analyst works on it."""

from __future__ import annotations

import marshmallow as ma

from backend.api import MoneySchema, ReceiptSchema, Schema
from backend.claims.schemas import ClaimPatientSchema, ClaimSchema


class WorkbenchPatientSchema(ClaimPatientSchema):
    """Whose claim it is, as far as a diagnosis is held against it."""

    sex = ma.fields.String(required=True, allow_none=True)
    birth_date = ma.fields.Date(required=True, allow_none=True)
    relationship = ma.fields.String(required=True)


class WorkbenchLineSchema(Schema):
    """A position with what an analyst said it is."""

    position = ma.fields.Integer(required=True)
    description = ma.fields.String(required=True)
    quantity = ma.fields.Integer(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    benefit_code = ma.fields.String(required=True, allow_none=True)
    item = ma.fields.String(required=True)
    service_code = ma.fields.String(required=True, allow_none=True)
    diagnosis = ma.fields.String(required=True, allow_none=True)
    accepted = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    finding = ma.fields.String(required=True, allow_none=True)
    proposed_by_document_id = ma.fields.UUID(required=True, allow_none=True)


class WorkbenchReadingSchema(Schema):
    """What was read from the papers so far."""

    diagnosis = ma.fields.String(required=True, allow_none=True)
    diagnosis_title = ma.fields.String(required=True, allow_none=True)
    circumstances = ma.fields.Dict(required=True)
    lines = ma.fields.List(ma.fields.Nested(WorkbenchLineSchema), required=True)


class WorkbenchBenefitSchema(Schema):
    """A benefit of the plan."""

    code = ma.fields.String(required=True)
    group = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class WorkbenchFlagSchema(Schema):
    """What to look at twice, and the other claim or the provider it is about."""

    reason = ma.fields.String(required=True)
    sentence = ma.fields.String(required=True)
    claim_id = ma.fields.UUID(required=True, allow_none=True)
    number = ma.fields.String(required=True, allow_none=True)
    provider_id = ma.fields.UUID(required=True, allow_none=True)


class WorkbenchWaitingSchema(Schema):
    """A decision that a second person has not confirmed yet."""

    kind = ma.fields.String(required=True)
    by = ma.fields.String(required=True, allow_none=True)
    at = ma.fields.AwareDateTime(required=True)
    note = ma.fields.String(required=True, allow_none=True)
    receipt = ma.fields.Nested(ReceiptSchema, required=True)


class WorkbenchBarredSchema(Schema):
    """Why the reader may not do it; null where they may."""

    decide = ma.fields.String(required=True, allow_none=True)
    confirm = ma.fields.String(required=True, allow_none=True)


class WorkbenchBesideSchema(Schema):
    """Another claim of the member."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    benefit = ma.fields.String(required=True)
    status = ma.fields.String(required=True)
    visit_on = ma.fields.Date(required=True, allow_none=True)
    provider_name = ma.fields.String(required=True, allow_none=True)
    claimed = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    diagnosis = ma.fields.String(required=True, allow_none=True)


class WorkbenchSimilarSchema(WorkbenchBesideSchema):
    """A claim that is like it, and in what."""

    member = ma.fields.Nested(ClaimPatientSchema, required=True)
    why = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf(["same_place", "near_amount", "same_illness"])), required=True
    )


class WorkbenchSchema(Schema):
    """A claim with everything beside it."""

    claim = ma.fields.Nested(ClaimSchema, required=True)
    patient = ma.fields.Nested(WorkbenchPatientSchema, required=True)
    reading = ma.fields.Nested(WorkbenchReadingSchema, required=True)
    benefits = ma.fields.List(ma.fields.Nested(WorkbenchBenefitSchema), required=True)
    flags = ma.fields.List(ma.fields.Nested(WorkbenchFlagSchema), required=True)
    waiting = ma.fields.Nested(WorkbenchWaitingSchema, required=True, allow_none=True)
    barred = ma.fields.Nested(WorkbenchBarredSchema, required=True)
    recent = ma.fields.List(ma.fields.Nested(WorkbenchBesideSchema), required=True)
    similar = ma.fields.List(ma.fields.Nested(WorkbenchSimilarSchema), required=True)
