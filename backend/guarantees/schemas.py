"""Shapes of the guarantee letters API."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.guarantees.rules import Evidence, LetterKind, LetterState
from backend.kit.pages import MAX_LIMIT

_STATES = [state.value for state in LetterState]
_EVIDENCE = [evidence.value for evidence in Evidence]
_NAME = ma.validate.Length(2, 200)


class HospitalSchema(Schema):
    """A hospital of the network by its id, any other by name."""

    provider_id = ma.fields.UUID(load_default=None, allow_none=True)
    provider_name = ma.fields.String(load_default=None, allow_none=True, validate=_NAME)


class NewLetterSchema(HospitalSchema):
    """Who is admitted, where and when (today unless said otherwise)."""

    member_id = ma.fields.UUID(required=True)
    admission_on = ma.fields.Date(load_default=None, allow_none=True)


class ConfirmationSchema(Schema):
    """What confirms the letter; ``text`` is the number of the card that was shown, or HR's statement about it."""

    evidence = ma.fields.String(required=True, validate=ma.validate.OneOf(_EVIDENCE))
    text = ma.fields.String(required=True, validate=ma.validate.Length(4, 2000))


class VoidSchema(Schema):
    """Why the letter is withdrawn; the member reads it."""

    reason = ma.fields.String(required=True, validate=ma.validate.Length(3, 500))


class LetterQuerySchema(Schema):
    """Which letters, which page."""

    member_id = ma.fields.UUID()
    state = ma.fields.String(validate=ma.validate.OneOf(_STATES))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, MAX_LIMIT))


class LetterSchema(Schema):
    """A letter of guarantee; ``statement`` and ``case_id`` are for staff only."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    member_id = ma.fields.UUID(required=True)
    member_name = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, validate=ma.validate.OneOf([kind.value for kind in LetterKind]))
    state = ma.fields.String(required=True, validate=ma.validate.OneOf(_STATES))
    provider_id = ma.fields.UUID(required=True, allow_none=True)
    provider_name = ma.fields.String(required=True)
    admission_on = ma.fields.Date(required=True)
    case_id = ma.fields.UUID(required=True, allow_none=True)
    requested_at = ma.fields.AwareDateTime(required=True)
    issued_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    valid_until = ma.fields.AwareDateTime(required=True, allow_none=True)
    confirmed_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    confirmed_by = ma.fields.String(required=True, allow_none=True, validate=ma.validate.OneOf(_EVIDENCE))
    statement = ma.fields.String(required=True, allow_none=True)
    void_reason = ma.fields.String(required=True, allow_none=True)


class LetterListSchema(Schema):
    """A page of letters."""

    items = ma.fields.List(ma.fields.Nested(LetterSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)
