"""Shapes of the calendar API."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema


class CalendarStateSchema(Schema):
    """Whether there is a private calendar; its address was told when it was made."""

    active = ma.fields.Boolean(required=True)
    created_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class NewCalendarSchema(CalendarStateSchema):
    """The secret address, for subscribing by hand (``url``) or with one tap (``webcal_url``)."""

    url = ma.fields.String(required=True)
    webcal_url = ma.fields.String(required=True)
