"""The shape of calls at the desk."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema


class AnsweringCall(Schema):
    """On which telephone; without one the number given last."""

    phone = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(min=5, max=24))


class CallerSchema(Schema):
    """Who calls, once they have proved it."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    member_number = ma.fields.String(required=True)


class WaitingCallSchema(Schema):
    """A call nobody has answered; ``ringing`` while a colleague's telephone rings for it."""

    id = ma.fields.UUID(required=True)
    position = ma.fields.Integer(required=True)
    desk = ma.fields.String(required=True)
    language = ma.fields.String(required=True)
    entered_at = ma.fields.AwareDateTime(required=True)
    wait_seconds = ma.fields.Integer(required=True)
    member = ma.fields.Nested(CallerSchema, allow_none=True)
    conversation_id = ma.fields.UUID(required=True)
    case_id = ma.fields.UUID(allow_none=True)
    case_number = ma.fields.String(allow_none=True)
    emergency = ma.fields.Boolean(required=True)
    ringing = ma.fields.Boolean(required=True)


class WaitingCallsSchema(Schema):
    """The queue of the telephone."""

    items = ma.fields.List(ma.fields.Nested(WaitingCallSchema), required=True)


class RingingSchema(Schema):
    """The person's own telephone rings now."""

    id = ma.fields.UUID(required=True)
    state = ma.fields.String(required=True)
    conversation_id = ma.fields.UUID(required=True)
    case_id = ma.fields.UUID(allow_none=True)


class CallbackSchema(Schema):
    """A promise to call back."""

    id = ma.fields.UUID(required=True)
    state = ma.fields.String(required=True)
    due_from = ma.fields.AwareDateTime(required=True)
    attempts = ma.fields.Integer(required=True)
    desk = ma.fields.String(required=True)
    language = ma.fields.String(required=True)
    phone_masked = ma.fields.String(required=True)
    member = ma.fields.Nested(CallerSchema, allow_none=True)
    conversation_id = ma.fields.UUID(required=True)
    case_id = ma.fields.UUID(allow_none=True)
    case_number = ma.fields.String(allow_none=True)
    attempted_by = ma.fields.UUID(allow_none=True)


class CallbacksSchema(Schema):
    """Call-backs that are still to be made."""

    items = ma.fields.List(ma.fields.Nested(CallbackSchema), required=True)
