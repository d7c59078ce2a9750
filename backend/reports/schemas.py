"""The shape of the supervisors' report. Shares lie between 0 and 1; a figure of nothing is null."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema


def _count() -> ma.fields.Integer:
    return ma.fields.Integer(required=True)


def _seconds() -> ma.fields.Integer:
    return ma.fields.Integer(required=True, allow_none=True)


def _share() -> ma.fields.Float:
    return ma.fields.Float(required=True, allow_none=True)


class ReportQuery(Schema):
    """Days at the client's seat, both included; by default the seven up to today."""

    from_ = ma.fields.Date(data_key="from", attribute="first", load_default=None)
    to = ma.fields.Date(attribute="last", load_default=None)


class CallsSchema(Schema):
    """Calls that came to wait for a person."""

    offered = _count()
    answered = _count()
    answered_in_time = _count()
    abandoned = _count()
    callbacks = _count()
    voicemails = _count()
    service_level = _share()
    goal = ma.fields.Float(required=True)
    goal_met = ma.fields.Boolean(required=True, allow_none=True)
    abandoned_share = _share()
    average_wait_seconds = _seconds()
    longest_wait_seconds = _seconds()


class FirstResponseSchema(Schema):
    """Cases that began in writing."""

    cases = _count()
    answered = _count()
    in_time_share = _share()
    average_seconds = _seconds()
    median_seconds = _seconds()


class HandlingSchema(Schema):
    """Cases that were closed, from taken to closed."""

    closed = _count()
    average_seconds = _seconds()
    median_seconds = _seconds()


class ContainmentSchema(Schema):
    """Threads, and those the bot answered without a case."""

    threads = _count()
    contained = _count()
    share = _share()


class SatisfactionSchema(Schema):
    """What members answered after a closed case."""

    asked = _count()
    answered = _count()
    answered_share = _share()
    low = _count()
    average = _share()


class FiguresSchema(Schema):
    """All figures of a day and channel, or of the period."""

    calls = ma.fields.Nested(CallsSchema, required=True)
    first_response = ma.fields.Nested(FirstResponseSchema, required=True)
    handling = ma.fields.Nested(HandlingSchema, required=True)
    containment = ma.fields.Nested(ContainmentSchema, required=True)
    satisfaction = ma.fields.Nested(SatisfactionSchema, required=True)


class DayFiguresSchema(FiguresSchema):
    """The same for one day on one channel."""

    day = ma.fields.Date(required=True)
    channel = ma.fields.String(required=True)


class CaseLoadSchema(Schema):
    """Cases nobody works on."""

    desk = ma.fields.String(required=True)
    priority = ma.fields.String(required=True)
    cases = _count()
    oldest_since = ma.fields.AwareDateTime(required=True)


class CallLoadSchema(Schema):
    """Calls nobody has answered."""

    desk = ma.fields.String(required=True)
    calls = _count()
    oldest_since = ma.fields.AwareDateTime(required=True)


class DutySchema(Schema):
    """How many people work at a desk now."""

    desk = ma.fields.String(required=True)
    people = _count()


class PersonSchema(Schema):
    """What somebody has in hand."""

    id = ma.fields.UUID(required=True)
    name = ma.fields.String(required=True)
    role = ma.fields.String(required=True)
    on_duty = ma.fields.Boolean(required=True)
    open_cases = _count()
    capacity = _count()


class LoadSchema(Schema):
    """What waits now, and who is there."""

    at = ma.fields.AwareDateTime(required=True)
    waiting = ma.fields.List(ma.fields.Nested(CaseLoadSchema), required=True)
    calls_waiting = ma.fields.List(ma.fields.Nested(CallLoadSchema), required=True)
    on_duty = ma.fields.List(ma.fields.Nested(DutySchema), required=True)
    people = ma.fields.List(ma.fields.Nested(PersonSchema), required=True)


class HelplineReportSchema(Schema):
    """The load now, the period's total, and its days by channel."""

    from_ = ma.fields.Date(data_key="from", required=True)
    to = ma.fields.Date(required=True)
    timezone = ma.fields.String(required=True)
    now = ma.fields.Nested(LoadSchema, required=True)
    total = ma.fields.Nested(FiguresSchema, required=True)
    days = ma.fields.List(ma.fields.Nested(DayFiguresSchema), required=True)
