"""Shapes of contracts, networks, price lists and rooms."""

from __future__ import annotations

import marshmallow as ma

from backend.api import AmountSchema, MoneySchema, Schema


class NewProviderContract(Schema):
    """An agreement; ``common`` serves every client of the administrator."""

    number = ma.fields.String(required=True, validate=ma.validate.Length(1, 60))
    valid_from = ma.fields.Date(required=True)
    valid_until = ma.fields.Date(load_default=None, allow_none=True)
    cashless = ma.fields.Boolean(load_default=True)
    edc_available = ma.fields.Boolean(load_default=True)
    common = ma.fields.Boolean(load_default=True)


class ProviderContractChange(Schema):
    """What changes; ``suspended_from`` null resumes."""

    valid_until = ma.fields.Date(allow_none=True)
    suspended_from = ma.fields.Date(allow_none=True)
    cashless = ma.fields.Boolean()
    edc_available = ma.fields.Boolean()
    end_reason = ma.fields.String(allow_none=True, validate=ma.validate.Length(max=500))


class ProviderContractRow(Schema):
    """An agreement as it stands."""

    id = ma.fields.UUID(required=True)
    provider_id = ma.fields.UUID(required=True)
    number = ma.fields.String(required=True)
    common = ma.fields.Boolean(required=True)
    valid_from = ma.fields.Date(required=True)
    valid_until = ma.fields.Date(required=True, allow_none=True)
    cashless = ma.fields.Boolean(required=True)
    edc_available = ma.fields.Boolean(required=True)
    suspended_from = ma.fields.Date(required=True, allow_none=True)
    end_reason = ma.fields.String(required=True, allow_none=True)


class ProviderContractList(Schema):
    """The agreements with a provider."""

    items = ma.fields.List(ma.fields.Nested(ProviderContractRow), required=True)


class NewMembership(Schema):
    """Which network from when."""

    network = ma.fields.String(required=True, validate=ma.validate.Length(1, 60))
    valid_from = ma.fields.Date(required=True)
    valid_until = ma.fields.Date(load_default=None, allow_none=True)


class MembershipRow(NewMembership):
    """A provider's time in a network."""

    id = ma.fields.UUID(required=True)
    provider_id = ma.fields.UUID(required=True)
    cashless = ma.fields.Boolean(required=True)


class MembershipList(Schema):
    """A provider's times in networks, the latest first."""

    items = ma.fields.List(ma.fields.Nested(MembershipRow), required=True)


class PriceLine(Schema):
    """A price; with ``contents`` (code to number) a package."""

    service_code = ma.fields.String(required=True, validate=ma.validate.Length(1, 60))
    name = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))
    amount_minor = ma.fields.Integer(required=True, validate=ma.validate.Range(0))
    room_class = ma.fields.String(load_default="", validate=ma.validate.Length(max=30))
    contents = ma.fields.Dict(
        keys=ma.fields.String(), values=ma.fields.Integer(validate=ma.validate.Range(1)), load_default=None
    )


class NewPriceList(Schema):
    """A price list from a day on."""

    valid_from = ma.fields.Date(required=True)
    currency = ma.fields.String(load_default=None, validate=ma.validate.Regexp("^[A-Z]{3}$"))
    lines = ma.fields.List(ma.fields.Nested(PriceLine), required=True, validate=ma.validate.Length(1, 5000))


class PriceListRow(Schema):
    """A version of the prices of an agreement."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.Integer(required=True)
    valid_from = ma.fields.Date(required=True)
    currency = ma.fields.String(required=True)
    lines = ma.fields.Integer(required=True)


class PriceLists(Schema):
    """Every version, the newest first."""

    items = ma.fields.List(ma.fields.Nested(PriceListRow), required=True)


class PriceQuery(Schema):
    """After which service and room class."""

    after = ma.fields.String(load_default="")
    after_room = ma.fields.String(load_default="")
    limit = ma.fields.Integer(load_default=100, validate=ma.validate.Range(1, 1000))


class AgreedPrice(Schema):
    """What a service costs; with ``contents`` a package, with ``room_class`` in that class only."""

    service_code = ma.fields.String(required=True)
    room_class = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    amount = ma.fields.Nested(MoneySchema, required=True)
    contents = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer(), required=True, allow_none=True)


class PricePage(Schema):
    """Some lines and where the next begin when there are more."""

    items = ma.fields.List(ma.fields.Nested(AgreedPrice), required=True)
    next_after = ma.fields.String(required=True, allow_none=True)
    next_after_room = ma.fields.String(required=True, allow_none=True)


class NewRoomRate(Schema):
    """What a day in a class costs from a day on; a higher rank is more comfortable."""

    code = ma.fields.String(required=True, validate=ma.validate.Length(1, 30))
    name = ma.fields.String(required=True, validate=ma.validate.Length(1, 100))
    rank = ma.fields.Integer(required=True, validate=ma.validate.Range(0))
    rate = ma.fields.Nested(AmountSchema, required=True)
    valid_from = ma.fields.Date(required=True)


class RoomRateRow(NewRoomRate):
    """A rate as it is kept."""

    id = ma.fields.UUID(required=True)
