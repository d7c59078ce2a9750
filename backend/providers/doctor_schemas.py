"""Shapes of doctors and of when they see patients."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from backend.api import Schema
from backend.providers import specialties
from backend.providers.rules.hours import opening_hours
from backend.providers.schemas import SpecialtyRow


class Hours(ma.fields.Field):
    """``mon-fri 08:00-12:00; sat 09:00-11:00``, kept by day."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> dict[str, list[str]]:
        try:
            hours = opening_hours(str(value))
        except ValueError as error:
            raise ma.ValidationError("mon-fri 08:00-12:00; sat 09:00-11:00") from error
        if not hours:
            raise ma.ValidationError("mon-fri 08:00-12:00; sat 09:00-11:00")
        return hours


_HOURS = {"type": "string", "example": "mon-fri 08:00-12:00; sat 09:00-11:00"}


class DoctorChange(Schema):
    """What changes; without a specialty a general practitioner, not ``active`` nobody who treats any more."""

    name = ma.fields.String(validate=ma.validate.Length(1, 200))
    specialty = ma.fields.String(allow_none=True, validate=ma.validate.OneOf(specialties.codes()))
    languages = ma.fields.List(ma.fields.String(validate=ma.validate.Regexp("^[a-z]{2,3}$")))
    active = ma.fields.Boolean()


class NewDoctor(Schema):
    """Who sees patients from when on; a code that is known already means the same person."""

    code = ma.fields.String(required=True, validate=ma.validate.Length(1, 60))
    name = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))
    specialty = ma.fields.String(load_default=None, allow_none=True, validate=ma.validate.OneOf(specialties.codes()))
    languages = ma.fields.List(ma.fields.String(validate=ma.validate.Regexp("^[a-z]{2,3}$")), load_default=list)
    schedule = Hours(required=True, metadata=_HOURS)
    valid_from = ma.fields.Date(required=True)


class PracticeChange(Schema):
    """Other hours, or the last day; null lets it go on."""

    schedule = Hours(metadata=_HOURS)
    valid_until = ma.fields.Date(allow_none=True)


class RegisteredDoctor(Schema):
    """A doctor as the registry has one."""

    id = ma.fields.UUID(required=True)
    country = ma.fields.String(required=True)
    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    specialty = ma.fields.Nested(SpecialtyRow, required=True, allow_none=True)
    languages = ma.fields.List(ma.fields.String(), required=True)
    active = ma.fields.Boolean(required=True)


class PracticeRow(Schema):
    """A doctor's time at a facility; ``valid_until`` is the last day."""

    id = ma.fields.UUID(required=True)
    doctor = ma.fields.Nested(RegisteredDoctor, required=True)
    schedule = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(ma.fields.String()), required=True)
    valid_from = ma.fields.Date(required=True)
    valid_until = ma.fields.Date(required=True, allow_none=True)


class PracticeList(Schema):
    """Everybody who sees, saw or will see patients there."""

    items = ma.fields.List(ma.fields.Nested(PracticeRow), required=True)
