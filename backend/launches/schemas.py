"""Shapes of a launch."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.launches.rules import CHECKLIST, Side

_CODE = ma.validate.OneOf([task.code for task in CHECKLIST])
_LINE = ma.validate.Length(1, 200)


class LaunchDaySchema(Schema):
    """The day of the launch."""

    launch_on = ma.fields.Date(required=True)


class LaunchAssignmentSchema(Schema):
    """Who sees to a task, until when; what is not named stays."""

    owner = ma.fields.String(allow_none=True, validate=_LINE)
    due_on = ma.fields.Date()
    note = ma.fields.String(allow_none=True, validate=ma.validate.Length(max=2000))


class LaunchTickSchema(Schema):
    """A task is done; some need the number and place of the signed paper."""

    paper = ma.fields.String(allow_none=True, load_default=None, validate=_LINE)


class LaunchTaskSchema(Schema):
    """One line of the checklist."""

    code = ma.fields.String(required=True, validate=_CODE)
    step = ma.fields.Integer(required=True)
    side = ma.fields.String(required=True, validate=ma.validate.OneOf([side.value for side in Side]))
    owner = ma.fields.String(required=True, allow_none=True)
    due_on = ma.fields.Date(required=True)
    late = ma.fields.Boolean(required=True)
    done_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    waits_for = ma.fields.List(ma.fields.String(validate=_CODE), required=True)
    needs_paper = ma.fields.Boolean(required=True)
    paper = ma.fields.String(required=True, allow_none=True)
    note = ma.fields.String(required=True, allow_none=True)


class LaunchSchema(Schema):
    """A client's launch."""

    launch_on = ma.fields.Date(required=True)
    launched_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    ready = ma.fields.Boolean(required=True)
    tasks = ma.fields.List(ma.fields.Nested(LaunchTaskSchema), required=True)


class FirstDaySchema(Schema):
    """When a client's members may sign in for the first time; null when they may already."""

    begins_on = ma.fields.Date(required=True, allow_none=True)
