"""Shapes of the benefit table and of plan imports."""

from __future__ import annotations

import marshmallow as ma

from backend.api import MoneySchema, Schema


class PlanName(Schema):
    """Which plan."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class PolicyYear(Schema):
    """The days over which yearly limits count."""

    date_from = ma.fields.Date(required=True, data_key="from")
    until = ma.fields.Date(required=True)


class LimitRow(Schema):
    """One limit and its state; ``used``, ``held`` and ``remaining`` are null where the reader may not know them."""

    basis = ma.fields.String(required=True, metadata={"enum": ["day", "visit", "case", "year", "lifetime"]})
    years = ma.fields.Integer(required=True)
    shared_by = ma.fields.String(required=True, metadata={"enum": ["person", "family"]})
    pool = ma.fields.String(required=True, allow_none=True)
    limit = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    count = ma.fields.Integer(required=True, allow_none=True)
    used = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    held = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    remaining = ma.fields.Nested(MoneySchema, required=True, allow_none=True)
    used_count = ma.fields.Integer(required=True, allow_none=True)
    held_count = ma.fields.Integer(required=True, allow_none=True)
    remaining_count = ma.fields.Integer(required=True, allow_none=True)


class CoPaymentRow(Schema):
    """The member's part of the covered amount."""

    percent = ma.fields.Decimal(required=True)
    cap = ma.fields.Nested(MoneySchema, required=True, allow_none=True)


class DeductibleRow(Schema):
    """What the member bears before the benefit pays."""

    amount = ma.fields.Nested(MoneySchema, required=True)
    basis = ma.fields.String(required=True)


class BenefitRow(Schema):
    """One line of the benefit table."""

    code = ma.fields.String(required=True)
    group = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    limits = ma.fields.List(ma.fields.Nested(LimitRow), required=True)
    co_payment = ma.fields.Nested(CoPaymentRow, required=True, allow_none=True)
    deductible = ma.fields.Nested(DeductibleRow, required=True, allow_none=True)
    waiting_until = ma.fields.Date(required=True, allow_none=True)
    room_class = ma.fields.String(required=True, allow_none=True)
    exclusions = ma.fields.List(ma.fields.String(), required=True)
    referral_required = ma.fields.Boolean(required=True)
    network_only = ma.fields.Boolean(required=True)
    reimbursable = ma.fields.Boolean(required=True)
    approval_required = ma.fields.Boolean(required=True)


class BenefitTable(Schema):
    """What a member's plan gives and what is left of it; ``plan`` is null without cover."""

    member_id = ma.fields.UUID(required=True)
    plan = ma.fields.Nested(PlanName, required=True, allow_none=True)
    year = ma.fields.Nested(PolicyYear, required=True)
    as_of = ma.fields.Date(required=True)
    benefits = ma.fields.List(ma.fields.Nested(BenefitRow), required=True)


class PlanVersion(Schema):
    """One version of a plan."""

    id = ma.fields.UUID(required=True)
    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    product = ma.fields.String(required=True)
    currency = ma.fields.String(required=True)
    network = ma.fields.String(required=True, allow_none=True)
    valid_from = ma.fields.Date(required=True)
    source = ma.fields.String(required=True)


class PlanVersions(Schema):
    """Every version of every plan."""

    items = ma.fields.List(ma.fields.Nested(PlanVersion), required=True)
