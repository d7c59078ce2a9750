"""Shapes of the provider search."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.api import MoneySchema, Schema
from backend.providers import specialties
from backend.providers.rules import Kind, Service, Tier


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
    tier = ma.fields.String(validate=ma.validate.OneOf([tier.value for tier in Tier]))
    service = ma.fields.String(validate=ma.validate.OneOf([service.value for service in Service]))
    specialty = ma.fields.String(validate=ma.validate.OneOf(specialties.codes()))
    language = ma.fields.String(validate=ma.validate.Regexp("^[a-z]{2,3}$"))
    country = ma.fields.String(validate=ma.validate.Regexp("^[A-Z]{2}$"))
    open_now = ma.fields.Boolean(load_default=False)
    member_id = ma.fields.UUID(metadata={"description": "Whose network: a member one acts for or helps."})
    q = ma.fields.String(validate=ma.validate.Length(2, 100))
    network = ma.fields.String(load_default="mine", validate=ma.validate.OneOf(["mine", "all"]))
    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, 100))


class OneProviderQuery(Schema):
    """For whom a provider is looked at."""

    member_id = ma.fields.UUID()


class SpecialtyRow(Schema):
    """A specialty by its code, in the reader's language."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class SpecialtyList(Schema):
    """The reference list."""

    items = ma.fields.List(ma.fields.Nested(SpecialtyRow), required=True)


class ProviderRow(Schema):
    """A place of treatment; ``distance_km`` is null without ``near``.

    ``open_now`` is null when nobody knows: no hours are given, or a public holiday is not spoken of.
    """

    id = ma.fields.UUID(required=True)
    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    kind = ma.fields.String(required=True)
    tier = ma.fields.String(required=True, allow_none=True)
    country = ma.fields.String(required=True)
    address = ma.fields.String(required=True)
    city = ma.fields.String(required=True)
    region_code = ma.fields.String(required=True, allow_none=True)
    phone = ma.fields.String(required=True, allow_none=True)
    latitude = ma.fields.Float(required=True, allow_none=True)
    longitude = ma.fields.Float(required=True, allow_none=True)
    opening = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(ma.fields.String()), required=True)
    timezone = ma.fields.String(required=True)
    open_now = ma.fields.Boolean(required=True, allow_none=True)
    open_until = ma.fields.String(required=True, allow_none=True, metadata={"example": "21:00"})
    languages = ma.fields.List(ma.fields.String(), required=True)
    services = ma.fields.List(ma.fields.String(), required=True)
    specialties = ma.fields.List(ma.fields.Nested(SpecialtyRow), required=True)
    distance_km = ma.fields.Float(required=True, allow_none=True)
    in_network = ma.fields.Boolean(required=True)
    cashless = ma.fields.Boolean(required=True)
    edc_available = ma.fields.Boolean(required=True)
    active = ma.fields.Boolean(required=True)


class StandingRow(Schema):
    """Why a provider is not in the network, in the reader's language."""

    reason = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class DoctorRow(Schema):
    """Somebody who sees patients there; without a specialty a general practitioner."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    specialty = ma.fields.Nested(SpecialtyRow, required=True, allow_none=True)
    languages = ma.fields.List(ma.fields.String(), required=True)
    schedule = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(ma.fields.String()), required=True)


class RoomRow(Schema):
    """A room class with its rate of today; a higher rank is more comfortable."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    rank = ma.fields.Integer(required=True)
    rate = ma.fields.Nested(MoneySchema, required=True)


class ProviderDetail(ProviderRow):
    """A place of treatment with its doctors and rooms."""

    standing = ma.fields.Nested(StandingRow, required=True, allow_none=True)
    doctors = ma.fields.List(ma.fields.Nested(DoctorRow), required=True)
    rooms = ma.fields.List(ma.fields.Nested(RoomRow), required=True)


class ProviderPage(Schema):
    """A page of providers."""

    items = ma.fields.List(ma.fields.Nested(ProviderRow), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)
