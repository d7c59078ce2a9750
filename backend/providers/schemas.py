"""Shapes of the provider search."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.api import Schema
from backend.providers.rules import Kind


class LatLon(ma.fields.Field):
    """``-6.19,106.82``: latitude and longitude in degrees."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> tuple[float, float]:
        try:
            latitude, longitude = (float(part) for part in str(value).split(","))
        except ValueError as error:
            raise ma.ValidationError("latitude,longitude in degrees") from error
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise ma.ValidationError("not a place on earth")
        return latitude, longitude


class ProviderQuery(Schema):
    """What somebody looks for."""

    near = LatLon(metadata={"type": "string", "example": "-6.19,106.82"})
    kind = ma.fields.String(validate=ma.validate.OneOf([kind.value for kind in Kind]))
    q = ma.fields.String(validate=ma.validate.Length(2, 100))
    network = ma.fields.String(load_default="mine", validate=ma.validate.OneOf(["mine", "all"]))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, 100))


class ProviderRow(Schema):
    """A place of treatment; ``distance_km`` is null without ``near``."""

    id = ma.fields.UUID(required=True)
    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    kind = ma.fields.String(required=True)
    tier = ma.fields.String(required=True, allow_none=True)
    address = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    region_code = ma.fields.String(required=True, allow_none=True)
    phone = ma.fields.String(required=True, allow_none=True)
    latitude = ma.fields.Float(required=True, allow_none=True)
    longitude = ma.fields.Float(required=True, allow_none=True)
    opening = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(ma.fields.String()), required=True)
    distance_km = ma.fields.Float(required=True, allow_none=True)
    in_network = ma.fields.Boolean(required=True)
    cashless = ma.fields.Boolean(required=True)
    active = ma.fields.Boolean(required=True)


class ProviderPage(Schema):
    """A page of providers."""

    items = ma.fields.List(ma.fields.Nested(ProviderRow), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)
