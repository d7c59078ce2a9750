"""Shapes of what members ask for."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.kit.pages import MAX_LIMIT
from backend.referrals.models import RequestState
from backend.referrals.rules import Kind
from backend.referrals.schemas import BackReferralSchema, OnwardReferralSchema, ReferralPlaceSchema
from backend.referrals.vocabulary import SPECIALTIES

_KINDS = ma.validate.OneOf([kind.value for kind in Kind])
_STATES = ma.validate.OneOf([state.value for state in RequestState])


class NewReferralRequestSchema(Schema):
    """What is asked for; without a specialty the doctor says which. ``claim_id`` is the paid visit it follows from."""

    member_id = ma.fields.UUID(required=True)
    kind = ma.fields.String(load_default=Kind.TIERED.value, validate=_KINDS)
    specialty = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.OneOf(SPECIALTIES))
    reason = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 2000))
    earlier_code = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 40))
    claim_id = ma.fields.UUID(load_default=None, allow_none=True)


class ReferralGrantSchema(OnwardReferralSchema):
    """Where to and for what; for a back-referral the certificate as well."""

    certificate = ma.fields.Nested(BackReferralSchema, load_default=None, allow_none=True)


class ReferralDeclineSchema(Schema):
    """Why not, in words for the member."""

    note = ma.fields.String(required=True, validate=ma.validate.Length(3, 1000))


class ReferralRequestQuerySchema(Schema):
    """Which requests, which page."""

    member_id = ma.fields.UUID()
    state = ma.fields.String(validate=_STATES)
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class ReferralRequestSchema(Schema):
    """A request and what became of it."""

    id = ma.fields.UUID(required=True)
    member_id = ma.fields.UUID(required=True)
    member_name = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=_KINDS)
    specialty = ma.fields.String(required=True, allow_none=True)
    specialty_name = ma.fields.String(required=True, allow_none=True)
    reason = ma.fields.String(required=True, allow_none=True)
    state = ma.fields.String(required=True, validate=_STATES)
    provider = ma.fields.Nested(ReferralPlaceSchema, required=True, allow_none=True)
    claim_id = ma.fields.UUID(required=True, allow_none=True)
    code = ma.fields.String(required=True, allow_none=True)
    note = ma.fields.String(required=True, allow_none=True)
    asked_at = ma.fields.AwareDateTime(required=True)
    decided_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class ReferralRequestListSchema(Schema):
    """A page of requests."""

    items = ma.fields.List(ma.fields.Nested(ReferralRequestSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)
