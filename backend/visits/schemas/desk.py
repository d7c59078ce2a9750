"""Shapes of the front desk: eligibility, visits, keys."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.api import Schema
from backend.benefits.rules import BenefitGroup
from backend.kit.pages import MAX_LIMIT
from backend.visits.rules.attendance import Shown, VisitState
from backend.visits.rules.bills import BillState
from backend.visits.rules.eligibility import Need, Standing
from backend.visits.rules.keys import KeyScope

_GROUPS = [group.value for group in BenefitGroup]
_NUMBER = ma.validate.Length(3, 40)


class ShownSchema(Schema):
    """What the patient showed: the card's QR, its number, or without a card the member number and date of birth."""

    qr = ma.fields.String(validate=ma.validate.Length(1, 2000))
    card_number = ma.fields.String(validate=_NUMBER)
    member_number = ma.fields.String(validate=_NUMBER)
    birth_date = ma.fields.Date()

    @ma.validates_schema
    def one_way(self, data: dict[str, Any], **_: Any) -> None:
        """Exactly one of the three."""
        ways = [name for name in ("qr", "card_number", "member_number") if name in data]
        if len(ways) != 1:
            raise ma.ValidationError("one of qr, card_number, member_number")
        if ("member_number" in data) != ("birth_date" in data):
            raise ma.ValidationError("member_number and birth_date belong together", "birth_date")


class NewVisitSchema(ShownSchema):
    """A visit that begins."""

    benefit_group = ma.fields.String(required=True, validate=ma.validate.OneOf(_GROUPS))
    emergency = ma.fields.Boolean(load_default=False)


class VisitCancelSchema(Schema):
    """Why a visit is cancelled."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(3, 300))


class VisitQuerySchema(Schema):
    """Which visits, which page."""

    member_id = ma.fields.UUID()
    state = ma.fields.String(validate=ma.validate.OneOf([state.value for state in VisitState]))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class VisitPersonSchema(Schema):
    """A member by name and number."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    member_number = ma.fields.String(required=True)


class VisitPatientSchema(VisitPersonSchema):
    """A member as the desk compares them with whoever stands there."""

    relationship = ma.fields.String(required=True)
    birth_date = ma.fields.Date(required=True)
    sex = ma.fields.String(required=True)


class EligibilityPlanSchema(Schema):
    """A plan by code and name."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class EligibilityFacilitySchema(Schema):
    """The facility as the member's plan sees it; ``in_network`` is null when the plan has no network."""

    in_network = ma.fields.Boolean(required=True, allow_none=True)
    cashless = ma.fields.Boolean(required=True)
    terminal = ma.fields.Boolean(required=True)
    tier = ma.fields.String(required=True, allow_none=True)


class BenefitHereSchema(Schema):
    """A benefit at this facility, in sentences of the reader's language."""

    code = ma.fields.String(required=True)
    group = ma.fields.String(required=True, metadata={"enum": _GROUPS})
    name = ma.fields.String(required=True)
    standing = ma.fields.String(required=True, metadata={"enum": [one.value for one in Standing]})
    needs = ma.fields.List(ma.fields.String(metadata={"enum": [need.value for need in Need]}), required=True)
    sentences = ma.fields.List(ma.fields.String(), required=True)
    remaining = ma.fields.String(required=True, allow_none=True)
    room_class = ma.fields.String(required=True, allow_none=True)


class EligibilitySchema(Schema):
    """Whether somebody is covered here and now; without ``member`` nothing personal is told and ``reason`` says why."""

    eligible = ma.fields.Boolean(required=True)
    reason = ma.fields.String(required=True, allow_none=True)
    message = ma.fields.String(required=True)
    shown = ma.fields.String(required=True, metadata={"enum": [one.value for one in Shown]})
    as_of = ma.fields.AwareDateTime(required=True)
    client = ma.fields.String(required=True, allow_none=True)
    member = ma.fields.Nested(VisitPatientSchema, required=True, allow_none=True)
    card_number = ma.fields.String(required=True, allow_none=True)
    plan = ma.fields.Nested(EligibilityPlanSchema, required=True, allow_none=True)
    valid_until = ma.fields.Date(required=True, allow_none=True)
    facility = ma.fields.Nested(EligibilityFacilitySchema, required=True, allow_none=True)
    benefits = ma.fields.List(ma.fields.Nested(BenefitHereSchema), required=True)
    open_visit_id = ma.fields.UUID(required=True, allow_none=True)


class VisitSchema(Schema):
    """A visit and how far its bill is."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    member = ma.fields.Nested(VisitPersonSchema, required=True)
    provider_id = ma.fields.UUID(required=True)
    benefit_group = ma.fields.String(required=True, metadata={"enum": _GROUPS})
    state = ma.fields.String(required=True, metadata={"enum": [state.value for state in VisitState]})
    shown = ma.fields.String(required=True, metadata={"enum": [one.value for one in Shown]})
    emergency = ma.fields.Boolean(required=True)
    referral_code = ma.fields.String(required=True, allow_none=True)
    letter_id = ma.fields.UUID(required=True, allow_none=True)
    first_day = ma.fields.Date(required=True)
    opened_at = ma.fields.AwareDateTime(required=True)
    ended_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    end_reason = ma.fields.String(required=True, allow_none=True)
    bill_id = ma.fields.UUID(required=True, allow_none=True)
    bill_state = ma.fields.String(
        required=True, allow_none=True, metadata={"enum": [*(state.value for state in BillState), None]}
    )


class VisitPageSchema(Schema):
    """A page of visits."""

    items = ma.fields.List(ma.fields.Nested(VisitSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class FrontDeskSchema(Schema):
    """The facility of whoever is signed in."""

    id = ma.fields.UUID(required=True, allow_none=True)
    name = ma.fields.String(required=True, allow_none=True)
    kind = ma.fields.String(required=True, allow_none=True)
    tier = ma.fields.String(required=True, allow_none=True)
    currency = ma.fields.String(required=True)


class BillingProviderSchema(Schema):
    """A facility by its name."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)


class NewApiKeySchema(Schema):
    """A key for the system of a facility."""

    provider_id = ma.fields.UUID(required=True)
    label = ma.fields.String(required=True, validate=ma.validate.Length(2, 80))
    scopes = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf([one.value for one in KeyScope])),
        required=True,
        validate=ma.validate.Length(1),
    )
    expires_at = ma.fields.AwareDateTime(load_default=None, allow_none=True)


class ApiKeySchema(Schema):
    """A key without its secret."""

    id = ma.fields.UUID(required=True)
    provider = ma.fields.Nested(BillingProviderSchema, required=True)
    label = ma.fields.String(required=True)
    ending = ma.fields.String(required=True)
    scopes = ma.fields.List(ma.fields.String(), required=True)
    created_at = ma.fields.AwareDateTime(required=True)
    expires_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    last_used_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    revoked_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    live = ma.fields.Boolean(required=True)


class NewApiKeyAnswerSchema(ApiKeySchema):
    """A new key with its text, which is shown this once."""

    key = ma.fields.String(required=True)


class ApiKeyQuerySchema(Schema):
    """Whose keys."""

    provider_id = ma.fields.UUID()


class ApiKeyListSchema(Schema):
    """The client's keys."""

    items = ma.fields.List(ma.fields.Nested(ApiKeySchema), required=True)


class RevokedCodesSchema(Schema):
    """Marks: the first 16 hex digits of SHA-256 over ``type:client:number`` (of a card its own number)."""

    as_of = ma.fields.AwareDateTime(required=True)
    marks = ma.fields.List(ma.fields.String(), required=True)
