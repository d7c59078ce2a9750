"""The shape of what care away from home needs."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.helpline.rules.travel import NEEDS, STATES


class TravelNeed(Schema):
    """How far a need of a journey is, and how it is met or why not."""

    need = ma.fields.String(required=True, validate=ma.validate.OneOf(NEEDS))
    state = ma.fields.String(required=True, validate=ma.validate.OneOf(STATES))
    how = ma.fields.String(load_default="", validate=ma.validate.Length(max=1000))
