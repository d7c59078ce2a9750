"""Shapes of contracts, plan years and HR contacts."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema

_short = ma.validate.Length(1, 200)


class NewContractSchema(Schema):
    """A contract; ``terms`` names only the switches that differ from the defaults."""

    number = ma.fields.String(required=True, validate=_short)
    product = ma.fields.String(required=True, validate=ma.validate.OneOf(["managed_care", "indemnity"]))
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)
    terms = ma.fields.Dict(keys=ma.fields.String(), load_default=dict)


class PlanYearSchema(Schema):
    """The year that yearly limits count in; both days belong to it."""

    id = ma.fields.UUID(dump_only=True)
    contract_id = ma.fields.UUID(dump_only=True)
    starts_on = ma.fields.Date(required=True)
    ends_on = ma.fields.Date(required=True)


class ContractSchema(NewContractSchema):
    """A contract with every term, defaults filled in."""

    id = ma.fields.UUID(required=True)
    plan_years = ma.fields.List(ma.fields.Nested(PlanYearSchema), required=True)


class ContractListSchema(Schema):
    """The client's contracts, the newest first."""

    items = ma.fields.List(ma.fields.Nested(ContractSchema), required=True)


class HrContactSchema(Schema):
    """Somebody in the client's personnel department."""

    id = ma.fields.UUID(dump_only=True)
    name = ma.fields.String(required=True, validate=_short)
    email = ma.fields.Email(required=True)
    phone = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.Regexp(r"^\+\d{8,15}$"))


class HrContactListSchema(Schema):
    """The client's HR contacts."""

    items = ma.fields.List(ma.fields.Nested(HrContactSchema), required=True)


class CalendarDaySchema(Schema):
    """A day that is free or worked at this client against the public calendar; ``name`` says why."""

    day = ma.fields.Date(required=True)
    working = ma.fields.Boolean(required=True)
    name = ma.fields.String(required=True, validate=_short)


class CalendarDayListSchema(Schema):
    """The client's own days, the latest first."""

    items = ma.fields.List(ma.fields.Nested(CalendarDaySchema), required=True)


class CalendarDayQuerySchema(Schema):
    """Which day."""

    day = ma.fields.Date(required=True)


class CreatedSchema(Schema):
    """The id of what was made."""

    id = ma.fields.UUID(required=True)


class ClientCodeSchema(Schema):
    """The code that leads to a client's app; ``qr`` is a drawing (SVG) of ``url``."""

    code = ma.fields.String(required=True)
    url = ma.fields.String(required=True)
    qr = ma.fields.String(required=True)


class CodeLookUpSchema(Schema):
    """A client's code as somebody typed it."""

    code = ma.fields.String(required=True, validate=ma.validate.Length(1, 40))


class FoundClientSchema(Schema):
    """Whose code it is: the path of its app."""

    slug = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    home = ma.fields.String(required=True)
