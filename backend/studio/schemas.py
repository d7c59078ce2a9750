"""Shapes of the studio's part of the API."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

import babel
import marshmallow as ma

from backend.api import Schema
from backend.kit import locales
from backend.kit.money import Money
from backend.studio.rules import MOST_DAYS, SLUG

_COLOUR = ma.validate.Regexp(r"^#[0-9A-Fa-f]{6}$", error="a colour such as #1F5F56")
_NOTE = ma.validate.Length(0, 500)
_LONGEST_LIVE_MINUTES = 24 * 60


def _country(code: str) -> None:
    if code not in babel.Locale("en").territories:
        raise ma.ValidationError("unknown country")


def _currency(code: str) -> None:
    try:
        Money(0, code)
    except ValueError as error:
        raise ma.ValidationError("unknown currency") from error


def _timezone(name: str) -> None:
    if name not in available_timezones():
        raise ma.ValidationError("unknown time zone")


class BrandDefectSchema(Schema):
    """One thing to mend before a brand may be published."""

    reason = ma.fields.String(required=True)
    message = ma.fields.String(required=True)
    place = ma.fields.String()
    severity = ma.fields.String()


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


class NewClientSchema(Schema):
    """A client that is brought in; ``slug`` is its address (``/c/<slug>/``) for good."""

    slug = ma.fields.String(required=True, validate=ma.validate.Regexp(SLUG))
    name = ma.fields.String(required=True, validate=ma.validate.Length(2, 40))
    country = ma.fields.String(required=True, validate=[ma.validate.Regexp(r"^[A-Z]{2}$"), _country])
    currency = ma.fields.String(required=True, validate=[ma.validate.Regexp(r"^[A-Z]{3}$"), _currency])
    timezone = ma.fields.String(required=True, validate=_timezone)
    languages = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf(locales.codes())), required=True, validate=ma.validate.Length(1, 10)
    )


class NewClientAnswerSchema(Schema):
    """What was registered."""

    id = ma.fields.UUID(required=True)
    slug = ma.fields.String(required=True)


class BrandTermSchema(Schema):
    """A term that a client may call otherwise, with our word for it by language."""

    term = ma.fields.String(required=True)
    words = ma.fields.Dict(required=True)


class BrandFormSchema(Schema):
    """What a page builds its fields from: ``schema`` is JSON Schema, ``replies`` by language and name."""

    schema = ma.fields.Dict(required=True)
    defaults = ma.fields.Dict(required=True)
    languages = ma.fields.List(ma.fields.String(), required=True)
    replies = ma.fields.Dict(required=True)
    glossary_terms = ma.fields.List(ma.fields.Nested(BrandTermSchema), required=True)
    checks = ma.fields.Dict(required=True)


class BrandVersionSchema(Schema):
    """One version of a brand; people by name."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.Integer(required=True)
    state = ma.fields.String(required=True, validate=ma.validate.OneOf(["draft", "published", "archived"]))
    note = ma.fields.String(required=True, allow_none=True)
    created_at = ma.fields.DateTime(required=True)
    created_by = ma.fields.String(required=True, allow_none=True)
    published_at = ma.fields.DateTime(required=True, allow_none=True)
    published_by = ma.fields.String(required=True, allow_none=True)


class BrandAssetSchema(Schema):
    """A file of a draft; ``url`` needs the same sign-in."""

    name = ma.fields.String(required=True)
    media_type = ma.fields.String(required=True)
    size = ma.fields.Integer(required=True)
    url = ma.fields.String(required=True)


class BrandDraftSchema(BrandVersionSchema):
    """The draft: ``settings`` as saved, ``effective`` over the defaults, and what can be said against it cheaply."""

    revision = ma.fields.Integer(required=True)
    settings = ma.fields.Dict(required=True)
    effective = ma.fields.Dict(required=True)
    assets = ma.fields.List(ma.fields.Nested(BrandAssetSchema), required=True)
    defects = ma.fields.List(ma.fields.Nested(BrandDefectSchema), required=True)


class BrandClientSchema(Schema):
    """Whose brand it is."""

    slug = ma.fields.String(required=True)
    name = ma.fields.String(required=True)


class StudioSchema(Schema):
    """What is published and what is being worked on."""

    client = ma.fields.Nested(BrandClientSchema, required=True)
    published = ma.fields.Nested(BrandVersionSchema, required=True, allow_none=True)
    draft = ma.fields.Nested(BrandDraftSchema, required=True)


class DraftSaveSchema(Schema):
    """Settings as changed since ``revision``."""

    revision = ma.fields.Integer(required=True, strict=True)
    settings = ma.fields.Dict(keys=ma.fields.String(), required=True)
    note = ma.fields.String(validate=_NOTE, allow_none=True)


class PublicationSchema(Schema):
    """Which revision of the draft was looked at, and a word about it."""

    revision = ma.fields.Integer(required=True, strict=True)
    note = ma.fields.String(validate=_NOTE, allow_none=True)


class VersionPageQuerySchema(Schema):
    """Where to go on."""

    cursor = ma.fields.String()
    limit = ma.fields.Integer(load_default=20, validate=ma.validate.Range(1, 100))


class VersionPageSchema(Schema):
    """Versions, the newest first."""

    items = ma.fields.List(ma.fields.Nested(BrandVersionSchema), required=True)
    next_cursor = ma.fields.String(required=True, allow_none=True)


class NewBrandPreviewSchema(Schema):
    """For how long a link is open: ``days`` for people, ``minutes`` with ``live`` for the studio's own frame."""

    days = ma.fields.Integer(strict=True, validate=ma.validate.Range(1, MOST_DAYS))
    minutes = ma.fields.Integer(strict=True, validate=ma.validate.Range(1, _LONGEST_LIVE_MINUTES))
    live = ma.fields.Boolean(load_default=False)

    @ma.validates_schema
    def one_of_both(self, data: dict[str, Any], **_: Any) -> None:
        """Raises ValidationError unless exactly one says how long."""
        if ("days" in data) == ("minutes" in data):
            raise ma.ValidationError("either days or minutes", "days")


class BrandPreviewLinkSchema(Schema):
    """A new link; its address is told this once."""

    id = ma.fields.UUID(required=True)
    url = ma.fields.String(required=True)
    expires_at = ma.fields.DateTime(required=True)


class BrandPreviewSchema(Schema):
    """A link that is open."""

    id = ma.fields.UUID(required=True)
    number = ma.fields.Integer(required=True, allow_none=True)
    created_at = ma.fields.DateTime(required=True)
    expires_at = ma.fields.DateTime(required=True)


class BrandPreviewListSchema(Schema):
    """Links that are open, the newest first."""

    items = ma.fields.List(ma.fields.Nested(BrandPreviewSchema), required=True)
