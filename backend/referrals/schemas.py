"""Shapes of the referrals API."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.api import Schema
from backend.kit.pages import MAX_LIMIT
from backend.providers.rules import Tier
from backend.referrals.models import StepKind
from backend.referrals.rules import Kind, Origin, State
from backend.referrals.rules.path import Move
from backend.referrals.vocabulary import SPECIALTIES, conditions

_NAME = ma.validate.Length(2, 200)
_CODE = ma.validate.Length(1, 40)
_CONDITIONS = sorted({one.code for one in conditions()})


def _one_of(values: Any) -> ma.validate.OneOf:
    return ma.validate.OneOf([value.value for value in values])


class ReferralDiagnosisSchema(Schema):
    """What the patient has, by ICD-10."""

    code = ma.fields.String(required=True)
    title = ma.fields.String(required=True)


class ReferralPlaceSchema(Schema):
    """A facility."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)


class ReferralTargetSchema(Schema):
    """Where to and for what; a facility of the network, or any of a tier."""

    to_provider_id = ma.fields.UUID(load_default=None, allow_none=True)
    to_tier = ma.fields.String(load_default=None, allow_none=True, validate=_one_of(Tier))
    diagnosis = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(3, 8))
    doctor = ma.fields.String(load_default=None, allow_none=True, validate=_NAME)
    visits = ma.fields.Integer(load_default=None, allow_none=True, validate=ma.validate.Range(1, 60))
    emergency = ma.fields.Boolean(load_default=False)


class OnwardReferralSchema(ReferralTargetSchema):
    """To another specialist, without a new first-level visit."""

    specialty = ma.fields.String(required=True, validate=ma.validate.OneOf(SPECIALTIES))


class NewReferralSchema(OnwardReferralSchema):
    """The first step up; ``claim_id`` names the paid visit it follows from (claims staff and doctors)."""

    member_id = ma.fields.UUID(required=True)
    claim_id = ma.fields.UUID(load_default=None, allow_none=True)
    earlier_code = ma.fields.String(load_default=None, allow_none=True, validate=_CODE)
    from_provider_id = ma.fields.UUID(load_default=None, allow_none=True)


class BackReferralSchema(Schema):
    """A stable chronic patient goes home to the first tier, with the specialist's certificate."""

    condition = ma.fields.String(required=True, validate=ma.validate.OneOf(_CONDITIONS))
    stable = ma.fields.Boolean(required=True)
    certified_by = ma.fields.String(required=True, validate=_NAME)
    certified_on = ma.fields.Date(load_default=None, allow_none=True)
    to_provider_id = ma.fields.UUID(load_default=None, allow_none=True)


class ReferralAcceptanceSchema(Schema):
    """Which facility accepts; a front desk always accepts for itself."""

    provider_id = ma.fields.UUID(load_default=None, allow_none=True)


class ReferralReasonSchema(Schema):
    """Why; the member reads it."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(3, 500))


class ChronicSupplySchema(Schema):
    """Medicine for so many days."""

    days = ma.fields.Integer(required=True, validate=ma.validate.Range(1, 365))


class ReferralQrSchema(Schema):
    """The text of a QR, or a code as it was typed."""

    qr = ma.fields.String(required=True, validate=ma.validate.Length(1, 2000))


class ReferralQuerySchema(Schema):
    """Which referrals, which page."""

    member_id = ma.fields.UUID()
    state = ma.fields.String(validate=_one_of(State))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class ReferralPathQuerySchema(Schema):
    """Whose path."""

    member_id = ma.fields.UUID(required=True)


class ReferralSummarySchema(Schema):
    """A referral as a list shows it; what tells an illness or opens a door is empty for an employer."""

    id = ma.fields.UUID(required=True)
    code = ma.fields.String(required=True, allow_none=True)
    member_id = ma.fields.UUID(required=True)
    member_name = ma.fields.String(required=True)
    chain_id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True, validate=_one_of(Kind))
    origin = ma.fields.String(required=True, validate=_one_of(Origin))
    state = ma.fields.String(required=True, validate=_one_of(State))
    emergency = ma.fields.Boolean(required=True)
    specialty = ma.fields.String(required=True, allow_none=True)
    specialty_name = ma.fields.String(required=True, allow_none=True)
    diagnosis = ma.fields.Nested(ReferralDiagnosisSchema, required=True, allow_none=True)
    from_tier = ma.fields.String(required=True)
    from_provider = ma.fields.Nested(ReferralPlaceSchema, required=True, allow_none=True)
    to_tier = ma.fields.String(required=True)
    to_provider = ma.fields.Nested(ReferralPlaceSchema, required=True, allow_none=True)
    accepted_by = ma.fields.Nested(ReferralPlaceSchema, required=True, allow_none=True)
    accepted_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    doctor = ma.fields.String(required=True, allow_none=True)
    issued_at = ma.fields.AwareDateTime(required=True)
    valid_from = ma.fields.Date(required=True)
    valid_until = ma.fields.Date(required=True)
    visits_allowed = ma.fields.Integer(required=True)
    visits_left = ma.fields.Integer(required=True)
    last_visit_on = ma.fields.Date(required=True, allow_none=True)
    return_until = ma.fields.Date(required=True, allow_none=True)
    condition = ma.fields.String(required=True, allow_none=True)
    condition_name = ma.fields.String(required=True, allow_none=True)
    certified_by = ma.fields.String(required=True, allow_none=True)
    certified_on = ma.fields.Date(required=True, allow_none=True)
    review_on = ma.fields.Date(required=True, allow_none=True)
    end_reason = ma.fields.String(required=True, allow_none=True)


class ReferralStepSchema(Schema):
    """One step; ``figures`` are days and numbers."""

    kind = ma.fields.String(required=True, validate=_one_of(StepKind))
    at = ma.fields.AwareDateTime(required=True)
    by = ma.fields.String(required=True)
    figures = ma.fields.Dict(required=True)


class ReferralSchema(ReferralSummarySchema):
    """A referral with its QR while it opens a door, and what happened to it."""

    qr = ma.fields.String(required=True, allow_none=True)
    earlier_code = ma.fields.String(required=True, allow_none=True)
    steps = ma.fields.List(ma.fields.Nested(ReferralStepSchema), required=True)


class ReferralListSchema(Schema):
    """A page of referrals."""

    items = ma.fields.List(ma.fields.Nested(ReferralSummarySchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class ReferralVerdictSchema(Schema):
    """What a scanned QR is worth now: the referral when it concerns this desk, and why it cannot be used, if so."""

    genuine = ma.fields.Boolean(required=True)
    code = ma.fields.String(required=True, allow_none=True)
    usable = ma.fields.Boolean(required=True)
    reason = ma.fields.String(required=True, allow_none=True)
    message = ma.fields.String(required=True, allow_none=True)


class ReferralHereSchema(Schema):
    """Where the member is treated now, on which referral."""

    code = ma.fields.String(required=True)
    facility = ma.fields.String(required=True, allow_none=True)
    tier = ma.fields.String(required=True)
    specialty_name = ma.fields.String(required=True)
    since = ma.fields.Date(required=True)


class ReferralOptionSchema(Schema):
    """A way to go on: with a code, or back to an earlier facility with a continuation to be asked for."""

    move = ma.fields.String(required=True, validate=_one_of(Move))
    code = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=_one_of(Kind))
    tier = ma.fields.String(required=True)
    specialty = ma.fields.String(required=True)
    specialty_name = ma.fields.String(required=True)
    facility = ma.fields.String(required=True, allow_none=True)
    facility_id = ma.fields.UUID(required=True, allow_none=True)
    until = ma.fields.Date(required=True)
    visits_left = ma.fields.Integer(required=True, allow_none=True)
    qr = ma.fields.String(required=True, allow_none=True)


class ReferralChainSchema(Schema):
    """Referrals in the order in which they followed."""

    id = ma.fields.UUID(required=True)
    referrals = ma.fields.List(ma.fields.Nested(ReferralSummarySchema), required=True)


class ReferralPathSchema(Schema):
    """Where a member is, where they may go next and until when."""

    member_id = ma.fields.UUID(required=True)
    as_of = ma.fields.AwareDateTime(required=True)
    needs_referrals = ma.fields.Boolean(required=True)
    first_tier = ma.fields.Nested(ReferralPlaceSchema, required=True, allow_none=True)
    here = ma.fields.Nested(ReferralHereSchema, required=True, allow_none=True)
    options = ma.fields.List(ma.fields.Nested(ReferralOptionSchema), required=True)
    chains = ma.fields.List(ma.fields.Nested(ReferralChainSchema), required=True)


class ReferralWordSchema(Schema):
    """A code and what it is called."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class ReferralVocabularySchema(Schema):
    """Specialties and illnesses of the back-referral programme."""

    specialties = ma.fields.List(ma.fields.Nested(ReferralWordSchema), required=True)
    conditions = ma.fields.List(ma.fields.Nested(ReferralWordSchema), required=True)
