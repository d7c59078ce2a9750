"""Shapes of the bills that facilities send."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.api import AmountSchema, MoneySchema, Schema
from backend.kit.pages import MAX_LIMIT
from backend.visits.rules import bills
from backend.visits.rules.bills import BilledLine, BillState, NewBill, NewLine
from backend.visits.schemas.desk import BillingProviderSchema, VisitPersonSchema

_STATES = [state.value for state in BillState]


class NewBillLineSchema(Schema):
    """A position; ``service_code`` is the code of the agreed tariff."""

    service_code = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 40))
    room_class = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 20))
    description = ma.fields.String(required=True, validate=ma.validate.Length(2, 300))
    service_on = ma.fields.Date(required=True)
    quantity = ma.fields.Integer(load_default=1, strict=True, validate=ma.validate.Range(1, 10_000))
    unit = ma.fields.Nested(AmountSchema, required=True)

    @ma.post_load
    def as_line(self, data: dict[str, Any], **_: Any) -> NewLine:
        """The position as the service takes it."""
        description = data.pop("description")
        return NewLine(description, BilledLine(**data))


class NewBillSchema(Schema):
    """The bill of an ended visit; ``diagnoses`` are ICD-10 codes, ``document_ids`` papers that were sent before."""

    invoice_number = ma.fields.String(required=True, validate=ma.validate.Length(1, 60))
    total = ma.fields.Nested(AmountSchema, required=True)
    lines = ma.fields.List(ma.fields.Nested(NewBillLineSchema), required=True, validate=ma.validate.Length(1, 300))
    document_ids = ma.fields.List(ma.fields.UUID(), load_default=list, validate=ma.validate.Length(max=30))
    diagnoses = ma.fields.List(
        ma.fields.String(validate=ma.validate.Regexp(r"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$")),
        load_default=list,
        validate=ma.validate.Length(max=20),
    )

    @ma.post_load
    def as_bill(self, data: dict[str, Any], **_: Any) -> NewBill:
        """The bill as the service takes it."""
        return NewBill(**data)


class BillReturnSchema(Schema):
    """Why a bill goes back; the facility reads it."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(3, 1000))


class BillQuerySchema(Schema):
    """Which bills, which page."""

    state = ma.fields.String(validate=ma.validate.OneOf(_STATES))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class BillSummarySchema(Schema):
    """A bill in a list."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    visit_id = ma.fields.UUID(required=True)
    member = ma.fields.Nested(VisitPersonSchema, required=True)
    provider = ma.fields.Nested(BillingProviderSchema, required=True)
    state = ma.fields.String(required=True, metadata={"enum": _STATES})
    invoice_number = ma.fields.String(required=True)
    total = ma.fields.Nested(MoneySchema, required=True)
    submitted_at = ma.fields.AwareDateTime(required=True)
    decided_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    return_reason = ma.fields.String(required=True, allow_none=True)


class BillPageSchema(Schema):
    """A page of bills."""

    items = ma.fields.List(ma.fields.Nested(BillSummarySchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class BillLineSchema(Schema):
    """A position with the agreed tariff for one unit, where one is known."""

    service_code = ma.fields.String(required=True, allow_none=True)
    room_class = ma.fields.String(required=True, allow_none=True)
    description = ma.fields.String(required=True)
    service_on = ma.fields.Date(required=True)
    quantity = ma.fields.Integer(required=True)
    unit = ma.fields.Nested(MoneySchema, required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    agreed = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    tariff_version_id = ma.fields.UUID(required=True, allow_none=True)


class BillFindingSchema(Schema):
    """What the checks noticed at a position."""

    position = ma.fields.Integer(required=True)
    reason = ma.fields.String(required=True, metadata={"enum": [bills.ABOVE_TARIFF, bills.WITHOUT_TARIFF]})
    difference = ma.fields.Nested(MoneySchema, required=True, allow_none=True)


class BillStepSchema(Schema):
    """A step in the life of a bill."""

    state = ma.fields.String(required=True, metadata={"enum": _STATES})
    at = ma.fields.AwareDateTime(required=True)
    note = ma.fields.String(required=True, allow_none=True)


class BillSchema(BillSummarySchema):
    """Everything about a bill."""

    diagnoses = ma.fields.List(ma.fields.String(), required=True)
    lines = ma.fields.List(ma.fields.Nested(BillLineSchema), required=True)
    findings = ma.fields.List(ma.fields.Nested(BillFindingSchema), required=True)
    document_ids = ma.fields.List(ma.fields.UUID(), required=True)
    history = ma.fields.List(ma.fields.Nested(BillStepSchema), required=True)
