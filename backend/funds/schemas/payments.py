"""Shapes of what is owed and how it is paid."""

from __future__ import annotations

import marshmallow as ma

from backend.api import MoneySchema, Schema
from backend.funds.rules.payments import Destination, PayableState, Payee, PaymentState, RunKind, RunState
from backend.funds.schemas.fund import AccountGivenSchema
from backend.kit.pages import MAX_LIMIT


def _one_of(words: type) -> ma.validate.OneOf:
    return ma.validate.OneOf([word.value for word in words])  # type: ignore[attr-defined]


class PayablesQuerySchema(Schema):
    """Which payables, which page."""

    state = ma.fields.String(validate=_one_of(PayableState))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(1, MAX_LIMIT))


class PayableSchema(Schema):
    """Something owed. ``late`` says that the next run of the calendar would pay it after the promised day."""

    id = ma.fields.UUID(required=True)
    payee = ma.fields.String(required=True, validate=_one_of(Payee))
    payee_name = ma.fields.String(required=True, allow_none=True)
    member_id = ma.fields.UUID(required=True, allow_none=True)
    reference = ma.fields.String(required=True)
    category = ma.fields.String(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    excess = ma.fields.Nested(MoneySchema, required=True)
    approved_on = ma.fields.Date(required=True)
    settle_by = ma.fields.Date(required=True)
    state = ma.fields.String(required=True, validate=_one_of(PayableState))
    paid_on = ma.fields.Date(required=True, allow_none=True)
    late = ma.fields.Boolean(required=True)


class PayableListSchema(Schema):
    """A page of payables, and the day of the calendar's next run."""

    items = ma.fields.List(ma.fields.Nested(PayableSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)
    next_run_on = ma.fields.Date(required=True)


class TakenBackSchema(Schema):
    """Why an approved amount is no longer owed."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))


class PayeeAccountGivenSchema(AccountGivenSchema):
    """Where money goes: the company's account, or a provider's with its id."""

    payee = ma.fields.String(required=True, validate=ma.validate.OneOf(["provider", "company"]))
    payee_id = ma.fields.UUID(load_default=None, allow_none=True)

    @ma.validates_schema
    def _provider_is_named(self, data: dict[str, object], **_: object) -> None:
        if (data["payee"] == "provider") != (data.get("payee_id") is not None):
            raise ma.ValidationError("a provider is named, the company is not", "payee_id")


class PayeeAccountSchema(Schema):
    """An account by its ending."""

    id = ma.fields.UUID(required=True)
    payee = ma.fields.String(required=True)
    payee_id = ma.fields.UUID(required=True)
    bank = ma.fields.String(required=True)
    ending = ma.fields.String(required=True)
    holder_name = ma.fields.String(required=True)
    confirmed = ma.fields.Boolean(required=True)
    usable_from = ma.fields.AwareDateTime(required=True, allow_none=True)


class PayeeAccountListSchema(Schema):
    """Accounts that wait for a second person."""

    items = ma.fields.List(ma.fields.Nested(PayeeAccountSchema), required=True)


class NewRunSchema(Schema):
    """On which day; empty means the calendar's next payment day."""

    pay_on = ma.fields.Date(load_default=None, allow_none=True)


class RunItemSchema(Schema):
    """What a transfer pays."""

    payable_id = ma.fields.UUID(required=True)
    reference = ma.fields.String(required=True)
    category = ma.fields.String(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    settle_by = ma.fields.Date(required=True)


class RunPaymentSchema(Schema):
    """One transfer."""

    reference = ma.fields.String(required=True)
    destination = ma.fields.String(required=True, validate=_one_of(Destination))
    holder_name = ma.fields.String(required=True)
    bank = ma.fields.String(required=True)
    ending = ma.fields.String(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    rail = ma.fields.String(required=True)
    state = ma.fields.String(required=True, validate=_one_of(PaymentState))
    paid_on = ma.fields.Date(required=True, allow_none=True)
    failure = ma.fields.String(required=True, allow_none=True)
    items = ma.fields.List(ma.fields.Nested(RunItemSchema), required=True)


class LeftOutSchema(Schema):
    """What a run leaves, and why in the reader's words."""

    payable_id = ma.fields.UUID(required=True)
    reference = ma.fields.String(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    reason = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class RunSummarySchema(Schema):
    """A run as a list shows it."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=_one_of(RunKind))
    pay_on = ma.fields.Date(required=True)
    state = ma.fields.String(required=True, validate=_one_of(RunState))
    prepared_by = ma.fields.UUID(required=True, allow_none=True)
    approved_by = ma.fields.UUID(required=True, allow_none=True)
    sent_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class RunSchema(RunSummarySchema):
    """A run with its transfers; ``late`` counts what it pays after the promised day."""

    total = ma.fields.Nested(MoneySchema, required=True)
    late = ma.fields.Integer(required=True)
    may_approve = ma.fields.Boolean(required=True)
    payments = ma.fields.List(ma.fields.Nested(RunPaymentSchema), required=True)
    left_out = ma.fields.List(ma.fields.Nested(LeftOutSchema), required=True)


class RunListSchema(Schema):
    """A page of runs."""

    items = ma.fields.List(ma.fields.Nested(RunSummarySchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class RunPageQuerySchema(Schema):
    """Which page."""

    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class BankFileQuerySchema(Schema):
    """In which form."""

    form = ma.fields.String(load_default="pain001", validate=ma.validate.OneOf(["pain001", "csv"]))
