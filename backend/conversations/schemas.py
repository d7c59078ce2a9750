"""The shape of the chat at the edge."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.kit.pages import MAX_LIMIT


class SaidSchema(Schema):
    """What the member writes, chooses or sends."""

    text = ma.fields.String(load_default="", validate=ma.validate.Length(max=4000))
    document_ids = ma.fields.List(ma.fields.UUID(), load_default=list, validate=ma.validate.Length(max=10))
    payload = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Length(max=200))

    @ma.validates_schema
    def something_said(self, data: dict[str, object], **_: object) -> None:
        """Text, a choice or a document has to be there."""
        if not (data.get("text") or data.get("document_ids") or data.get("payload")):
            raise ma.ValidationError("say something", "text")


class ThreadQuery(Schema):
    """Which part of the thread."""

    after = ma.fields.String(load_default=None)
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(min=1, max=MAX_LIMIT))


class ButtonSchema(Schema):
    """A choice under a reply."""

    label = ma.fields.String(required=True)
    payload = ma.fields.String(required=True)


class MessageSchema(Schema):
    """One message of a thread."""

    id = ma.fields.UUID(required=True)
    direction = ma.fields.String(required=True)
    author = ma.fields.String(required=True)
    channel = ma.fields.String(required=True)
    language = ma.fields.String(required=True)
    text = ma.fields.String(required=True)
    reply = ma.fields.String(allow_none=True)
    buttons = ma.fields.List(ma.fields.Nested(ButtonSchema), required=True)
    media = ma.fields.List(ma.fields.Dict(), required=True)
    at = ma.fields.AwareDateTime(required=True)


class TurnSchema(Schema):
    """What was written and what was answered."""

    messages = ma.fields.List(ma.fields.Nested(MessageSchema), required=True)


class ThreadSchema(Schema):
    """A part of the thread, oldest first."""

    items = ma.fields.List(ma.fields.Nested(MessageSchema), required=True)
    next_cursor = ma.fields.String(allow_none=True)
