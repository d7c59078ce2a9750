"""Shapes of the first-tier choice."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema


class NewChoice(Schema):
    """Which provider."""

    provider_id = ma.fields.UUID(required=True)


class ChosenProvider(Schema):
    """What one needs to go there."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    address = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    phone = ma.fields.String(required=True, allow_none=True)


class ChoiceRow(Schema):
    """A choice and the days it counts on; ``in_network`` is false when the provider has left since."""

    id = ma.fields.UUID(required=True)
    provider = ma.fields.Nested(ChosenProvider, required=True)
    in_network = ma.fields.Boolean(required=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True, allow_none=True)
    chosen_by = ma.fields.String(required=True)


class ChoiceRefusal(Schema):
    """Why no new choice can be made yet, in the reader's language."""

    reason = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class Choices(Schema):
    """Now, planned and past; ``counts_from`` is the day a choice made today would count from."""

    member_id = ma.fields.UUID(required=True)
    now = ma.fields.Nested(ChoiceRow, required=True, allow_none=True)
    planned = ma.fields.Nested(ChoiceRow, required=True, allow_none=True)
    past = ma.fields.List(ma.fields.Nested(ChoiceRow), required=True)
    counts_from = ma.fields.Date(required=True, allow_none=True)
    too_soon = ma.fields.Nested(ChoiceRefusal, required=True, allow_none=True)
