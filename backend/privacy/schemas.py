"""Shapes of requests about one's own data."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.kit.pages import MAX_LIMIT
from backend.privacy.rules.requests import Kind, RefusalGround, State
from backend.privacy.rules.retention import Category

_CODE = ma.validate.Regexp(r"^[0-9]{6}$")
_GROUNDS = ma.validate.OneOf([ground.value for ground in RefusalGround])
_KIND = ma.validate.OneOf([kind.value for kind in Kind])
_STATE = ma.validate.OneOf([state.value for state in State])


class PrivacyCodeSentSchema(Schema):
    """Where the code went, masked."""

    sent_to = ma.fields.String(required=True)


class PrivacyAskSchema(Schema):
    """A copy of everything, or erasure; ``code`` was sent to the asking person's phone."""

    kind = ma.fields.String(required=True, validate=_KIND)
    code = ma.fields.String(required=True, validate=_CODE)
    words = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(1, 1000))


class PrivacyFetchSchema(Schema):
    """The code for fetching a copy."""

    code = ma.fields.String(required=True, validate=_CODE)


class PrivacyDecisionSchema(Schema):
    """Without ``refusal`` the erasure goes ahead."""

    refusal = ma.fields.String(load_default=None, allow_none=True, validate=_GROUNDS)


class PrivacyPageSchema(Schema):
    """Which page."""

    cursor = ma.fields.String(load_default=None, validate=ma.validate.Length(1, 300))
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(1, MAX_LIMIT))


class PrivacyStepSchema(Schema):
    """Something that happened to a request."""

    kind = ma.fields.String(required=True)
    at = ma.fields.AwareDateTime(required=True)
    role = ma.fields.String(required=True)


class KeptSchema(Schema):
    """What stays for the law; ``until`` is empty where proof has no end, ``checked`` false until counsel confirms."""

    category = ma.fields.String(required=True, validate=ma.validate.OneOf([one.value for one in Category]))
    until = ma.fields.Date(required=True, allow_none=True)
    source = ma.fields.String(required=True)
    checked = ma.fields.Boolean(required=True)


class ErasureOutlookSchema(Schema):
    """Whether an erasure is possible now, how many matters are open by kind, what would stay and go."""

    possible = ma.fields.Boolean(required=True)
    covered = ma.fields.Boolean(required=True)
    open_matters = ma.fields.Dict(
        keys=ma.fields.String(), values=ma.fields.Integer(), data_key="open", attribute="open", required=True
    )
    grounds = ma.fields.List(ma.fields.String(validate=_GROUNDS), required=True)
    kept = ma.fields.List(ma.fields.Nested(KeptSchema), required=True)
    erased = ma.fields.List(ma.fields.String(), required=True)


class PrivacyRequestSchema(Schema):
    """A request as the person reads it. ``due_at`` is 72 hours after it was asked, ``hours_left`` while that runs."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=_KIND)
    state = ma.fields.String(required=True, validate=_STATE)
    words = ma.fields.String(required=True, allow_none=True)
    asked_at = ma.fields.AwareDateTime(required=True)
    due_at = ma.fields.AwareDateTime(required=True)
    hours_left = ma.fields.Integer(required=True, allow_none=True)
    refusal = ma.fields.String(required=True, allow_none=True, validate=_GROUNDS)
    kept = ma.fields.List(ma.fields.Nested(KeptSchema), required=True)
    done_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    available_until = ma.fields.Date(required=True, allow_none=True)
    zip_bytes = ma.fields.Integer(required=True, allow_none=True)
    history = ma.fields.List(ma.fields.Nested(PrivacyStepSchema), required=True)


class PrivacyRequestListSchema(Schema):
    """The newest first."""

    items = ma.fields.List(ma.fields.Nested(PrivacyRequestSchema), required=True)
    erasure = ma.fields.Nested(ErasureOutlookSchema, required=True)


class WaitingRequestSchema(Schema):
    """A request on the desk's list; negative ``hours_left`` are hours it is late."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=_KIND)
    state = ma.fields.String(required=True, validate=_STATE)
    member_id = ma.fields.UUID(required=True)
    member_number = ma.fields.String(required=True)
    asked_at = ma.fields.AwareDateTime(required=True)
    due_at = ma.fields.AwareDateTime(required=True)
    hours_left = ma.fields.Integer(required=True)
    refusal = ma.fields.String(required=True, allow_none=True, validate=_GROUNDS)


class WaitingRequestListSchema(Schema):
    """The next deadline first."""

    items = ma.fields.List(ma.fields.Nested(WaitingRequestSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class RequestToDecideSchema(WaitingRequestSchema):
    """A request with what a decision needs."""

    words = ma.fields.String(required=True, allow_none=True)
    history = ma.fields.List(ma.fields.Nested(PrivacyStepSchema), required=True)
    erasure = ma.fields.Nested(ErasureOutlookSchema, required=True)
