"""Shapes of the search in the book."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema


class DiagnosisQuery(Schema):
    """What a doctor types: words in any of our languages, or the beginning of a code."""

    q = ma.fields.String(required=True, validate=ma.validate.Length(2, 100))
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, 50))


class DiagnosisRow(Schema):
    """One code. ``sex``, ``from_years`` and ``until_years`` are what the book limits it to; ``now`` the code of the
    present edition when this one is of an older.
    """

    code = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    book_title = ma.fields.String(required=True)
    final = ma.fields.Boolean(required=True)
    now = ma.fields.String(required=True, allow_none=True)
    sex = ma.fields.String(required=True, allow_none=True)
    from_years = ma.fields.Integer(required=True, allow_none=True)
    until_years = ma.fields.Integer(required=True, allow_none=True)


class DiagnosisList(Schema):
    """What was found, the likeliest first."""

    items = ma.fields.List(ma.fields.Nested(DiagnosisRow), required=True)
