"""Shapes of the studio's part of the API."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema

_COLOUR = ma.validate.Regexp(r"^#[0-9A-Fa-f]{6}$", error="a colour such as #1F5F56")


class BrandDefectSchema(Schema):
    """One thing to mend before a brand may be published."""

    reason = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class BrandVerdictSchema(Schema):
    """May the brand be published?"""

    publishable = ma.fields.Boolean(required=True)
    defects = ma.fields.List(ma.fields.Nested(BrandDefectSchema), required=True)


class PaletteQuerySchema(Schema):
    """The colours a company brings."""

    brand = ma.fields.String(required=True, validate=_COLOUR)
    accent = ma.fields.String(validate=_COLOUR)


class PaletteSchema(Schema):
    """Custom properties by name, for light and dark."""

    light = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(), required=True)
    dark = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String(), required=True)
