"""Shapes of the question before one goes."""

from __future__ import annotations

import marshmallow as ma

from backend.api import MoneySchema, ReceiptSchema, Schema
from backend.guarantees.rules.admission import Care
from backend.guarantees.rules.estimates import Change
from backend.guarantees.schemas.amounts import ChosenServiceSchema


class EstimateQuestionSchema(Schema):
    """Who means to go where, for what, in which room."""

    member_id = ma.fields.UUID(required=True)
    provider_id = ma.fields.UUID(required=True)
    care = ma.fields.String(load_default=Care.INPATIENT.value, validate=ma.validate.OneOf([one.value for one in Care]))
    on = ma.fields.Date(load_default=None, allow_none=True)
    days = ma.fields.Integer(load_default=1, strict=True, validate=ma.validate.Range(1, 366))
    room_class = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 60))
    entitled_free = ma.fields.Boolean(load_default=True)
    own_request = ma.fields.Boolean(load_default=False)
    sent_by_doctor = ma.fields.Boolean(load_default=None, allow_none=True)
    emergency = ma.fields.Boolean(load_default=False)
    diagnosis = ma.fields.String(
        load_default=None, allow_none=True, validate=ma.validate.Regexp(r"^[A-Z]\d{2}(\.\w{1,3})?$")
    )
    positions = ma.fields.List(
        ma.fields.Nested(ChosenServiceSchema), load_default=list, validate=ma.validate.Length(max=50)
    )


class OfferedRoomClassSchema(Schema):
    """A room class of the provider."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    rate = ma.fields.Nested(MoneySchema, required=True)


class EstimateChangeSchema(Schema):
    """Another choice and the patient's own part with it."""

    change = ma.fields.String(required=True, validate=ma.validate.OneOf([one.value for one in Change]))
    value = ma.fields.String(required=True, allow_none=True)
    own_part = ma.fields.Nested(MoneySchema, required=True)


class EstimateSchema(Schema):
    """The split, the rule behind each figure, and what would change it."""

    member_id = ma.fields.UUID(required=True)
    member_name = ma.fields.String(required=True)
    provider_id = ma.fields.UUID(required=True)
    provider_name = ma.fields.String(required=True)
    on = ma.fields.Date(required=True)
    version = ma.fields.String(required=True)
    receipt = ma.fields.Nested(ReceiptSchema, required=True)
    room_classes = ma.fields.List(ma.fields.Nested(OfferedRoomClassSchema), required=True)
    changes = ma.fields.List(ma.fields.Nested(EstimateChangeSchema), required=True)
