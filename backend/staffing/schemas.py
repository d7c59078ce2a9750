"""Shapes of rosters, skills, hours and presence."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.staffing.models import Desk, PresenceState

_MOST_SHIFTS = 5000
_desk = ma.validate.OneOf([desk.value for desk in Desk])
_state = ma.validate.OneOf([state.value for state in PresenceState])


class ShiftQuery(Schema):
    """A period; by default the seven days from now on."""

    from_ = ma.fields.AwareDateTime(data_key="from", attribute="begin", load_default=None)
    to = ma.fields.AwareDateTime(attribute="end", load_default=None)


class PlannedShiftSchema(Schema):
    """When somebody works."""

    staff_id = ma.fields.UUID(required=True)
    starts_at = ma.fields.AwareDateTime(required=True)
    ends_at = ma.fields.AwareDateTime(required=True)


class RosterSchema(Schema):
    """Every shift that begins in the period; ``staff_ids`` leaves other people's shifts as they are."""

    from_ = ma.fields.AwareDateTime(data_key="from", attribute="begin", required=True)
    to = ma.fields.AwareDateTime(attribute="end", required=True)
    shifts = ma.fields.List(
        ma.fields.Nested(PlannedShiftSchema), required=True, validate=ma.validate.Length(max=_MOST_SHIFTS)
    )
    staff_ids = ma.fields.List(ma.fields.UUID(), load_default=None)


class ShiftSchema(PlannedShiftSchema):
    """A shift of the roster."""

    id = ma.fields.UUID(required=True)


class ShiftListSchema(Schema):
    """The roster of a period."""

    from_ = ma.fields.AwareDateTime(data_key="from", required=True)
    to = ma.fields.AwareDateTime(required=True)
    items = ma.fields.List(ma.fields.Nested(ShiftSchema), required=True)


class NewSkillSchema(Schema):
    """What somebody can do; ``capacity`` is how many written matters they have in hand at once."""

    languages = ma.fields.List(ma.fields.String(), required=True, validate=ma.validate.Length(1, 20))
    doctor = ma.fields.Boolean(load_default=False)
    capacity = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(1, 50))


class SkillSchema(NewSkillSchema):
    """Somebody who answers members."""

    staff_id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    role = ma.fields.String(required=True)


class SkillListSchema(Schema):
    """Everybody who answers members."""

    items = ma.fields.List(ma.fields.Nested(SkillSchema), required=True)


class SpellSchema(Schema):
    """A spell of the week (0 is Monday) at the client's seat; ``closes`` up to ``opens`` lies on the next day."""

    weekday = ma.fields.Integer(required=True, strict=True, validate=ma.validate.Range(0, 6))
    opens = ma.fields.Time(required=True, format="%H:%M")
    closes = ma.fields.Time(required=True, format="%H:%M")
    on_holidays = ma.fields.Boolean(load_default=False)


class ClosedDaySchema(Schema):
    """A day on which the desk does not open."""

    day = ma.fields.Date(required=True)
    name = ma.fields.String(required=True, validate=ma.validate.Length(1, 200))


class DeskHoursSchema(Schema):
    """A desk's week and closed days; no hours are day and night."""

    desk = ma.fields.String(required=True, validate=_desk)
    hours = ma.fields.List(ma.fields.Nested(SpellSchema), required=True, validate=ma.validate.Length(max=100))
    closed_days = ma.fields.List(
        ma.fields.Nested(ClosedDaySchema), load_default=list, validate=ma.validate.Length(max=500)
    )


class ShownHoursSchema(DeskHoursSchema):
    """The same with what it means now."""

    open_now = ma.fields.Boolean(required=True)
    opens_at = ma.fields.AwareDateTime(required=True, allow_none=True)


class HoursListSchema(Schema):
    """The hours of every desk."""

    items = ma.fields.List(ma.fields.Nested(ShownHoursSchema), required=True)


class NewPresenceSchema(Schema):
    """Whether one can be given work."""

    state = ma.fields.String(required=True, validate=_state)


class PresenceSchema(NewPresenceSchema):
    """The same with one's shift and what one has in hand."""

    on_shift = ma.fields.Boolean(required=True)
    shift_ends_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    capacity = ma.fields.Integer(required=True)
    open_cases = ma.fields.Integer(required=True)
