"""Shapes of a client's fund."""

from __future__ import annotations

import marshmallow as ma

from backend.api import MoneySchema, Schema


class AccountGivenSchema(Schema):
    """A bank account as somebody gives it."""

    bank = ma.fields.String(required=True, validate=ma.validate.Length(2, 60))
    account_number = ma.fields.String(required=True, validate=ma.validate.Length(4, 60))
    holder_name = ma.fields.String(required=True, validate=ma.validate.Length(2, 120))


class NewFundSchema(AccountGivenSchema):
    """The dedicated account, and the yearly claims or budget that the deposit is three twelfths of."""

    yearly = ma.fields.Nested(MoneySchema, required=True)


class YearlyAmountSchema(Schema):
    """What the deposit is three twelfths of."""

    yearly = ma.fields.Nested(MoneySchema, required=True)


class NewDepositSchema(Schema):
    """A receipt on the dedicated account."""

    amount = ma.fields.Nested(MoneySchema, required=True)
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
