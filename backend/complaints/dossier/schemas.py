"""Shapes of the dossiers API."""

from __future__ import annotations

import marshmallow as ma

from backend.api import Schema
from backend.complaints.dossier.models import DossierState
from backend.complaints.dossier.rules import Reader
from backend.languages import LANGUAGES

_READERS = [reader.value for reader in Reader]


class NewDossierSchema(Schema):
    """For whom, and in which language; members and agents ask for ``member`` only."""

    reader = ma.fields.String(required=True, validate=ma.validate.OneOf(_READERS))
    language = ma.fields.String(required=True, validate=ma.validate.OneOf(LANGUAGES))


class DossierSchema(Schema):
    """A dossier; once ``ready`` its files are at ``<id>.pdf`` and ``<id>.zip`` below the complaint."""

    id = ma.fields.UUID(required=True)
    complaint_id = ma.fields.UUID(required=True)
    reader = ma.fields.String(required=True, validate=ma.validate.OneOf(_READERS))
    language = ma.fields.String(required=True, validate=ma.validate.OneOf(LANGUAGES))
    state = ma.fields.String(required=True, validate=ma.validate.OneOf([state.value for state in DossierState]))
    requested_at = ma.fields.AwareDateTime(required=True)
    made_at = ma.fields.AwareDateTime(required=True, allow_none=True)
    entries = ma.fields.Integer(required=True, allow_none=True)
    head = ma.fields.String(required=True, allow_none=True)
    pdf_bytes = ma.fields.Integer(required=True, allow_none=True)
    zip_bytes = ma.fields.Integer(required=True, allow_none=True)
    keep_until = ma.fields.Date(required=True)


class DossierListSchema(Schema):
    """The newest first."""

    items = ma.fields.List(ma.fields.Nested(DossierSchema), required=True)


class DossierKeySchema(Schema):
    """A public key (RFC 7517, RFC 8037)."""

    kty = ma.fields.String(required=True)
    crv = ma.fields.String(required=True)
    x = ma.fields.String(required=True)
    use = ma.fields.String(required=True)
    alg = ma.fields.String(required=True)
    kid = ma.fields.String(required=True)


class DossierKeySetSchema(Schema):
    """Today's key first."""

    format = ma.fields.String(required=True)
    keys = ma.fields.List(ma.fields.Nested(DossierKeySchema), required=True)
