"""Shapes of a client's fund."""

from __future__ import annotations

import marshmallow as ma

from backend.api import AmountSchema, MoneySchema, Schema


class AccountGivenSchema(Schema):
    """A bank account as somebody gives it."""

    bank = ma.fields.String(required=True, validate=ma.validate.Length(2, 60))
    account_number = ma.fields.String(required=True, validate=ma.validate.Length(4, 60))
    holder_name = ma.fields.String(required=True, validate=ma.validate.Length(2, 120))


class NewFundSchema(AccountGivenSchema):
    """The dedicated account, and the yearly claims or budget that the deposit is three twelfths of."""

    yearly = ma.fields.Nested(AmountSchema, required=True)


class YearlyAmountSchema(Schema):
    """What the deposit is three twelfths of."""

    yearly = ma.fields.Nested(AmountSchema, required=True)


class NewDepositSchema(Schema):
    """A receipt on the dedicated account."""

    amount = ma.fields.Nested(AmountSchema, required=True)
    received_on = ma.fields.Date(required=True)
    reference = ma.fields.String(required=True, validate=ma.validate.Length(1, 80))


class DepositSchema(NewDepositSchema):
    """A recorded receipt."""

    id = ma.fields.UUID(required=True)


class FundUsageSchema(Schema):
    """How much of the deposit is used: by payments, and with what is owed and promised."""

    base = ma.fields.Nested(MoneySchema, required=True)
    paid = ma.fields.Nested(MoneySchema, required=True)
    committed = ma.fields.Nested(MoneySchema, required=True)
    paid_percent = ma.fields.Integer(required=True)
    committed_percent = ma.fields.Integer(required=True)
    notices = ma.fields.List(ma.fields.String(), required=True)
    top_up = ma.fields.Nested(MoneySchema, required=True)


class FundSchema(Schema):
    """The fund as it stands now."""

    opened_on = ma.fields.Date(required=True)
    bank = ma.fields.String(required=True)
    account_ending = ma.fields.String(required=True)
    holder_name = ma.fields.String(required=True)
    target = ma.fields.Nested(MoneySchema, required=True)
    basis = ma.fields.Nested(MoneySchema, required=True)
    balance = ma.fields.Nested(MoneySchema, required=True)
    owed = ma.fields.Nested(MoneySchema, required=True)
    promised = ma.fields.Nested(MoneySchema, required=True)
    suspense = ma.fields.Nested(MoneySchema, required=True)
    excess = ma.fields.Nested(MoneySchema, required=True)
    available = ma.fields.Nested(MoneySchema, required=True)
    usage = ma.fields.Nested(FundUsageSchema, required=True)
    deposits = ma.fields.List(ma.fields.Nested(DepositSchema), required=True)


class LeftoverYearSchema(Schema):
    """The plan year that ended."""

    year = ma.fields.Integer(required=True, validate=ma.validate.Range(2000, 2200))


class LeftoverSchema(Schema):
    """How it was shared."""

    total = ma.fields.Nested(MoneySchema, required=True)
    employer = ma.fields.Nested(MoneySchema, required=True)
    ours = ma.fields.Nested(MoneySchema, required=True)


class PaceSchema(Schema):
    """What was approved a day, over so many days."""

    days = ma.fields.Integer(required=True)
    per_day = ma.fields.Nested(MoneySchema, required=True)


class TopUpForecastSchema(Schema):
    """When half of the deposit will be used: likely, and an interval that holds four times of five."""

    likely_on = ma.fields.Date(required=True, allow_none=True)
    earliest_on = ma.fields.Date(required=True, allow_none=True)
    latest_on = ma.fields.Date(required=True, allow_none=True)


class CategorySchema(Schema):
    """A kind of care; groups of fewer than five people are put together."""

    category = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    people = ma.fields.Integer(required=True)
    approvals = ma.fields.Integer(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)


class PaidMonthSchema(Schema):
    """What was paid out in a month."""

    month = ma.fields.Date(required=True)
    paid = ma.fields.Nested(MoneySchema, required=True)


class CockpitSchema(Schema):
    """The fund at a glance."""

    fund = ma.fields.Nested(FundSchema, required=True)
    pace = ma.fields.Nested(PaceSchema, required=True)
    top_up = ma.fields.Nested(TopUpForecastSchema, required=True)
    categories = ma.fields.List(ma.fields.Nested(CategorySchema), required=True)
    paid_by_month = ma.fields.List(ma.fields.Nested(PaidMonthSchema), required=True)


class MonthQuerySchema(Schema):
    """Any day of the month."""

    month = ma.fields.Date(required=True)


class MonthSchema(Schema):
    """A month of the account."""

    month = ma.fields.Date(required=True)
    opening = ma.fields.Nested(MoneySchema, required=True)
    deposits = ma.fields.Nested(MoneySchema, required=True)
    excess_received = ma.fields.Nested(MoneySchema, required=True)
    unclear = ma.fields.Nested(MoneySchema, required=True)
    payments = ma.fields.Nested(MoneySchema, required=True)
    charges = ma.fields.Nested(MoneySchema, required=True)
    closing = ma.fields.Nested(MoneySchema, required=True)
    categories = ma.fields.List(ma.fields.Nested(CategorySchema), required=True)
