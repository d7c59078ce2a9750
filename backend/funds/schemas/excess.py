"""Shapes of excess claims and bank statements."""

from __future__ import annotations

import marshmallow as ma

from backend.api import AmountSchema, MoneySchema, Schema
from backend.funds.rules.bank import MONEY_THAT_CAME, MONEY_THAT_LEFT
from backend.funds.rules.excess import ExcessState
from backend.kit.pages import MAX_LIMIT


class ExcessQuerySchema(Schema):
    """Only those that are not settled; which page."""

    running = ma.fields.Boolean(load_default=False)
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(1, MAX_LIMIT))


class InstalmentSchema(Schema):
    """A part with a day of its own."""

    due_on = ma.fields.Date(required=True)
    amount = ma.fields.Nested(AmountSchema, required=True)


class ExcessEmployeeSchema(Schema):
    """Who pays."""

    name = ma.fields.String(required=True)
    number = ma.fields.String(required=True, allow_none=True)


class ExcessSummarySchema(Schema):
    """An excess as a list shows it."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    member_id = ma.fields.UUID(required=True)
    employee = ma.fields.Nested(ExcessEmployeeSchema, required=True)
    category = ma.fields.String(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    paid = ma.fields.Nested(MoneySchema, required=True)
    open = ma.fields.Nested(MoneySchema, required=True)
    letter_on = ma.fields.Date(required=True)
    due_on = ma.fields.Date(required=True)
    next_due_on = ma.fields.Date(required=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf([state.value for state in ExcessState]))
    overdue = ma.fields.Boolean(required=True)
    stopped_card = ma.fields.Boolean(required=True)
    instalments = ma.fields.List(ma.fields.Nested(InstalmentSchema), required=True)


class ExcessItemSchema(Schema):
    """A position and why the plan does not bear it."""

    description = ma.fields.String(required=True)
    reason = ma.fields.String(required=True)
    why = ma.fields.String(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)


class PayToSchema(Schema):
    """The account that an excess is paid to: the client's dedicated one."""

    bank = ma.fields.String(required=True)
    account_number = ma.fields.String(required=True)
    holder_name = ma.fields.String(required=True)


class ExcessSchema(ExcessSummarySchema):
    """An excess with its positions, and where to pay it; HR reads no positions."""

    pay_to = ma.fields.Nested(PayToSchema, required=True, allow_none=True)

    dispute = ma.fields.String(required=True, allow_none=True)
    outcome = ma.fields.String(required=True, allow_none=True)
    items = ma.fields.List(ma.fields.Nested(ExcessItemSchema), required=True)


class ExcessListSchema(Schema):
    """A page of excess claims."""

    items = ma.fields.List(ma.fields.Nested(ExcessSummarySchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class DisputeSchema(Schema):
    """Why somebody does not agree."""

    words = ma.fields.String(required=True, validate=ma.validate.Length(1, 2000))


class DisputeAnswerSchema(DisputeSchema):
    """Upheld: the plan bears it."""

    upheld = ma.fields.Boolean(required=True)


class InstalmentsSchema(Schema):
    """Parts that add up to what is open."""

    parts = ma.fields.List(ma.fields.Nested(InstalmentSchema), required=True, validate=ma.validate.Length(1, 24))


class StatementSchema(Schema):
    """What a statement brought; ``known_lines`` came with an earlier one."""

    id = ma.fields.UUID(required=True)
    form = ma.fields.String(required=True, validate=ma.validate.OneOf(["csv", "mt940", "camt053"]))
    lines = ma.fields.Integer(required=True)
    known_lines = ma.fields.Integer(required=True)
    closing = ma.fields.Nested(MoneySchema, required=True, allow_none=True)


class BankLinesQuerySchema(Schema):
    """What waits for a person, or what is placed; which page."""

    state = ma.fields.String(load_default="review", validate=ma.validate.OneOf(["review", "matched"]))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(1, MAX_LIMIT))


class BankLineSchema(Schema):
    """A movement on the account."""

    id = ma.fields.UUID(required=True)
    booked_on = ma.fields.Date(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    reference = ma.fields.String(required=True)
    text = ma.fields.String(required=True)
    state = ma.fields.String(required=True)
    became = ma.fields.String(required=True, allow_none=True)
    excess_id = ma.fields.UUID(required=True, allow_none=True)
    proposals = ma.fields.List(ma.fields.UUID(), required=True)


class BankAgreementSchema(Schema):
    """What the ledger's account holds, what the newest statement ended with, and what left without a reason yet."""

    ledger = ma.fields.Nested(MoneySchema, required=True)
    statement = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    unexplained = ma.fields.Nested(MoneySchema, required=True)


class BankLineListSchema(Schema):
    """A page of movements, and whether the ledger agrees with the bank's newest statement."""

    agreement = ma.fields.Nested(BankAgreementSchema, required=True)
    items = ma.fields.List(ma.fields.Nested(BankLineSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class AssignmentSchema(Schema):
    """What unclear money is, or why the bank took it; an excess is named."""

    became = ma.fields.String(required=True, validate=ma.validate.OneOf([*MONEY_THAT_CAME, *MONEY_THAT_LEFT]))
    excess_id = ma.fields.UUID(load_default=None, allow_none=True)
